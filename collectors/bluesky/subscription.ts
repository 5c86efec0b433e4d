import type { JetstreamOptions, StreamCursor } from "./options.ts";
import { POST, REPOST } from "./record.ts";

/** Servers refuse a longer address; beyond it we sort out ourselves what we want. */
const MOST_DIDS_ASKED = 100;

/** The address that asks for the stream, in the words of the version. */
export function subscription(options: JetstreamOptions, cursor: StreamCursor | null): string {
  const { version, dids, words } = options;
  const second = version === 2;
  const url = new URL(second ? "/xrpc/network.bsky.jetstream.subscribeEvents" : "/subscribe", options.url);
  const add = (name: string, value: string) => url.searchParams.append(name, value);
  if (second) for (const kind of ["commit", "account"]) add("kinds", kind);
  for (const collection of [POST, REPOST]) add(second ? "collections" : "wantedCollections", collection);
  // With words, everybody's posts have to come.
  if (words.length === 0 && dids.length <= MOST_DIDS_ASKED) {
    for (const did of dids) add(second ? "dids" : "wantedDids", did);
  }
  if (cursor !== null) add("cursor", cursor.cursor);
  return url.href;
}
