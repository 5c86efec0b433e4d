import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { findings, importLines, temporaryFolder, withStore } from "../support/pipeline.ts";
import { ARTICLE } from "../support/posts.ts";

const POSTS = 6_000;
const KILLS = 5;

/** Mostly unrelated posts, every twentieth a cut of one article, so that links and stories form throughout. */
function corpus(): readonly string[] {
  const words = [
    "公园",
    "地铁",
    "天气",
    "音乐会",
    "图书馆",
    "市议会",
    "樱花",
    "冰球",
    "渡轮",
    "集市",
    "学校",
    "医院",
  ];
  return Array.from({ length: POSTS }, (_, i) => {
    const own = `第${i}条：${words[i % 12]}与${words[(i * 7 + 3) % 12]}的消息，编号${i * 7919}，${words[(i * 5 + 1) % 12]}今天照常开放。`;
    const text = i % 20 === 0 ? `${own}${ARTICLE.slice(0, 90 + (i % 40))}` : own;
    return JSON.stringify({
      platform: "weibo",
      id: `p${i}`,
      account: { id: `a${i % 50}` },
      published_at: new Date(Date.UTC(2021, 8, 1) + i * 60_000).toISOString(),
      text,
    });
  });
}

it("invariant 3: an import killed in the middle, again and again, ends with nothing lost and nothing doubled", async () => {
  using killed = temporaryFolder();
  using whole = temporaryFolder();
  const lines = corpus();
  const file = path.join(killed.dir, "corpus.jsonl");
  writeFileSync(file, `${lines.join("\n")}\n`);
  let interrupted = 0;
  for (let i = 0; i <= KILLS; i++) {
    const child = spawn(
      process.execPath,
      ["cli/headwater.ts", "import", file, "--source", "lines", "--data", path.join(killed.dir, "data")],
      { cwd: path.join(import.meta.dirname, "../.."), stdio: "ignore" },
    );
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    // Later each time, so that the kills fall on collecting, analysing and tracing.
    if (i < KILLS) {
      await Promise.race([pause(500 + i * 350), ended]);
      child.kill("SIGKILL");
    }
    const code = await ended;
    if (code === null) interrupted++;
    else if (i === KILLS) expect(code).toBe(0);
  }
  expect(interrupted).toBeGreaterThan(0);
  await importLines(whole.dir, lines);
  await withStore(killed.dir, async (store) =>
    expect(await store.count("posts", { kind: "all" })).toBe(POSTS),
  );
  expect(await findings(killed.dir)).toEqual(await findings(whole.dir));
}, 180_000);
