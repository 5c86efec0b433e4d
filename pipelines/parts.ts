import type { ActorOf } from "../analyzers/actors/index.ts";
import type { WatchesOf } from "../analyzers/watches/index.ts";
import type { CopiesOptions } from "../config/copies.ts";
import type { Config, SourceConfig } from "../config/schema.ts";
import type { Actor } from "../contracts/actor.ts";
import type { Collector } from "../contracts/collector.ts";
import type { Browser, Fetcher } from "../contracts/fetcher.ts";
import type { KeyIndex } from "../contracts/keys.ts";
import type { Listener } from "../contracts/listener.ts";
import type { Log } from "../contracts/log.ts";
import type { NotifierIo, SendAnswer, SendRequest } from "../contracts/notifier.ts";
import type { PostId } from "../contracts/post.ts";
import type { Queue } from "../contracts/queue.ts";
import type { Store } from "../contracts/store.ts";
import type { Schedule } from "../text/schedule.ts";
import type { Channel } from "./alerts/channels.ts";
import type { Rule } from "./alerts/parts.ts";
import type { SecretPlace } from "./secrets.ts";

/** What the steps are made of. Embedded and distributed differ in these parts and in nothing else. */
export interface Parts {
  readonly config: Config;
  readonly store: Store;
  readonly queue: Queue;
  /** Restored from the store on first use. */
  readonly keys: () => Promise<KeyIndex>;
  /** Lets go of the keys of posts that are being taken away, wherever they are held. */
  readonly forgetKeys: (posts: readonly PostId[]) => Promise<void>;
  readonly fetch: Fetcher;
  readonly listen?: Listener;
  readonly browse?: Browser;
  readonly sources: ReadonlyMap<string, Source>;
  readonly actors: ReadonlyMap<string, Actor>;
  readonly actorOf: ActorOf;
  readonly watchesOf: WatchesOf;
  /** Alert rules in force. */
  readonly rules: readonly Rule[];
  /** Channels that alerts are told on, by name. */
  readonly channels: ReadonlyMap<string, Channel>;
  /** The guarded way out for messages. */
  readonly send: (request: SendRequest, signal: AbortSignal) => Promise<SendAnswer>;
  /** Where the console channel writes. */
  readonly write: NotifierIo["write"];
  /** Where channels' secrets come from. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly copies: CopiesOptions;
  /** Analyzer versions and a hash of what they were configured with; stored with each finding. */
  readonly version: string;
  readonly log: Log;
  readonly now: () => Date;
}

/** A configured source, its options checked by its collector. */
export interface Source {
  readonly name: string;
  readonly collector: Collector;
  readonly options: unknown;
  readonly secrets: readonly SecretPlace[];
  readonly schedule: Schedule;
}

/** What of a source's config is its collector's. */
export function optionsOf(source: SourceConfig): Readonly<Record<string, unknown>> {
  const {
    name: _,
    collector: __,
    every: ___,
    group: ____,
    schedule: _____,
    enabled: ______,
    ...options
  } = source;
  return options;
}
