import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { CHINESE, sampleTexts, TWEETS } from "../copies/corpus.ts";
import { count, table } from "../copies/tables.ts";
import { headwater, type Outcome, timed } from "./command.ts";
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
      const whole = await timed(["bench/pipeline/halves.ts", data, first, second], { heapMb: HEAP_MB });
      await rm(data, { recursive: true, force: true });
      const halves: Outcome[] = [];
      for (const file of [first, second])
        halves.push(await headwater(["import", file, "--data", data], { heapMb: HEAP_MB }));
      await rm(data, { recursive: true, force: true });
      const [one, two] = JSON.parse(whole.out) as [number, number];
      const [before, after] = halves.map(({ cpuSeconds, seconds }) => cpuSeconds ?? seconds) as [
        number,
        number,
      ];
      const peak = Math.max(...[whole, ...halves].map(({ peakMb }) => peakMb ?? 0));
      const seconds = one + two;
      rows.push([
        count(size),
        seconds.toFixed(1),
        count(size / seconds),
        one.toFixed(1),
        two.toFixed(1),
        (two / one).toFixed(2),
        (after / before).toFixed(2),
        count(peak),
        ((peak * 1024) / size).toFixed(1),
      ]);
      say(`${count(size)} posts in ${seconds.toFixed(0)} s, ${count(peak)} MB`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return [
    "Posts made from the words of real ones (a quarter are copies, some edited), taken in as two halves, one after the other, by one process that goes on; and by two commands, of which the second begins with restoring the keys of the first. The peak is the largest of all three processes.",
    "",
    table(
      [
        "posts",
        "processor s",
        "posts/s",
        "first half s",
        "second half s",
        "second / first",
        "the same by two commands",
        "peak MB",
        "kB a post",
      ],
      rows,
    ),
  ].join("\n");
}
