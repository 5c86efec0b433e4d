import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { count, table } from "../copies/tables.ts";
import { headwater } from "../pipeline/command.ts";
import { FIRST_DAY, fillWeek, LAST_DAY, OUTLET, WATCH } from "./fill.ts";

/** The bar: a weekly report over a million posts within a minute. */
const POSTS = 1_000_000;

const CONFIG = {
  actors: [
    {
      id: OUTLET,
      name: "The Outlet",
      affiliation: "state-controlled",
      evidence: [{ source: "the bench", date: "2026-01-01" }],
      confidence: "high",
    },
  ],
  watches: [{ name: WATCH, title: "A narrative", queries: ["narrative"] }],
  sources: Array.from({ length: 20 }, (_, n) => ({
    name: `source ${n}`,
    collector: "rss",
    url: `https://source${n}.example/feed`,
    every: "0 * * * *",
  })),
};

/** A weekly situation report on SQLite, by the command that people run, over posts that all lie in its week. */
export async function weekly(
  _dataDir: string,
  { sample = POSTS }: { readonly sample?: number },
  say: (line: string) => void,
): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "headwater-bench-"));
  try {
    const config = path.join(folder, "headwater.yml");
    await writeFile(config, JSON.stringify({ ...CONFIG, data: path.join(folder, "data") }));
    const file = path.join(folder, "data", "headwater.db");
    await fillWeek(file, sample, say);
    const rows: string[][] = [];
    for (const lang of ["en", "fr"]) {
      const out = path.join(folder, `week.${lang}.html`);
      const period = ["--from", FIRST_DAY, "--to", LAST_DAY];
      const { seconds, cpuSeconds, peakMb } = await headwater([
        ...["report", "sitrep", ...period, "--lang", lang, "--out", out, "--config", config],
      ]);
      const { size } = await stat(out);
      rows.push([
        lang,
        seconds.toFixed(1),
        cpuSeconds === null ? "—" : cpuSeconds.toFixed(1),
        peakMb === null ? "—" : count(peakMb),
        count(size / 1024),
      ]);
      say(`${lang}: ${seconds.toFixed(1)} s`);
    }
    const { size } = await stat(file);
    return [
      `${count(sample)} posts of one week in SQLite (${count(size / 2 ** 20)} MB), ${count(sample / 50)} stories, a fifth of them begun by a state-controlled outlet; written as analysis leaves them. \`headwater report sitrep\` as HTML, in a process of its own, the file's cache as the filling left it. Bar: 60 s.`,
      "",
      table(["language", "s", "processor s", "peak MB", "HTML KB"], rows),
    ].join("\n");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
