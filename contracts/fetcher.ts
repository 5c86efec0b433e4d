/** What a collector may ask the polite client for. */
export interface FetchOptions {
  /** For a conditional request: what the last answer carried. */
  readonly etag?: string | null;
  readonly last_modified?: string | null;
  readonly accept?: string;
  readonly signal?: AbortSignal;
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
