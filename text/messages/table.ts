import type { Affiliation } from "../../contracts/actor.ts";
import type { AlertState, Severity } from "../../contracts/alert.ts";
import type { HealthState } from "../../contracts/health-state.ts";
import type { Confidence } from "../../contracts/link.ts";
import type { StatementKey, StatementValues } from "../../contracts/message.ts";
import type { Remover } from "../../contracts/revisit.ts";
import type { Carried } from "../../contracts/run.ts";

/** Everything that is told to people in one language. A language is complete or it does not pass the type checker. */
export interface Messages {
  /** One sentence each, from its values. `post` values are told by who published them. */
  readonly statements: { readonly [K in StatementKey]: (values: StatementValues[K], told: Told) => string };
  readonly severity: Readonly<Record<Severity, string>>;
  readonly state: Readonly<Record<AlertState, string>>;
  readonly affiliation: Readonly<Record<Affiliation, string>>;
  readonly field: Readonly<Record<Exclude<Carried, "records">, string>>;
  /** States of a source, and what to do about each. */
  readonly health: Readonly<Record<HealthState, string>>;
  readonly remedy: Readonly<Record<HealthState, string>>;
  readonly remover: Readonly<Record<Remover, string>>;
  readonly confidence: Readonly<Record<Confidence, string>>;
  readonly category: (category: string) => string;
  readonly labels: {
    readonly severity: string;
    readonly since: string;
    readonly who: string;
    readonly how_sure: string;
    readonly not_known: string;
    readonly links: string;
  };
  readonly link: { readonly kibana: string; readonly report: string; readonly evidence: string };
  readonly words: {
    readonly alert: (severity: string) => string;
    readonly digest: (alerts: number) => string;
    /** Of a digest, by rule: how many alerts. */
    readonly of_rule: (rule: string, alerts: number) => string;
    readonly further: (alerts: number) => string;
    readonly confidence: (level: string) => string;
    readonly span: (since: string, until: string) => string;
    readonly time_unknown: string;
    readonly party: (name: string, posts: number, uncredited: number) => string;
    readonly more_parties: (accounts: number) => string;
    readonly withdrawn: string;
  };
  readonly seconds: (seconds: number) => string;
}

/** What a table cannot know: how a post's account is called (private ones by pseudonym), and a language's name. */
export interface Told {
  readonly account: (post: string) => string;
  readonly language: (tag: string) => string;
}
