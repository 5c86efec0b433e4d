import type { ActorOf } from "../analyzers/actors/index.ts";
import type { CopiesOptions } from "../config/copies.ts";
import type { Config } from "../config/schema.ts";
import type { Actor } from "../contracts/actor.ts";
import type { Collector } from "../contracts/collector.ts";
import type { Fetcher } from "../contracts/fetcher.ts";
import type { KeyIndex } from "../contracts/keys.ts";
import type { Log } from "../contracts/log.ts";
import type { Queue } from "../contracts/queue.ts";
import type { Store } from "../contracts/store.ts";

/** What the steps are made of. Embedded and distributed differ in these parts and in nothing else. */
export interface Parts {
  readonly config: Config;
  readonly store: Store;
  readonly queue: Queue;
  /** Restored from the store on first use. */
  readonly keys: () => Promise<KeyIndex>;
  readonly fetch: Fetcher;
  readonly sources: ReadonlyMap<string, Source>;
  readonly actors: ReadonlyMap<string, Actor>;
  readonly actorOf: ActorOf;
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
  readonly every: string;
}
