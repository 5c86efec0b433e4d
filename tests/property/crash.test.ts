import { writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { configSchema } from "../../config/schema.ts";
import { StopAll } from "../../contracts/errors.ts";
import type { Store } from "../../contracts/store.ts";
import { assemble } from "../../pipelines/assembly.ts";
import { ROLES, recover, run, steps } from "../../pipelines/runner.ts";
import { collectJob } from "../../pipelines/steps/jobs.ts";
import {
  all,
  differences,
  findings,
  importWith,
  quiet,
  temporaryFolder,
  withStore,
} from "../support/pipeline.ts";
import { ARTICLE } from "../support/posts.ts";

const WRITES = new Set([
  "savePosts",
  "saveAnalysis",
  "saveTraces",
  "saveRun",
  "setAside",
  "saveAlerts",
  "saveDeliveries",
]);

/** The first account is an outlet, so that whatever copies it raises an alert. */
const CONFIG = {
  actors: [
    {
      id: "outlet",
      name: "The Outlet",
      affiliation: "state-controlled",
      accounts: ["weibo:a0"],
      evidence: [{ source: "a list", date: "2021-01-01" }],
      confidence: "high",
    },
  ],
  alerts: {
    rules: [
      { name: "relayed", kind: "state-relay", accounts: 1 },
      { name: "uncredited", kind: "uncredited-copies", actors: ["outlet"] },
    ],
    channels: [{ name: "here", notifier: "console" }],
  },
};

/** A real store whose n-th write is the process's last: it crashes just before or just after it. */
function crashing(store: Store, at: number, after: boolean): Store {
  let writes = 0;
  return new Proxy(store, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (typeof value !== "function" || !WRITES.has(String(name))) return value;
      return async (...args: readonly unknown[]) => {
        const last = ++writes === at;
        if (writes > at || (last && !after)) throw new StopAll("crashed");
        const result = await (value as (...all: readonly unknown[]) => Promise<unknown>).apply(target, [
          ...args,
        ]);
        if (last) throw new StopAll("crashed");
        return result;
      };
    },
  });
}

const lines = fc
  .array(
    fc.record({
      from: fc.integer({ min: 0, max: 40 }),
      to: fc.integer({ min: 90, max: ARTICLE.length }),
      garbage: fc.boolean(),
    }),
    {
      minLength: 3,
      maxLength: 12,
    },
  )
  .map((drafts) =>
    drafts.map(({ from, to, garbage }, i) =>
      garbage && i % 3 === 0
        ? "{"
        : JSON.stringify({
            platform: "weibo",
            id: `p${i}`,
            account: { id: `a${i}` },
            published_at: new Date(Date.UTC(2021, 8, 8, i)).toISOString(),
            text: ARTICLE.slice(from, to),
          }),
    ),
  );

let raised = 0;

it("invariant 3: a crash at any write repeats work and never loses it", async () => {
  await fc.assert(
    fc.asyncProperty(
      lines,
      fc.array(fc.tuple(fc.integer({ min: 1, max: 10 }), fc.boolean()), { minLength: 1, maxLength: 3 }),
      async (posts, crashes) => {
        using crashed = temporaryFolder();
        using whole = temporaryFolder();
        await importWith(CONFIG, whole.dir, posts);
        const file = path.join(crashed.dir, "lines.jsonl");
        writeFileSync(file, posts.map((line) => `${line}\n`).join(""));
        const config = configSchema.parse({ ...CONFIG, data: path.join(crashed.dir, "data") });
        const sources = [{ name: "lines", collector: "file", enabled: true, path: file }];
        for (const crash of [...crashes, null]) {
          const parts = await assemble(config, { log: quiet, sources });
          const store = crash === null ? parts.store : crashing(parts.store, crash[0], crash[1]);
          try {
            await run(steps({ ...parts, store }), parts.queue, ROLES);
            await recover(parts);
            await parts.queue.push([collectJob("lines")]);
            const ended = parts.queue.idle();
            if (crash === null) await ended;
            else await ended.catch((error: unknown) => expect(error).toBeInstanceOf(StopAll));
          } finally {
            await parts.close();
          }
        }
        expect(differences(await findings(crashed.dir), await findings(whole.dir))).toEqual([]);
        // Every alert was told in the end, once in each size.
        await withStore(crashed.dir, async (store) => {
          const deliveries = await all(store, "deliveries");
          expect(deliveries.every(({ state }) => state === "sent" || state === "withdrawn")).toBe(true);
          const standing = (await all(store, "alerts")).filter(({ holds }) => holds);
          const told = new Set(deliveries.map(({ key }) => key.split("/")[1]));
          expect(standing.filter(({ thread }) => !told.has(thread))).toEqual([]);
          raised += standing.length;
        });
      },
    ),
    { numRuns: 15 },
  );
  // About a dozen, by chance; none would mean that nothing was looked at.
  expect(raised).toBeGreaterThan(2);
});
