import { findingOf } from "../../analyzers/alerts/index.ts";
import { configSchema } from "../../config/schema.ts";
import type { AlertFinding, Delivery } from "../../contracts/alert.ts";
import type { Log } from "../../contracts/log.ts";
import type { Store } from "../../contracts/store.ts";
import { assemble } from "../../pipelines/assembly.ts";
import type { Parts } from "../../pipelines/parts.ts";
import { openSqliteStore } from "../../stores/sqlite/index.ts";
import { all } from "./pipeline.ts";

export const KEY = "a key of more than sixteen characters";

/** Everything that was logged, as text. */
export function recorder(): Log & { readonly said: string[] } {
  const said: string[] = [];
  const note = (sentence: string, fields?: Readonly<Record<string, unknown>>) => {
    said.push(fields === undefined ? sentence : `${sentence} ${JSON.stringify(fields)}`);
  };
  return { said, info: note, warn: note, error: note, progress: () => {} };
}

export interface Alerting {
  readonly parts: Parts & { close(): Promise<void> };
  readonly store: Store;
  readonly log: ReturnType<typeof recorder>;
  readonly written: string[];
  /** Milliseconds; tests move it. */
  clock: number;
}

/** Parts over a store in memory, with a clock of the test's own. */
export async function alerting(
  config: object,
  env: Readonly<Record<string, string>> = {},
  given?: Store,
): Promise<Alerting> {
  const store = given ?? (await openSqliteStore(":memory:"));
  const log = recorder();
  const written: string[] = [];
  const state = { clock: Date.parse("2021-09-11T10:20:00Z") };
  const parts = await assemble(configSchema.parse(config), {
    log,
    store,
    env,
    sources: [],
    now: () => new Date(state.clock),
    write: async (lines) => void written.push(...lines),
  });
  return {
    parts,
    store,
    log,
    written,
    get clock() {
      return state.clock;
    },
    set clock(ms: number) {
      state.clock = ms;
    },
  };
}

/** A finding about a story, as rules make them. */
export function finding(
  rule: string,
  story: string,
  size: number,
  over: Partial<AlertFinding> = {},
): AlertFinding {
  const made = findingOf(
    { name: rule, kind: "state-relay", severity: over.severity ?? "high" },
    {
      subject: `story:${story}`,
      story,
      why: [{ say: "relay.uncredited", with: { uncredited: size, posts: size } }],
      confidence: "moderate",
      confidence_reasons: [],
      unknowns: [{ say: "unknown.reach", with: {} }],
      posts: [],
      since: Date.parse("2021-09-08T00:00:00Z"),
      until: Date.parse("2021-09-09T00:00:00Z"),
      size,
    },
  );
  return { ...made, ...over };
}

export async function deliveries({ store }: Pick<Alerting, "store">): Promise<readonly Delivery[]> {
  return all(store, "deliveries");
}

/** Moves the clock to when the next delivery is due; false when none waits. */
export async function toNextDue(alerting: Alerting): Promise<boolean> {
  const waiting = (await deliveries(alerting)).filter(({ state }) => state === "waiting");
  if (waiting.length === 0) return false;
  const next = Math.min(...waiting.map(({ due_at }) => Date.parse(due_at)));
  alerting.clock = Math.max(alerting.clock, next);
  return true;
}
