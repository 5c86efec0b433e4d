import { createHash } from "node:crypto";
import type { Actor } from "../../contracts/actor.ts";
import {
  ALERT_ITEMS,
  ALERT_PARTIES,
  type AlertFinding,
  type AlertParty,
  type Severity,
} from "../../contracts/alert.ts";
import type { ComponentInfo } from "../../contracts/component.ts";
import type { SourceHealth } from "../../contracts/health.ts";
import type { Confidence } from "../../contracts/link.ts";
import type { Statement } from "../../contracts/message.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Remover } from "../../contracts/revisit.ts";
import type { RunSummary } from "../../contracts/run.ts";
import type { Story, Trace } from "../../contracts/trace.ts";

/** A post as rules see it. Times are epoch milliseconds; -Infinity when there is no lower bound. */
export interface RulePost {
  readonly id: PostId;
  readonly platform: string;
  /** `platform:account-id` */
  readonly account: string;
  readonly actor: string | null;
  readonly lang: string;
  readonly from: number;
  readonly to: number;
  /** Names of the watches it belongs to, and of those it belongs to for sure. */
  readonly watches: readonly string[];
  readonly confirmed: readonly string[];
  /** By whom, and the bounds of when, epoch milliseconds; null while nothing says that it is gone. */
  readonly deleted: { readonly by: Remover; readonly after: number; readonly at: number } | null;
}

/** A story with all that rules may ask of it. */
export interface StoryFacts {
  readonly story: Story;
  readonly trace: Trace;
  readonly posts: ReadonlyMap<PostId, RulePost>;
  readonly actors: ReadonlyMap<string, Actor>;
}

/** The posts of one watch on one day (UTC), and how many it had on every day. */
export interface WatchFacts {
  readonly watch: string;
  readonly title: string;
  readonly category: string;
  /** `2021-09-09` */
  readonly day: string;
  /** By time; at most as many as an alert keeps. */
  readonly posts: readonly RulePost[];
  /** Posts of the watch by day, all that are stored, confirmed ones alone when the rule asks for them. */
  readonly by_day: ReadonlyMap<string, number>;
}

export interface SourceFacts {
  readonly source: string;
  readonly runs: RunSummary;
  readonly health: SourceHealth;
  readonly now: number;
}

/** What a rule found: an alert without what is the same for all of them. */
export interface Fired {
  /** What it is about. With the rule's name it makes the alert's id. */
  readonly subject: string;
  readonly story?: string;
  readonly watch?: string;
  readonly source?: string;
  readonly why: readonly [Statement, ...Statement[]];
  readonly confidence: Confidence;
  readonly confidence_reasons: readonly Statement[];
  readonly unknowns: readonly Statement[];
  readonly posts: readonly RulePost[];
  /** Bounds of what was seen, where they are not those of the posts' publication. */
  readonly since?: number;
  readonly until?: number;
  /** Posts that carry another's wording without naming it. */
  readonly uncredited?: ReadonlySet<PostId>;
  readonly size: number;
}

interface RuleInfo<Options> {
  readonly info: ComponentInfo<Options>;
}

/** Pure: the same facts always fire the same. A rule looks at one story, at one day of a watch, or at one source. */
export type RuleKind<Options = unknown> =
  | (RuleInfo<Options> & {
      readonly on: "story";
      fire(facts: StoryFacts, options: Options): readonly Fired[];
    })
  | (RuleInfo<Options> & {
      readonly on: "watch";
      /** The watches it looks at, and whether suggested posts count. */
      watches(options: Options): { readonly names: readonly string[]; readonly suggested: boolean };
      /** How many later days the posts of one day bear on. */
      bears_on(options: Options): number;
      fire(facts: WatchFacts, options: Options): readonly Fired[];
    })
  | (RuleInfo<Options> & {
      readonly on: "source";
      fire(facts: SourceFacts, options: Options): readonly Fired[];
    });

export function alertId(rule: string, subject: string): string {
  return `a-${createHash("sha256").update(`${rule}\n${subject}`).digest("hex").slice(0, 16)}`;
}

/** The whole finding of what a rule of the config fired. */
export function findingOf(
  rule: { readonly name: string; readonly kind: string; readonly severity: Severity },
  fired: Fired,
): AlertFinding {
  const posts = [...fired.posts].sort((a, b) => a.to - b.to || (a.id < b.id ? -1 : 1));
  const begun = posts.map(({ from }) => from).filter(Number.isFinite);
  const since = fired.since ?? (begun.length === 0 ? undefined : Math.min(...begun));
  const until = fired.until ?? (begun.length === 0 ? undefined : Math.max(...posts.map(({ to }) => to)));
  return {
    id: alertId(rule.name, fired.subject),
    rule: rule.name,
    kind: rule.kind,
    severity: rule.severity,
    subject: fired.subject,
    story: fired.story ?? null,
    watch: fired.watch ?? null,
    source: fired.source ?? null,
    why: fired.why,
    since: timeOf(since),
    until: timeOf(until),
    who: partiesOf(posts, fired.uncredited ?? new Set()),
    confidence: fired.confidence,
    confidence_reasons: fired.confidence_reasons,
    unknowns: fired.unknowns,
    items: posts.slice(0, ALERT_ITEMS).map(({ id }) => id),
    size: fired.size,
  };
}

function timeOf(at: number | undefined): string | null {
  return at === undefined || !Number.isFinite(at) ? null : new Date(at).toISOString();
}

function partiesOf(posts: readonly RulePost[], uncredited: ReadonlySet<PostId>): readonly AlertParty[] {
  const parties = new Map<
    string,
    { account: string; actor: string | null; posts: number; uncredited: number }
  >();
  for (const { id, account, actor } of posts) {
    const party = parties.get(account) ?? { account, actor, posts: 0, uncredited: 0 };
    party.posts++;
    if (uncredited.has(id)) party.uncredited++;
    parties.set(account, party);
  }
  return [...parties.values()]
    .sort((a, b) => b.posts - a.posts || (a.account < b.account ? -1 : 1))
    .slice(0, ALERT_PARTIES);
}
