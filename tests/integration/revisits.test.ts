import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { configSchema } from "../../config/schema.ts";
import { type Assembled, assemble } from "../../pipelines/assembly.ts";
import { ROLES, run, steps } from "../../pipelines/runner.ts";
import { collectJob, scheduleJob } from "../../pipelines/steps/jobs.ts";
import { openSqliteStore } from "../../stores/sqlite/index.ts";
import { all, quiet } from "../support/pipeline.ts";

const START = Date.parse("2026-03-02T12:00:00Z");
const HOUR = 3_600_000;

type Answer = { readonly status: number; readonly body: string };

const article = (title: string, text: string): Answer => ({
  status: 200,
  body: `<!doctype html><html lang="en"><head><title>${title}</title>
    <meta property="article:published_time" content="2026-03-02T08:00:00Z"></head>
    <body><article><h1>${title}</h1><p>${text}</p></article></body></html>`,
});
const FERRY =
  "The ferry across the sound keeps its winter timetable until the ice has gone, the harbour board said.";
const missing: Answer = { status: 404, body: "<h1>Not found</h1>" };

const PAGES = ["http://harbour.example/ferry", "http://another.example/ferry"];

let server: Server;
let pages: Map<string, Answer>;
let parts: Assembled;
let now: number;

beforeEach(async () => {
  pages = new Map([
    ["harbour.example/ferry", article("Ferry keeps its timetable", FERRY)],
    ["another.example/ferry", article("The ferry and its timetable", FERRY)],
    ["harbour.example/", article("Harbour news", "All the news of the harbour and of the town above it.")],
  ]);
  server = createServer((request, response) => {
    const answer = pages.get(`${request.headers.host}${request.url}`) ?? missing;
    response.writeHead(answer.status, { "content-type": "text/html; charset=utf-8" }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  now = START;
  const config = configSchema.parse({
    http: { delay_ms: 0, retries: 0, hosts: { "*.example": address } },
    sources: [{ name: "pages", collector: "page", urls: PAGES, every: "0 0 1 1 *" }],
    watches: [{ name: "ferry", title: "The ferry", queries: ["ferry"] }],
    alerts: { rules: [{ name: "gone", kind: "deletion", watches: ["ferry"], severity: "high" }] },
  });
  parts = await assemble(config, {
    log: quiet,
    store: await openSqliteStore(":memory:"),
    now: () => new Date(now),
  });
});
afterEach(async () => {
  await parts.close();
  await new Promise((resolve) => server.close(resolve));
});

const ID = "http://harbour.example/ferry";

/** What stands in the store of the page after everything that is due at that hour has been done. */
async function at(hours: number, job = scheduleJob) {
  now = START + hours * HOUR;
  const stop = await run(steps(parts), parts.queue, ROLES);
  await parts.queue.push([job]);
  await parts.queue.idle();
  await stop();
  expect(await parts.queue.dead()).toEqual([]);
  const [stored] = (await all(parts.store, "posts")).filter(({ post }) => post.url === ID);
  return stored!;
}

test("a post of a watch is looked at again when it is due, and not before", async () => {
  expect((await at(0, collectJob("pages"))).revisit_at).toBe("2026-03-02T13:00:00.000Z");
  expect((await at(0.9)).existence).toBeUndefined();
  const once = await at(1);
  expect(once.existence).toMatchObject({ state: "present", visited_at: "2026-03-02T13:00:00.000Z" });
  expect(once.revisit_at).toBe("2026-03-02T18:00:00.000Z");
  // Whatever was missed while nothing ran is made up for by one visit.
  expect((await at(80)).revisit_at).toBe("2026-03-09T12:00:00.000Z");
  expect((await at(24 * 40)).revisit_at).toBeUndefined();
});

test("a changed text is a version, and it is looked at closely again", async () => {
  await at(0, collectJob("pages"));
  await at(1);
  pages.set("harbour.example/ferry", article("Ferry keeps its timetable", FERRY.replace("ice", "snow")));
  const changed = await at(6);
  expect(changed.post.text).toContain("snow");
  expect(changed.edited!.by).toBe("2026-03-02T18:00:00.000Z");
  expect(changed.revisit_at).toBe("2026-03-02T19:00:00.000Z");
  expect(changed.existence!.state).toBe("present");
  const versions = await parts.store.versionsOf(changed.post.id);
  expect(versions.map(({ post }) => /ice|snow/.exec(post.text)?.[0])).toEqual(["ice", "snow"]);
});

test("nothing is called deleted on one 404, and two an hour apart from a host that answers are a deletion", async () => {
  await at(0, collectJob("pages"));
  await at(1);
  pages.delete("harbour.example/ferry");
  const once = await at(6);
  expect(once.existence!.state).toBe("unconfirmed");
  expect(once.revisit_at).toBe("2026-03-02T19:00:00.000Z");
  const twice = await at(7);
  expect(twice.existence).toMatchObject({
    state: "deleted",
    by: "unknown",
    reason: "404: there is no such page",
    seen_at: "2026-03-02T13:00:00.000Z",
    since: "2026-03-02T18:00:00.000Z",
  });
  expect(twice.existence!.sha256).toMatch(/^[0-9a-f]{64}$/);
  const [alert] = await all(parts.store, "alerts");
  expect(alert).toMatchObject({
    holds: true,
    kind: "deletion",
    items: [twice.post.id],
    since: "2026-03-02T13:00:00.000Z",
    until: "2026-03-02T18:00:00.000Z",
  });
  // Its words are kept.
  expect(twice.post.text).toContain("winter timetable");
  pages.set("harbour.example/ferry", article("Ferry keeps its timetable", FERRY));
  expect((await at(24)).existence!.state).toBe("present");
  expect((await all(parts.store, "alerts"))[0]!.holds).toBe(false);
});

test("a host that has lost all of its pages, or gives another page, has deleted nothing", async () => {
  await at(0, collectJob("pages"));
  pages.clear();
  expect((await at(1)).existence!.state).toBe("unreachable");
  expect((await at(2)).existence!.reason).toContain("front page does not answer either");
  pages.set("harbour.example/ferry", { status: 200, body: "<title>Just a moment...</title>" });
  expect((await at(6)).existence!.state).toBe("unreachable");
  expect((await at(30)).existence).toMatchObject({ state: "unreachable", by: null });
});
