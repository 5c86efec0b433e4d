/** What a collector may ask the polite client for. */
export interface FetchOptions {
  /** For a conditional request: what the last answer carried. */
  readonly etag?: string | null;
  readonly last_modified?: string | null;
  readonly accept?: string;
  readonly signal?: AbortSignal;
  /** Further request headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers that carry a key or a token: sent to the origin that was asked for and to no other, in no log and no evidence. */
  readonly secret_headers?: Readonly<Record<string, string>>;
  /** GET when left out. A POST is for interfaces that ask questions by it; it is sent again after a failure as a GET is. */
  readonly method?: "GET" | "POST";
  readonly body?: string;
  /** Of `body`. */
  readonly content_type?: string;
  /** Answers outside 2xx that are returned with their body rather than thrown, such as 404 where it tells a deletion. */
  readonly statuses?: readonly number[];
  /**
   * A documented interface whose owner gives leave to use it by program. robots.txt speaks to crawlers of pages, and is not
   * asked; pace, limits and the guard hold.
   */
  readonly api?: boolean;
  /** The answer itself carries a credential, such as the token of a session: it is kept in no evidence. */
  readonly confidential?: boolean;
  /** Values that are put out of sight wherever they stand in the evidence; the collect step names the source's secrets. */
  readonly secrets?: readonly string[];
}

/** One answer, read to its end within the limits. */
export interface Fetched {
  /** After redirects. */
  readonly url: string;
  readonly requested_url: string;
  readonly status: number;
  /** True on 304: `body` is empty and nothing has changed. */
  readonly not_modified: boolean;
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded of any content encoding. */
  readonly body: Uint8Array;
  readonly sha256: string;
  readonly fetched_at: string;
  /** Set when a permanent redirect says the address has changed for good. */
  readonly moved_to: string | null;
}

/**
 * The one way to the network. It keeps robots.txt, pace, retries and limits, and refuses private addresses.
 * Throws RetryLater for what may pass, SetAside (with the URL in its message) for what will not.
 */
export type Fetcher = (url: string, options?: FetchOptions) => Promise<Fetched>;

export interface BrowseOptions {
  /** CSS selector of what is waited for; else until the page asks for nothing any more. */
  readonly wait_for?: string | undefined;
  /** How long that is waited for, milliseconds; the page is then read as it is. */
  readonly patience_ms: number;
  readonly signal: AbortSignal;
}

/** A page as a browser shows it: `body` is its tree in UTF-8, `sha256` that of the document as it came. */
export interface Shown extends Fetched {
  /** What the page asked for and was not given, in sentences. */
  readonly refused: readonly string[];
}

/** Lets a browser show a page. Every request of the page goes through the Fetcher's guard, robots.txt and limits, and throws as it does. */
export type Browser = (url: string, options: BrowseOptions) => Promise<Shown>;
