import { type Fields, fieldsOf, textOf } from "../fields.ts";

/** One record as `collect` yields it. */
export type BlueskyRecord =
  /** An item of an account's feed: a post, or a repost with the post in it. */
  | { readonly form: "item"; readonly item: Fields; readonly signed_in: boolean; readonly sha256: string }
  /** A post as the AppView shows it. */
  | { readonly form: "view"; readonly view: Fields; readonly signed_in: boolean; readonly sha256: string }
  /** A message of a Jetstream, of either version. */
  | { readonly form: "event"; readonly event: Fields; readonly sha256: string };

/** What a Jetstream says of one change, whichever version of it. */
export interface Commit {
  readonly did: string;
  readonly operation: string;
  readonly collection: string;
  readonly rkey: string;
  readonly record: Fields;
  /** When the stream saw it, ISO 8601. */
  readonly time: string | null;
}

/** Null when the message is of something else than a change of a record. */
export function commitOf(event: Fields): Commit | null {
  const second = event.$type === "message";
  const outer = second ? fieldsOf(event.payload) : event;
  const isCommit = second ? /#commit$/.test(textOf(outer.$type) ?? "") : outer.kind === "commit";
  const inner = second ? outer : fieldsOf(outer.commit);
  const did = textOf(outer.did);
  const [operation, collection, rkey] = [inner.operation, inner.collection, inner.rkey].map(textOf);
  if (!isCommit || !did || !operation || !collection || !rkey) return null;
  return { did, operation, collection, rkey, record: fieldsOf(inner.record), time: timeOf(outer) };
}

/** `time_us` of version 1, in microseconds; `witnessedAt` and `time` of version 2. */
export function timeOf(event: Fields): string | null {
  if (typeof event.time_us === "number") return isoOf(event.time_us / 1000);
  return isoOf(Date.parse(textOf(event.witnessedAt) ?? textOf(event.time) ?? ""));
}

export function isoOf(milliseconds: number): string | null {
  // Ends where a date can no longer be written with four digits of the year.
  return milliseconds >= 0 && milliseconds < 253_402_300_800_000
    ? new Date(milliseconds).toISOString()
    : null;
}

export interface AtUri {
  readonly did: string;
  readonly collection: string;
  readonly rkey: string;
}

export function readAtUri(uri: unknown): AtUri | null {
  const [, did, collection, rkey] =
    /^at:\/\/(did:[^/]+)\/([\w.-]+)\/([^/?#]+)$/.exec(textOf(uri) ?? "") ?? [];
  return did && collection && rkey ? { did, collection, rkey } : null;
}

export const POST = "app.bsky.feed.post";
export const REPOST = "app.bsky.feed.repost";

/** By DID, not by handle: a handle changes hands. */
export function postUrl({ did, rkey }: Pick<AtUri, "did" | "rkey">): string {
  return `https://bsky.app/profile/${did}/post/${rkey}`;
}
