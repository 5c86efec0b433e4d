import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { differences, findings, importLines, temporaryFolder, withStore } from "../support/pipeline.ts";
import { ARTICLE } from "../support/posts.ts";

const POSTS = 1_500;
/** When each attempt is killed, milliseconds after its start: while collecting, analysing, tracing. */
const KILLS = [600, 900, 1_200, 1_600];

/** Mostly unrelated posts, every tenth a cut of one article, so that links and stories form throughout. */
function corpus(): readonly string[] {
  const han = (seed: number) => String.fromCodePoint(0x4e00 + ((seed * 7919) % 5000));
  return Array.from({ length: POSTS }, (_, i) => {
    const own = Array.from({ length: 30 }, (_, j) => han(i * 31 + j * j)).join("");
    return JSON.stringify({
      platform: "weibo",
      id: `p${i}`,
      account: { id: `a${i % 50}` },
      published_at: new Date(Date.UTC(2021, 8, 1) + i * 60_000).toISOString(),
      text: i % 10 === 0 ? `${own}${ARTICLE.slice(0, 90 + (i % 40))}` : own,
    });
  });
}

it("invariant 3: an import killed in the middle, again and again, ends with nothing lost and nothing doubled", async () => {
  using killed = temporaryFolder();
  using whole = temporaryFolder();
  const lines = corpus();
  const file = path.join(killed.dir, "corpus.jsonl");
  writeFileSync(file, `${lines.join("\n")}\n`);
  writeFileSync(path.join(killed.dir, "none.yml"), "{}\n");
  let interrupted = 0;
  for (const after of [...KILLS, null]) {
    const child = spawn(
      process.execPath,
      [
        "cli/headwater.js",
        "import",
        file,
        "--source",
        "lines",
        "--config",
        path.join(killed.dir, "none.yml"),
        "--data",
        path.join(killed.dir, "data"),
      ],
      { cwd: path.join(import.meta.dirname, "../.."), stdio: "ignore" },
    );
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    if (after !== null) {
      await Promise.race([pause(after), ended]);
      child.kill("SIGKILL");
    }
    const code = await ended;
    if (code === null) interrupted++;
    else if (after === null) expect(code).toBe(0);
  }
  expect(interrupted).toBeGreaterThan(0);
  await importLines(whole.dir, lines);
  await withStore(killed.dir, async (store) =>
    expect(await store.count("posts", { kind: "all" })).toBe(POSTS),
  );
  expect(differences(await findings(killed.dir), await findings(whole.dir))).toEqual([]);
}, 180_000);
