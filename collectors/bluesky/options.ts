import { z } from "zod";
import type { WalkCursor } from "../walk.ts";

const server = z.url({ protocol: /^https?$/ });

const jetstreamOptions = z
  .strictObject({
    url: z
      .url({ protocol: /^wss?$/ })
      .default("wss://jetstream2.us-east.bsky.network")
      .meta({ description: "Address of a Jetstream, without a path." }),
    version: z
      .union([z.literal(1), z.literal(2)])
      .default(1)
      .meta({
        description: "Which of its two interfaces is spoken: 1 (`/subscribe`) or 2 (`subscribeEvents`).",
      }),
    dids: z
      .array(z.string().regex(/^did:[a-z]+:[\w.:%-]+$/, "write a DID, such as did:plc:abc"))
      .max(10_000)
      .default([])
      .meta({ description: "Accounts whose posts, reposts and deletions are kept, by DID." }),
    words: z.array(z.string().min(2)).default([]).meta({
      description: "Posts of anybody are kept that hold one of these words or phrases, in any case.",
    }),
    seconds: z.int().min(1).max(3600).default(240).meta({
      description:
        "How long one crawl listens at most. The next goes on where it ended, up to 36 hours later.",
    }),
  })
  .refine(({ dids, words }) => dids.length > 0 || words.length > 0, {
    error: "say what is wanted of the whole network: `dids`, `words` or both",
  });
export type JetstreamOptions = z.infer<typeof jetstreamOptions>;

export const blueskyOptions = z
  .strictObject({
    actor: z.string().min(3).optional().meta({
      description: "Handle or DID of an account: its posts and reposts. No log-in is needed.",
    }),
    search: z.string().min(1).optional().meta({
      description:
        "Search words, as in the search box (`domain:`, `lang:`, `from:` work). Needs an app password.",
    }),
    jetstream: jetstreamOptions.optional().meta({
      description: "Listen to the stream of the whole network for some accounts or words.",
    }),
    replies: z.boolean().default(true).meta({ description: "Whether an account's replies are read too." }),
    pages: z.int().min(1).max(500).default(5).meta({
      description: "Most pages of 100 posts read in one crawl. The first crawl goes so far back.",
    }),
    appview: server.default("https://public.api.bsky.app").meta({
      description: "Where accounts are read without a log-in.",
    }),
    login: server
      .default("https://bsky.social")
      .meta({ description: "Where the account of the search logs in." }),
  })
  .refine(
    ({ actor, search, jetstream }) =>
      [actor, search, jetstream].filter((one) => one !== undefined).length === 1,
    { error: "give one of `actor`, `search` and `jetstream`" },
  );
export type BlueskyOptions = z.infer<typeof blueskyOptions>;

/** Where the stream is gone on with. */
export interface StreamCursor {
  readonly of: string;
  /** Of the last event that was dealt with: version 1 counts by time, version 2 by number. */
  readonly cursor: string;
  /** When that event was seen by the stream. */
  readonly time: string;
}

export type BlueskyCursor = WalkCursor | StreamCursor;
