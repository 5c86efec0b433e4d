import { atom } from "./atom.ts";
import { coortweet } from "./coortweet.ts";
import { csv } from "./csv.ts";
import type { Format } from "./format.ts";
import { gexf } from "./gexf.ts";
import { graphml } from "./graphml.ts";
import { jsonl } from "./jsonl.ts";
import { misp } from "./misp/index.ts";
import { rss } from "./rss.ts";
import { stix } from "./stix/index.ts";

/** All formats there are, the everyday ones first. */
export const formats: readonly Format[] = [jsonl, csv, stix, misp, gexf, graphml, coortweet, rss, atom];
