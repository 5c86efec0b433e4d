import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { httpSchema } from "../../config/schema.ts";
import type { Collector } from "../../contracts/collector.ts";
import { RetryLater, SetAside } from "../../contracts/errors.ts";
import type { PostDraft } from "../../contracts/post.ts";
import { createBrowser, createEngine } from "../../http/browse.ts";
import { createFetcher } from "../../http/index.ts";
import { crawl, type Outcome } from "./collector.crawl.ts";
import { damaged } from "./collector.damage.ts";
import { type CaseFiles, type FixtureServer, type Mood, serveCases } from "./collector.server.ts";

/**
 * The promises every collector keeps. A collector's own test calls it once:
 *
 *     collectorSuite({
 *       collector: rss,
 *       fixtures: "tests/fixtures/rss",
 *       options: ({ url, extra }) => ({ url, ...extra }),
 *       surprise: (raw) => ({ ...(raw as object), surprise: "?" }),
 *     });
 *
 * A fixture is a folder of `fixtures`: `source.*` (any ending, our own words), `expected.json` (made by
 * UPDATE_FIXTURES=1, then read by a person), optionally more files, and optionally `case.json`:
 *
 *     { "url": "http://paper.example/feed.xml", "status": 200, "headers": { "content-type": "text/xml" },
 *       "options": { "zone": "Asia/Shanghai" }, "secrets": { "token": "a-key" } }
 *
 * A real local server answers for the case's host (`<case>.example` when `url` is left out): `url` with `source.*`,
 * every other file of the folder at `/<its name>`, all else with 404. Nothing else can be reached.
 */
export interface CollectorSuite<Options, Cursor> {
  readonly collector: Collector<Options, Cursor>;
  /** Folder of the cases, from the root of the project. */
  readonly fixtures: string;
  /** The options as a user would write them. `extra` is the case's `options`. */
  readonly options: (at: {
    readonly url: string;
    readonly file: string;
    readonly extra: Readonly<Record<string, unknown>>;
  }) => object;
  /** A raw record with one more field, called `surprise`; left out where records have no named fields (HTML). */
  readonly surprise?: (raw: unknown) => unknown;
  /**
   * Whether records are given to `map` with parts gone or replaced: for collectors whose records are what a service sent,
   * and not what a reader of our own made of it.
   */
  readonly damage?: true;
  /** False for a collector that reads files: the promises about servers do not concern it. */
  readonly network?: boolean;
}

type Run<Cursor> = (files: CaseFiles, from?: Cursor | null, signal?: AbortSignal) => Promise<Outcome<Cursor>>;

/** Set by `UPDATE_FIXTURES=1 npx vitest run …`; the difference is then read like code. */
const UPDATE = process.env.UPDATE_FIXTURES === "1";

/** Enough to meet each field of a record in each kind of damage within a second. */
const DAMAGED_RECORDS = 20;
const DAMAGED_COPIES = 60;

/** What no collector can make a post of. */
const GARBAGE: readonly unknown[] = [null, undefined, 42, "", "\u0000", true, [], {}, { nested: { a: [1] } }];

