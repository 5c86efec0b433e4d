import { expect, test } from "vitest";
import { configSchema } from "../../config/schema.ts";
import { assemble } from "../../pipelines/assembly.ts";
import { ROLES, run, steps } from "../../pipelines/runner.ts";
import { scheduleJob } from "../../pipelines/steps/jobs.ts";
import { openSqliteStore } from "../../stores/sqlite/index.ts";
import { quiet } from "../support/pipeline.ts";
import { serve } from "../unit/http/server.ts";

const HOUR = 3_600_000;
const START = Date.parse("2026-03-02T12:00:00Z");

test("a feed is asked by its own rhythm, and no oftener than it says", async () => {
  let ttl = "";
  const item = (n: number) =>
    `<item><guid>n${n}</guid><title>Notice ${n}</title><pubDate>${new Date(START - n * HOUR).toUTCString()}</pubDate></item>`;
  const feed = () =>
    `<rss version="2.0"><channel><title>Notices</title>${ttl}${[0, 1, 2, 3, 4, 5].map(item).join("")}</channel></rss>`;
  const site = await serve({ "/feed": (response) => void response.end(feed()) });
  let now = START;
  const config = configSchema.parse({
    http: { delay_ms: 0, retries: 0, hosts: { "*.example": site.address } },
    sources: [{ name: "notices", collector: "rss", url: "http://harbour.example/feed", every: "auto" }],
  });
  const store = await openSqliteStore(":memory:");
  const parts = await assemble(config, { log: quiet, store, now: () => new Date(now) });
  const asked = () => site.seen.filter(({ path }) => path === "/feed").length;
  const tick = async (minutes: number) => {
    now = START + minutes * 60_000;
    const stop = await run(steps(parts), parts.queue, ROLES);
    await parts.queue.push([scheduleJob]);
    await parts.queue.idle();
    await stop();
    return asked();
  };
  try {
    expect(await tick(0)).toBe(1);
    // Posts come once an hour: it is asked twice in it.
    expect(await tick(29)).toBe(1);
    expect(await tick(30)).toBe(2);
    ttl = "<ttl>120</ttl>";
    expect(await tick(60)).toBe(3);
    expect(await tick(150)).toBe(3);
    expect(await tick(180)).toBe(4);
  } finally {
    await parts.close();
    await site.close();
  }
});
