import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { configSchema } from "../../config/schema.ts";
import type { Alert, AlertFinding } from "../../contracts/alert.ts";
import type { Log } from "../../contracts/log.ts";
import type { Run } from "../../contracts/run.ts";
import type { Kind, Kinds, Store } from "../../contracts/store.ts";
import { openSqliteStore } from "../../stores/sqlite/index.ts";
import { importFiles } from "../../workers/embedded.ts";

export const quiet: Log = { info: () => {}, warn: () => {}, error: () => {}, progress: () => {} };

/** A data folder of its own, gone at the end of the block. */
export function temporaryFolder(): { readonly dir: string } & Disposable {
  const dir = mkdtempSync(path.join(tmpdir(), "headwater-test-"));
  return { dir, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) };
}

/** Imports JSON Lines through the whole pipeline, in one or several goes. */
export function importLines(dir: string, ...goes: readonly (readonly string[])[]): Promise<readonly Run[]> {
  return importWith({}, dir, ...goes);
}

/** The same with more in the config than the data folder. */
export async function importWith(
  more: object,
  dir: string,
  ...goes: readonly (readonly string[])[]
): Promise<readonly Run[]> {
  const config = configSchema.parse({ ...more, data: path.join(dir, "data") });
  const runs: Run[] = [];
  for (const [i, lines] of goes.entries()) {
    const file = path.join(dir, `go-${i}.jsonl`);
    writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
    const signal = new AbortController().signal;
    runs.push(
      ...(await importFiles(config, { files: [file], options: {}, name: "lines", log: quiet, signal })),
    );
  }
  return runs;
}

export async function withStore<T>(dir: string, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openSqliteStore(path.join(dir, "data", "headwater.db"), { readOnly: true });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

export async function all<K extends Kind>(store: Store, kind: K): Promise<readonly Kinds[K][]> {
  const found: Kinds[K][] = [];
  for await (const item of store.find(kind, { kind: "all" })) found.push(item);
  return found;
}

export interface Findings {
  readonly posts: readonly string[];
  readonly links: readonly string[];
  readonly stories: readonly string[];
  readonly traces: readonly string[];
  /** Those that stand, without when they were raised and what became of them. */
  readonly alerts: readonly string[];
}

/** What stands in one and not in the other, a few of each: a whole corpus side by side tells nobody anything. */
export function differences(a: Findings, b: Findings): readonly string[] {
  return (["posts", "links", "stories", "traces", "alerts"] as const).flatMap((kind) => {
    const [first, second] = [new Set(a[kind]), new Set(b[kind])];
    const only = (mine: ReadonlySet<string>, other: ReadonlySet<string>) =>
      [...mine].filter((item) => !other.has(item));
    return [
      ...only(first, second).map((item) => `only in the first: ${item}`),
      ...only(second, first).map((item) => `only in the second: ${item}`),
    ].slice(0, 4);
  });
}

/** What the pipeline found, in an order of its own and without what differs from run to run. */
export function findings(dir: string): Promise<Findings> {
  return withStore(dir, findingsOf);
}

/** The same of an open store, whichever it is: fields in one order. */
export async function findingsOf(store: Store): Promise<Findings> {
  const byText = (items: readonly unknown[]) => items.map((item) => JSON.stringify(inOrder(item))).sort();
  const posts = await all(store, "posts");
  return {
    posts: byText(
      posts.map(({ post: { collected_at: _, source: __, ...post }, findings, story }) => ({
        post,
        findings,
        story,
      })),
    ),
    links: byText(await all(store, "links")),
    stories: byText(await all(store, "stories")),
    traces: byText(await all(store, "traces")),
    alerts: byText((await all(store, "alerts")).filter(({ holds }) => holds).map(findingOnly)),
  };
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, inOrder(inner)]),
  );
}

/** What is left of an alert is the rule's finding: made of posts alone, so any order of arrival ends in the same. */
export function findingOnly(alert: Alert): AlertFinding {
  const { thread: _, holds: __, raised_at: ___, updated_at: ____, events: _____, ...rest } = alert;
  const { judgements: ______, state: _______, ...finding } = rest;
  return finding;
}
