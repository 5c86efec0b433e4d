import type { Confidence } from "./link.ts";
import type { Statement } from "./message.ts";
import type { PostId } from "./post.ts";

export const SEVERITIES = ["low", "medium", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

export const ALERT_STATES = ["open", "acknowledged", "closed"] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** What an account did in what an alert is about. */
export interface AlertParty {
  /** `platform:account-id` */
  readonly account: string;
  /** Actor of the registry, if it belongs to one. */
  readonly actor: string | null;
  readonly posts: number;
  /** How many of them carry another's wording without naming it. */
  readonly uncredited: number;
}

/** Items kept with an alert, the first in time; `size` and the sentences count all. */
export const ALERT_ITEMS = 1_000;
/** Parties kept, those with the most posts. */
export const ALERT_PARTIES = 100;

/**
 * What a rule found, made of posts, traces or runs alone: the same ones give the same finding, whatever came first.
 * One finding a rule and subject: a story that grows changes its finding and makes no other.
 */
export interface AlertFinding {
  /** `a-` and a hash of rule and subject. */
  readonly id: string;
  /** The rule's name in the config. */
  readonly rule: string;
  /** What the rule looks for, e.g. `state-relay`. */
  readonly kind: string;
  readonly severity: Severity;
  /** What it is about: `story:s-…`, `watch:name:2021-09-09`, `source:name`. */
  readonly subject: string;
  readonly story: string | null;
  readonly watch: string | null;
  readonly source: string | null;
  /** What was seen; the first sentence stands for the whole. */
  readonly why: readonly Statement[];
  /** Bounds of what was seen, ISO 8601; null where no time is known. */
  readonly since: string | null;
  readonly until: string | null;
  readonly who: readonly AlertParty[];
  readonly confidence: Confidence;
  readonly confidence_reasons: readonly Statement[];
  /** What is not known. It is part of the alert wherever it is told. */
  readonly unknowns: readonly Statement[];
  /** The posts it rests on, by time. */
  readonly items: readonly PostId[];
  /** What the rule counts (accounts, copies, posts). The alert is told again when it has doubled. */
  readonly size: number;
}

/** What became of an alert by itself. */
export interface AlertEvent {
  readonly at: string;
  /** `continues`: its story has got another name; `withdrawn`: what is stored now does not bear it out any more. */
  readonly what: "raised" | "grew" | "withdrawn" | "raised-again" | "continues";
  readonly size: number;
  /** Of `continues`: the alert it carries on. */
  readonly alert?: string;
}

/** A finding as it is kept. The machine writes all of it; what people decide stands in the judgements. */
export interface RaisedAlert extends AlertFinding {
  /** The id under which it was first told; it stays when the story gets another name and the alert another id. */
  readonly thread: string;
  /** False once what is stored does not bear it out any more: the alert stays, for it may have been told. */
  readonly holds: boolean;
  readonly raised_at: string;
  readonly updated_at: string;
  readonly events: readonly AlertEvent[];
}

/** A person's decision on an alert, with name and time. */
export interface AlertJudgement {
  readonly at: string;
  readonly by: string;
  readonly state: AlertState;
  readonly note: string | null;
}

/** An alert as it is read: with what people decided. */
export interface Alert extends RaisedAlert {
  /** By time; the last one decides. */
  readonly judgements: readonly AlertJudgement[];
  readonly state: AlertState;
}

/** One alert on its way to one channel. It is saved before anything is sent, so that a crash repeats and never loses. */
export interface Delivery {
  /** The idempotency key: channel, thread and how large the alert was. The same news is never queued twice. */
  readonly key: string;
  readonly channel: string;
  /** Id of the alert. */
  readonly alert: string;
  readonly rule: string;
  readonly mode: "alone" | "digest";
  /** The digest it went into, fixed before the first attempt so that every attempt sends the same digest. */
  readonly batch: string | null;
  /** `failed`: the channel refused it for good, a person must act. `withdrawn`: it was not borne out before it was told. */
  readonly state: "waiting" | "sent" | "failed" | "withdrawn";
  readonly created_at: string;
  /** Not to be sent before this: the end of quiet hours, of a digest's period, of a pause the channel asked for. */
  readonly due_at: string;
  readonly attempts: number;
  readonly error: string | null;
  readonly sent_at: string | null;
}

/** The state that judgements lead to. */
export function stateOf(judgements: readonly AlertJudgement[]): AlertState {
  return judgements.at(-1)?.state ?? "open";
}
