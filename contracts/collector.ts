import type { ComponentInfo, SecretOption } from "./component.ts";
import type { Browser, Fetcher } from "./fetcher.ts";
import type { Listener } from "./listener.ts";
import type { Post, PostDraft } from "./post.ts";
import type { Revisited } from "./revisit.ts";

/** One record as it came, with where it was, so that a refusal can name the place. */
export interface RawRecord {
  /** `feed.xml item 3`, `posts.jsonl line 12`, a URL. */
  readonly where: string;
  readonly raw: unknown;
}

export interface Page<Cursor> {
  readonly records: readonly RawRecord[];
  /** Where the next crawl goes on once these records are stored; null when nothing need be remembered. */
  readonly next: Cursor | null;
  /** Bytes read so far and in all, when known: for progress. */
  readonly progress?: { readonly done: number; readonly total: number };
  /** What the source says of how often it may be asked: see `every: auto`. */
  readonly rhythm?: RhythmHint;
  /** How the records were written, where the collector found that out by itself: the name of a format. */
  readonly read_as?: string;
}

/** A feed's `ttl`, `sy:updatePeriod`, `skipHours` and `skipDays`, and the Cache-Control of its answer. */
export interface RhythmHint {
  /** Not to be asked again sooner, milliseconds. */
  readonly least_ms: number | null;
  /** Hours of the day (UTC, 0 to 23) and days of the week (UTC, 0 is Sunday) in which it publishes nothing. */
  readonly skip_hours: readonly number[];
  readonly skip_days: readonly number[];
}

export type Mapped =
  | { readonly draft: PostDraft; readonly unknown_fields: readonly string[] }
  | { readonly rejected: string };

/** An address that a stored post points at. */
export interface Linked {
  readonly url: string;
  /** When the post was collected, ISO 8601. */
  readonly at: string;
}

export interface CollectorIo {
  readonly fetch: Fetcher;
  /** For streams; left out where nothing can be listened to. */
  readonly listen?: Listener;
  /** For pages that only scripts fill; left out where there is no browser. */
  readonly browse?: Browser;
  /** What posts collected since then (null: all) point at; left out where nothing is stored. */
  readonly linked?: (since: string | null) => AsyncIterable<Linked>;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** Values of the collector's secret options, by name; one that was not given is absent. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Says something that loses nothing but that a person should know, e.g. a page that could not be read. */
  readonly warn: (where: string, sentence: string) => void;
}

export interface CollectorInfo<Options> extends ComponentInfo<Options> {
  /** Why this may be collected, in a sentence. */
  readonly lawful_basis: string;
}

/** IO in `collect`, judgement in `map`. */
export interface Collector<Options = unknown, Cursor = unknown> {
  readonly info: CollectorInfo<Options>;
  /** Keys and tokens; a source names the variable or the file that holds each (`token_env`, `token_file`). */
  readonly secrets?: readonly SecretOption[];
  /** Yields pages from `from` on and ends when caught up. A page may come twice; the store must not mind. */
  collect(options: Options, from: Cursor | null, io: CollectorIo): AsyncIterable<Page<Cursor>>;
  /** Pure: one raw record to one draft, or why not. Fields neither used nor ignored by name are reported. */
  map(raw: unknown, options: Options): Mapped;
  /**
   * Looks at one post again, which this collector once gave. Left out: its address is asked, and it counts as seen when the
   * page still shows its title or wording.
   */
  revisit?(post: Post, options: Options, io: CollectorIo): Promise<Revisited>;
}
