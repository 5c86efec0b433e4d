import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { CHINESE, sampleTexts, TWEETS } from "../copies/corpus.ts";
import { count, table } from "../copies/tables.ts";
import { headwater, type Outcome } from "./command.ts";
import { writeCrowd } from "./crowd.ts";

/** Heap for the largest size. The bar is 2 GiB of memory in all; the keys and the language models lie beside the heap. */
const HEAP_MB = 1_024;
const TEXTS = 20_000;

/** How time and memory grow from ten thousand posts to `largest`. */
export async function growth(dataDir: string, largest: number, say: (line: string) => void): Promise<string> {
  const choice = { count: TEXTS, least: 20, seed: "growth" };
  const texts = [
    ...sampleTexts(dataDir, TWEETS, choice),
    ...sampleTexts(dataDir, CHINESE, { ...choice, count: TEXTS / 4 }),
  ].map(({ text }) => text);
  if (texts.length === 0) return "No set of posts was found, so growth was not measured.";
  const sizes = [10_000, 100_000, 1_000_000].filter((size) => size < largest).concat(largest);
  const folder = await mkdtemp(path.join(os.tmpdir(), "headwater-bench-"));
  const rows: string[][] = [];
  try {
    for (const size of sizes) {
      const [first, second] = [path.join(folder, "first.jsonl"), path.join(folder, "second.jsonl")];
      await writeCrowd(first, texts, 0, size / 2);
      await writeCrowd(second, texts, size / 2, size);
      const data = path.join(folder, `data-${size}`);
      const halves: Outcome[] = [];
      for (const file of [first, second])
        halves.push(await headwater(["import", file, "--data", data], { heapMb: HEAP_MB }));
      await rm(data, { recursive: true, force: true });
      const [one, two] = halves as [Outcome, Outcome];
      const spent = (half: Outcome) => half.cpuSeconds ?? half.seconds;
      const seconds = spent(one) + spent(two);
      const peak = Math.max(one.peakMb ?? 0, two.peakMb ?? 0);
      rows.push([
        count(size),
        seconds.toFixed(1),
        count(size / seconds),
        spent(one).toFixed(1),
        spent(two).toFixed(1),
        (spent(two) / spent(one)).toFixed(2),
        count(peak),
        ((peak * 1024) / size).toFixed(1),
      ]);
      say(`${count(size)} posts in ${seconds.toFixed(0)} s, ${count(peak)} MB`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return [
    "Posts made from the words of real ones (a quarter are copies, some edited), imported in two halves by two commands, so that the second also restores the keys of the first.",
    "",
    table(
      [
        "posts",
        "processor s",
        "posts/s",
        "first half s",
        "second half s",
        "second / first",
        "peak MB",
        "kB a post",
      ],
      rows,
    ),
  ].join("\n");
}
