import { expect, test } from "vitest";
import { instantOf } from "../../../collectors/archived.ts";
import { readCdx } from "../../../collectors/wayback/cdx.ts";
import { wayback } from "../../../collectors/wayback/index.ts";
import { waybackOptions } from "../../../collectors/wayback/options.ts";
import { crawl } from "../../contracts/collector.crawl.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";
import { type Answering, serve } from "../http/server.ts";

collectorSuite({
  damage: true,
  collector: wayback,
  fixtures: "tests/fixtures/wayback",
  options: ({ url, extra }) => ({ archive: new URL(url).origin, ...extra }),
});

const page = (day: string) =>
  `<html lang="en"><title>Notice</title><body><article><p>${`The notice of the ${day}, as it hung on the door. `.repeat(12)}</p></article></body></html>`;

/** An archive of ten captures of one page, which lists four at a time. */
async function archive() {
  const stamps = Array.from({ length: 10 }, (_, day) => `202109${String(day + 1).padStart(2, "0")}120000`);
  const cdx: Answering = (response, { url }) => {
    const query = new URL(url!, "http://archive.example").searchParams;
    const from = (query.get("from") ?? "").padEnd(14, "0");
    const left = stamps.filter((stamp) => stamp >= from && stamp > (query.get("resumeKey") ?? ""));
    const block = left.slice(0, 4);
    const lines = block.map((stamp) => `a ${stamp} http://site.example/n text/html 200 D${stamp} 9\n`);
    response.end(`${lines.join("")}${left.length > 4 ? `\n${block.at(-1)}\n` : ""}`);
  };
  const asked: string[] = [];
  const server = await serve(
    new Proxy({} as Record<string, Answering>, {
      get: (_, path: string) => {
        if (path.startsWith("/cdx/")) return cdx;
        const [, stamp] = /^\/web\/(\d+)id_\//.exec(path) ?? [];
        if (stamp === undefined) return undefined;
        return (response: Parameters<Answering>[0]) => {
          asked.push(stamp);
          response.end(page(stamp.slice(6, 8)));
        };
      },
    }),
  );
  const { fetch } = server.client();
  const now = () => new Date("2021-09-20T00:00:00Z");
  const io = { fetch, now, signal: new AbortController().signal, secrets: {} };
  const run = (from: Awaited<ReturnType<typeof crawl>>["cursor"], extra = {}) =>
    crawl(
      wayback,
      waybackOptions.parse({ archive: "http://archive.example", url: "site.example/n", ...extra }),
      from as never,
      io,
    );
  return { asked, run, server };
}

test("the index is read block by block, a crawl cut short goes on, and nothing is read twice", async () => {
  const { asked, run, server } = await archive();
  try {
    const first = await run(null, { max_pages: 6 });
    expect(first.drafts).toHaveLength(6);
    expect(first.warnings[0]).toContain("wait for the next crawl");
    const second = await run(first.cursor, { max_pages: 6 });
    expect(second.drafts).toHaveLength(4);
    expect(new Set(asked).size).toBe(10);
    expect(asked).toHaveLength(10);
    expect(second.drafts.map(({ observed_at }) => observed_at)).toContain("2021-09-10T12:00:00Z");
    // Only the last two weeks are looked at again, because the index lags.
    const third = await run(second.cursor);
    expect(third.drafts).toHaveLength(5);
  } finally {
    await server.close();
  }
});

test("a period in the past is read once", async () => {
  const { asked, run, server } = await archive();
  try {
    const first = await run(null, { to: "2021-09-02" });
    const count = asked.length;
    expect(count).toBeGreaterThan(0);
    await run(first.cursor, { to: "2021-09-02" });
    expect(asked).toHaveLength(count);
  } finally {
    await server.close();
  }
});

test("timestamps of archives may be short, and some are none", () => {
  expect(instantOf("20210908")).toBe("2021-09-08T00:00:00Z");
  expect(instantOf("20210908123045")).toBe("2021-09-08T12:30:45Z");
  expect(instantOf("2001041400593:")).toBeNull();
  expect(instantOf("20211308000000")).toBeNull();
});

test("the key of the next block stands behind an empty line", () => {
  const body = "a 20210906090000 http://a.example/ text/html 200 X 1\n\ncom%2Ca%29%2F+2001041400593%3A\n";
  expect(readCdx(body, "q", () => {})).toMatchObject({
    resume: "com%2Ca%29%2F+2001041400593%3A",
    captures: [{ digest: "X" }],
  });
});
