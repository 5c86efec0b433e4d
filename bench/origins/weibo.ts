import type { PostDraft } from "../../contracts/post.ts";
import { postsOf } from "../copies/corpus.ts";
import { count, share, table } from "../copies/tables.ts";
import { readLines } from "../data.ts";
import { analyseInMemory } from "./driver.ts";

/** Whether the platform's own trees come out again as they were. */
export async function weiboTrees(dataDir: string, say: (line: string) => void): Promise<string> {
  const drafts: PostDraft[] = [];
  for (const draft of postsOf(dataDir, "weibo-cascades")) drafts.push(draft);
  if (drafts.length === 0) return "The set weibo-cascades was not found, so its trees were not measured.";
  // A few reposts stand in the set twice, with two parents: either is right.
  const truth = new Map<string, readonly string[]>();
  for (const line of readLines(dataDir, "weibo-cascades", "truth.parents.csv.gz")) {
    const [child, parent] = line.split(",") as [string, string];
    if (child !== "child") truth.set(child, [...(truth.get(child) ?? []), parent]);
  }
  say(`${count(drafts.length)} Weibo posts, ${count(truth.size)} with a known parent`);
  const { traceOf, traces, seconds } = await analyseInMemory(drafts);
  const ids = new Set(drafts.map(({ id }) => `weibo:${id}`));
  const there = [...truth].filter(
    ([child, parents]) => ids.has(child) && parents.some((parent) => ids.has(parent)),
  );
  const named = (child: string) => traceOf.get(child)?.parents[child]?.parent ?? null;
  const right = there.filter(([child, parents]) => parents.includes(named(child) ?? "")).length;
  const silent = there.filter(([child]) => named(child) === null).length;
  const largest = traces.reduce((most, { posts }) => Math.max(most, posts), 0);
  return [
    `${count(drafts.length)} posts and reposts; links ${seconds.links.toFixed(1)} s, ${count(traces.length)} traces ${seconds.traces.toFixed(1)} s; the largest story has ${count(largest)} posts.`,
    "",
    table(
      ["trees rebuilt", "parents known", "right", "another named", "none named", "parent not in the set"],
      [
        [
          "Headwater",
          count(there.length),
          share(right, there.length),
          share(there.length - right - silent, there.length),
          share(silent, there.length),
          count(truth.size - there.length),
        ],
      ],
    ),
  ].join("\n");
}
