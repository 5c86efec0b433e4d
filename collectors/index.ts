import type { Collector } from "../contracts/collector.ts";
import { file } from "./file/index.ts";
import { rss } from "./rss/index.ts";

/** Every collector, by the word that names it in a config. A test holds this list to the folders. */
export const collectors: Readonly<Record<string, Collector>> = { file, rss } as unknown as Readonly<
  Record<string, Collector>
>;
