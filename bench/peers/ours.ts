import { linkPosts } from "../../analyzers/links/index.ts";
import { keysOf, type Prepared, prepare } from "../../analyzers/links/prepare.ts";
import { copiesSchema } from "../../config/copies.ts";
import type { Link } from "../../contracts/link.ts";
import type { Post } from "../../contracts/post.ts";
import { createMemoryKeys } from "../../keys/memory.ts";
import { readTask } from "./stdin.ts";

// Ours behind the protocol of protocol.ts, on the path the pipeline takes: prepare (folds the raw text), keys,
// the key index, then linkPosts on every candidate: alignment, relation, credit, spans and reasons included.

const { header, documents, queries, titles } = await readTask();
const options = copiesSchema.parse({});
const posts = documents.map((text, i) => postOf(`d${i}`, text, i, titles?.[i] ?? null));
const asked = queries.map((text, i) => postOf("query", text, documents.length + i, null));
const index = createMemoryKeys();
const NONE = new Uint32Array();
const NO_KEYS = { wording: null, passages: NONE, own: NONE, refers: NONE, shows: NONE };
const prepared: Prepared[] = [];
const spent = { prepare: 0, keys: 0, index: 0, verify: 0 };
globalThis.gc?.();
const before = process.memoryUsage.rss();

const pairs: number[] = [];
const status: number[] = [];
const overlaps: number[] = [];
const matches: number[][] = [];
const asserted: number[][] = [];
let candidatesMet = 0;

const [startWall, start] = [performance.now(), cpuMs()];
for (const [i, post] of posts.entries()) {
  const { entry, candidates } = await take(post);
  prepared.push(entry);
  if (header.task === "queries") continue;
  each(entry, candidates, (link, other) => {
    pairs.push(i, other);
    status.push(link.status === "asserted" ? 2 : 1);
    overlaps.push(Math.round(1000 * Math.min(link.overlap?.child ?? 0, link.overlap?.parent ?? 0)));
  });
}
const indexed = cpuMs();
let clearing = 0;
for (const post of asked) {
  const { entry, candidates } = await take(post);
  const found: number[] = [];
  const sure: number[] = [];
  each(entry, candidates, (link, other) => {
    found.push(other);
    if (link.status === "asserted") sure.push(other);
  });
  matches.push(found);
  asserted.push(sure);
  // Taking a post out again is no part of a question, and dear where it carried hubs.
  const begun = performance.now();
  await index.addAndAsk([{ post: post.id, keys: NO_KEYS }]);
  clearing += performance.now() - begun;
}
const ended = cpuMs();
// Asking for processor time costs microseconds, so stages are timed by the wall and scaled.
const scale = (ended - start) / (performance.now() - startWall) / 1000;
const held = header.options.settle === 1 ? await settled() : {};
globalThis.gc?.();
process.stdout.write(
  JSON.stringify({
    version: process.version,
    seconds: (ended - start) / 1000 - clearing * scale,
    stages: {
      ...Object.fromEntries(Object.entries(spent).map(([stage, ms]) => [stage, ms * scale])),
      candidates: candidatesMet,
      ...held,
      queries: (ended - indexed) / 1000 - clearing * scale,
    },
    pairs,
    status,
    overlaps,
    matches,
    asserted,
    grown_mb: (process.memoryUsage.rss() - before) / 1e6,
  }),
);

/** Pairs that were compared, and the links among them that hold now that all posts are there. */
async function settled(): Promise<Record<string, number>> {
  const of = (i: number) => [`telegram:d${pairs[2 * i]}`, `telegram:d${pairs[2 * i + 1]}`] as const;
  const still = await index.share(status.map((_, i) => of(i)));
  const holding = (which: number) => status.filter((each, i) => each === which && still[i]).length;
  return { pairs: candidatesMet, suggested: holding(1), asserted: holding(2) };
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Adds a post to the index and asks for its like. A query carries one fixed id and is taken out again. */
async function take(post: Post): Promise<{ entry: Prepared; candidates: readonly string[] }> {
  const t0 = performance.now();
  const entry = prepare(post, null);
  const t1 = performance.now();
  const keys = keysOf(entry);
  const t2 = performance.now();
  const { pairs: met } = await index.addAndAsk([{ post: post.id, keys }]);
  const t3 = performance.now();
  spent.prepare += t1 - t0;
  spent.keys += t2 - t1;
  spent.index += t3 - t2;
  // Pairs that came back because the last query was taken out are none of this post's.
  const candidates = [...met].flatMap(([a, b]) => (a === post.id ? [b] : b === post.id ? [a] : []));
  return { entry, candidates };
}

function each(
  entry: Prepared,
  candidates: readonly string[],
  visit: (link: Link, other: number) => void,
): void {
  const begun = performance.now();
  for (const id of candidates) {
    if (id[9] !== "d") continue;
    const other = Number(id.slice(10));
    candidatesMet++;
    const link = linkPosts(entry, prepared[other]!, options, "bench");
    if (link !== null) visit(link, other);
  }
  spent.verify += performance.now() - begun;
}

function postOf(id: string, text: string, second: number, title: string | null): Post {
  const at = new Date(Date.UTC(2021, 8, 1) + second * 1000).toISOString();
  return {
    id: `telegram:${id}`,
    platform: "telegram",
    url: null,
    account: { id: `a${second}` },
    published_at: at,
    published: { earliest: at, latest: at, basis: "platform" },
    collected_at: "2021-12-01T00:00:00.000Z",
    source: "bench",
    title,
    text,
    lang_declared: null,
    engagement: null,
    references: [],
    media: [],
    declared_source: null,
    sha256: null,
  };
}