export function collectorSuite<Options, Cursor>(suite: CollectorSuite<Options, Cursor>): void {
  const { collector } = suite;
  const root = path.resolve(suite.fixtures);
  const names = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

  describe(`collector ${collector.info.name}`, () => {
    let server: FixtureServer;
    // Started by who asks for it.
    const chromium = createEngine(null);
    const clients: { close(): Promise<void> }[] = [chromium];

    beforeAll(async () => {
      server = await serveCases(root);
    });
    afterAll(async () => {
      for (const client of clients) await client.close();
      await server.close();
    });

    const written = (files: CaseFiles): object =>
      suite.options({ url: files.url, file: files.source, extra: files.options });
    const optionsOf = (files: CaseFiles): Options => collector.info.options.parse(written(files));

    const run: Run<Cursor> = (files, from = null, signal = new AbortController().signal) => {
      const http = httpSchema.parse({ delay_ms: 0, retries: 0, hosts: { "*.example": server.address } });
      const now = () => new Date("2026-01-01T00:00:00Z");
      const client = createFetcher(http, { now, signal });
      clients.push(client);
      const { fetch } = client;
      const browse = createBrowser(client, { chromium, http });
      const io = { fetch, browse, now, signal, secrets: files.secrets };
      return crawl(collector, optionsOf(files), from, io);
    };

    test("describes itself", () => {
      const { info } = collector;
      expect(info.name).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(info.summary).toMatch(/^[A-Z].*\.$/s);
      expect(info.lawful_basis).toMatch(/^[A-Z].*\.$/s);
      expect(info.references.length).toBeGreaterThan(0);
    });

    test("refuses an unknown option", () => {
      const options = { ...written(server.files(names[0]!)), no_such_option: 1 };
      expect(collector.info.options.safeParse(options).success).toBe(false);
    });

    test("rejects garbage with a reason and never throws", () => {
      const options = optionsOf(server.files(names[0]!));
      for (const raw of GARBAGE) {
        const mapped = collector.map(raw, options);
        expect(mapped, JSON.stringify(raw)).toHaveProperty("rejected");
        if ("rejected" in mapped) expect(mapped.rejected.length).toBeGreaterThan(10);
      }
    });

    describe.each(names)("fixture %s", (name) => {
      test("maps as expected, each post with its own identity", async () => {
        const outcome = await run(server.files(name));
        const { failure } = outcome;
        const found = {
          posts: outcome.drafts,
          rejected: outcome.rejected,
          unknown_fields: outcome.unknown_fields,
          warnings: outcome.warnings,
          failure: failure && `${failure.name}: ${failure.message}`,
        };
        const file = path.join(root, name, "expected.json");
        if (UPDATE) writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
        expect(JSON.parse(JSON.stringify(found))).toEqual(JSON.parse(readFileSync(file, "utf8")));

        if (failure) expect(failure instanceof RetryLater || failure instanceof SetAside).toBe(true);
        const identities = outcome.drafts.map(identity);
        expect(new Set(identities).size).toBe(identities.length);
      });

      test("goes on from a cursor, which is JSON, and invents nothing", async () => {
        const files = server.files(name);
        const first = await run(files);
        const cursor = JSON.parse(JSON.stringify(first.cursor)) as Cursor | null;
        expect(cursor).toEqual(first.cursor);
        const second = await run(files, cursor);
        const known = new Set(first.drafts.map(identity));
        expect(second.drafts.filter((draft) => !known.has(identity(draft)))).toEqual([]);
      });

      test("maps purely: same in, same out, input untouched", async () => {
        const files = server.files(name);
        const { raws } = await run(files);
        for (const raw of raws) {
          const before = structuredClone(raw);
          expect(collector.map(raw, optionsOf(files))).toEqual(collector.map(raw, optionsOf(files)));
          expect(raw).toEqual(before);
        }
      });

      if (suite.damage) {
        test("maps a damaged record or refuses it, and never throws", async () => {
          const files = server.files(name);
          const { raws } = await run(files);
          for (const raw of raws.slice(0, DAMAGED_RECORDS)) {
            for (const broken of damaged(raw, DAMAGED_COPIES)) {
              const mapped = collector.map(broken, optionsOf(files));
              expect("draft" in mapped || mapped.rejected.length > 0).toBe(true);
            }
          }
        });
      }

      const { surprise } = suite;
      if (surprise) {
        test("signals a field it does not know", async () => {
          const files = server.files(name);
          const { raws } = await run(files);
          for (const raw of raws) {
            const mapped = collector.map(surprise(raw), optionsOf(files));
            if ("draft" in mapped) expect(mapped.unknown_fields.join(" ")).toContain("surprise");
          }
        });
      }
    });

    if (suite.network !== false) networkPromises((mood) => server.withMood(mood), run);
  });
}

function networkPromises<Cursor>(withMood: (mood: Mood) => CaseFiles, run: Run<Cursor>): void {
  test("a 429 surfaces as RetryLater with the time the site asks for", async () => {
    const { failure } = await run(withMood({ status: 429, headers: { "retry-after": "3600" } }));
    expect(failure).toBeInstanceOf(RetryLater);
    expect((failure as RetryLater).after).toBeGreaterThan(3_000_000);
  });

  test("a challenge page served as 200 yields no post and is told", async () => {
    const body =
      "<!doctype html><html><head><title>Just a moment...</title></head><body>" +
      '<form id="challenge-form"><p>Checking your browser before accessing.</p></form></body></html>';
    const headers = { "content-type": "text/html; charset=utf-8" };
    const outcome = await run(withMood({ status: 200, headers, body }));
    expect(outcome.drafts).toEqual([]);
    const told = [...outcome.rejected, ...outcome.warnings, outcome.failure?.message ?? ""].join("");
    expect(told.length).toBeGreaterThan(10);
  });

  test.each([
    ["nothing", ""],
    ["bytes that are no text", "\u0000\u0001\u0002\u00ff\u0000".repeat(200)],
    ["a truncated document", "<"],
  ])("%s is refused in a sentence", async (_what, body) => {
    const { drafts, failure } = await run(withMood({ status: 200, headers: {}, body }));
    expect(drafts).toEqual([]);
    if (failure) expect(failure).toBeInstanceOf(SetAside);
  });

  test("abort ends it", async () => {
    const controller = new AbortController();
    const started = performance.now();
    setTimeout(() => controller.abort(), 100);
    const { drafts } = await run(withMood({ status: 200, headers: {}, hang: true }), null, controller.signal);
    expect(drafts).toEqual([]);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
}

/** What text/identify will make the post's id of. */
function identity(draft: PostDraft): string {
  const { platform, id, url, title, text, published_at } = draft;
  return JSON.stringify([platform, id ?? url ?? [title, text, published_at]]);
}
