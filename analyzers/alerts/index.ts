import type { RuleKind } from "./rule.ts";
import { deletion } from "./rules/deletion.ts";
import { firstPickup } from "./rules/first-pickup.ts";
import { sourceStale } from "./rules/source-stale.ts";
import { stateRelay } from "./rules/state-relay.ts";
import { uncreditedCopies } from "./rules/uncredited-copies.ts";
import { watchPosts } from "./rules/watch-posts.ts";
import { watchSurge } from "./rules/watch-surge.ts";

export { type Fired, findingOf, type RuleKind } from "./rule.ts";

/** What alert rules may look for, by the name that `kind` gives in the config, in alphabetical order. */
export const ruleKinds: Readonly<Record<string, RuleKind>> = {
  deletion,
  "first-pickup": firstPickup,
  "source-stale": sourceStale,
  "state-relay": stateRelay,
  "uncredited-copies": uncreditedCopies,
  "watch-posts": watchPosts,
  "watch-surge": watchSurge,
} as const;
