import { z } from "zod";
import { webUrl } from "../page/options.ts";

export const fourchanOptions = z.strictObject({
  board: z
    .string()
    .regex(/^\w{1,20}$/)
    .meta({ description: "The board, without strokes: `news`." }),
  words: z.array(z.string().min(1)).min(1).optional().meta({
    description: "Only threads whose opening post has one of these words; all threads when left out.",
  }),
  archive: z.boolean().default(false).meta({
    description: "Whether threads that went to the board's archive before they were seen are read too.",
  }),
  api: webUrl
    .default("https://a.4cdn.org")
    .meta({ description: "Where the interface answers; another board that answers like it may be named." }),
  boards: webUrl
    .default("https://boards.4chan.org")
    .meta({ description: "Where people read the threads: for the addresses of posts." }),
  files: webUrl.default("https://i.4cdn.org").meta({ description: "Where the files lie." }),
  platform: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default("4chan")
    .meta({ description: "Platform of the posts." }),
  max_threads: z
    .int()
    .min(1)
    .max(2000)
    .default(200)
    .meta({ description: "Most threads asked for in one crawl." }),
});
export type FourchanOptions = z.infer<typeof fourchanOptions>;

/** What is remembered of a thread. */
export interface ThreadState {
  /** When it last changed, as the list of threads says. */
  readonly changed: number;
  /** Number of the last post that was read. */
  readonly last: number;
  /** Of its last answer, to ask only for what is newer. */
  readonly last_modified?: string;
}

export interface FourchanCursor {
  readonly of: string;
  readonly threads: Readonly<Record<string, ThreadState>>;
}
