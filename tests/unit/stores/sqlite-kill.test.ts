import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { openSqliteStore } from "../../../stores/sqlite/index.ts";
import { parseQuery } from "../../../text/query.ts";
import { ids } from "../../contracts/store.samples.ts";

const KILLS = 10;
/** Told before the kill: more than the posts that are stored again each time. */
const BATCHES = 5;

/**
 * Lets a writer store posts from number `first` on, kills it `ms` after it has told of a few batches, and gives the
 * number up to which it said that all is stored.
 */
async function writeUntilKilled(file: string, first: number, ms: number): Promise<number> {
  const script = path.join(import.meta.dirname, "killed-writer.ts");
  const writer = spawn(process.execPath, [script, file, String(first)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let told = "";
  let batches = 0;
  for await (const chunk of writer.stdout.setEncoding("utf8")) {
    told += chunk;
    batches = told.split("\n").length - 1;
    if (batches >= BATCHES && !writer.killed) setTimeout(() => writer.kill("SIGKILL"), ms);
  }
  return Number(told.split("\n").at(batches - 1));
}

test("SQLite loses nothing it said was stored, and doubles nothing, when its process is killed", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "headwater-kill-"));
  const file = path.join(folder, "headwater.db");
  let stored = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    // Begins a little before the end, as a crawl that repeats its last page does.
    stored = await writeUntilKilled(file, Math.max(0, stored - 120), kill);
  }
  expect(stored).toBeGreaterThan(KILLS * 50);

  const reader = await openSqliteStore(file, { readOnly: true });
  expect(await reader.count("posts", { kind: "all" })).toBeGreaterThanOrEqual(stored);
  await reader.close();

  // The lock went with the process.
  const store = await openSqliteStore(file);
  const all = await ids(store, "*");
  expect(new Set(all).size).toBe(all.length);
  const kept = new Set(all);
  for (let i = 0; i < stored; i++) expect(kept.has(`web:${i}`)).toBe(true);
  expect(await store.count("posts", parseQuery("国代 number"))).toBe(all.length);
  // What was stored and not analysed waits; the rest is analysed.
  const waiting = await store.waiting("analyze", all.length, "v1");
  let analyzed = 0;
  for await (const _ of store.keys()) analyzed++;
  expect(analyzed + waiting.length).toBe(all.length);
  await store.close();

  const raw = new DatabaseSync(file);
  expect(raw.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  raw.exec("INSERT INTO search (search) VALUES ('integrity-check')");
  raw.close();
  await rm(folder, { recursive: true });
}, 60_000);
