import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEMO_CONFIG, loadConfig } from "../../config/load.ts";
import type { Config } from "../../config/schema.ts";
import type { Store } from "../../contracts/store.ts";
import { printPdf } from "../../http/pdf.ts";
import { periodInput } from "../../pipelines/reports/period.ts";
import { figuresOf } from "../../reports/document/sources.ts";
import { situationReport } from "../../reports/kinds/sitrep.ts";
import { NO_NOTES } from "../../reports/parts/analyst.ts";
import { openSqliteStore } from "../../stores/sqlite/index.ts";
import { parseQuery } from "../../text/query.ts";
import { runEmbedded } from "../../workers/embedded.ts";
import { file, headwater } from "../support/command.ts";
import { quiet, temporaryFolder } from "../support/pipeline.ts";

const folder = temporaryFolder();
let config: Config;
let store: Store;

beforeAll(async () => {
  const loaded = loadConfig(DEMO_CONFIG, {}, { data: path.join(folder.dir, "data") });
  config = { ...loaded.config, http: { ...loaded.config.http, delay_ms: 0 } };
  await runEmbedded(config, { log: quiet, once: true, signal: new AbortController().signal });
  store = await openSqliteStore(path.join(config.data, "headwater.db"), { readOnly: true });
});

afterAll(async () => {
  await store.close();
  folder[Symbol.dispose]();
});

async function sitrep(lang: "en" | "fr") {
  const period = { from: "2021-09-06", to: "2021-09-12" };
  return situationReport(
    await periodInput(store, period, { config, lang, names: false, notes: NO_NOTES, watch: null }),
  );
}

describe("a situation report", () => {
  it("has numbers that their queries give again from the same index", async () => {
    const queries = figuresOf(await sitrep("en")).flatMap(({ source, value }) =>
      source.kind === "query" && source.field === undefined ? [{ source, value }] : [],
    );
    expect(queries.length).toBeGreaterThan(8);
    for (const { source, value } of queries) {
      expect(await store.count(source.of, parseQuery(source.where)), source.where).toBe(value);
    }
  });

  it("has the same numbers in English and in French", async () => {
    const numbers = async (lang: "en" | "fr") => figuresOf(await sitrep(lang)).map(({ value }) => value);
    expect(await numbers("fr")).toEqual(await numbers("en"));
  });

  it("finds what the demo case holds: six posts that lead back to a state outlet, four without credit", async () => {
    const input = await periodInput(
      store,
      { from: "2021-09-06", to: "2021-09-12" },
      { config, lang: "en", names: false, notes: NO_NOTES, watch: null },
    );
    expect(input.carried.map(({ carriers, uncredited }) => [carriers.length, uncredited.length])).toEqual([
      [6, 4],
    ]);
    expect(input.accounts).toHaveLength(6);
    expect(input.coverage.every(({ run }) => run?.status === "done")).toBe(true);
  });
});

describe("a report on a watch", () => {
  it("tells the posts of the watch alone", async () => {
    const { name } = config.watches[0]!;
    const period = { from: "2021-09-06", to: "2021-09-12" };
    const given = { config, lang: "en", names: false, notes: NO_NOTES } as const;
    const [all, watched] = [
      await periodInput(store, period, { ...given, watch: null }),
      await periodInput(store, period, { ...given, watch: name }),
    ];
    expect(watched.all.count).toBeGreaterThan(0);
    expect(watched.all.count).toBeLessThan(all.all.count);
    expect(all.watches.find(({ name: title }) => title === config.watches[0]!.title)?.count).toBe(
      watched.all.count,
    );
  });
});

describe("headwater report", () => {
  const run = (...args: readonly string[]) => headwater([...args, "--data", config.data]);

  it("writes the same bytes again, and keeps what an analyst wrote", async () => {
    const first = await run(
      "report",
      "sitrep",
      "--from",
      "2021-09-06",
      "--to",
      "2021-09-12",
      "--format",
      "md",
    );
    expect(first).toMatchObject({ code: 0 });
    const report = first.out.trim();
    const before = readFileSync(report, "utf8");
    await run("report", "sitrep", "--from", "2021-09-06", "--to", "2021-09-12", "--format", "md");
    expect(readFileSync(report, "utf8")).toBe(before);
    const notes = report.replace(/\.md$/, ".notes.md");
    file(path.basename(notes), "## Analyst's assessment\nOur own words.\n", path.dirname(notes));
    await run("report", "sitrep", "--from", "2021-09-06", "--to", "2021-09-12", "--format", "md");
    expect(readFileSync(report, "utf8")).toContain("Our own words.");
    expect(readFileSync(notes, "utf8")).toContain("Our own words.");
  });

  it("says what is missing, and what to write", async () => {
    expect(await run("report", "sitrep")).toMatchObject({
      code: 64,
      err: expect.stringContaining("--from 2021-09-06"),
    });
    expect(await run("report", "story", "s-ffff")).toMatchObject({ code: 66 });
    expect(await run("report", "after-action", "nowhere")).toMatchObject({
      code: 64,
      err: expect.stringContaining("reports.monitoring"),
    });
    expect(await run("report", "sitrep", "--from", "2021-13-01", "--to", "2021-09-12")).toMatchObject({
      code: 64,
    });
  });
});

describe("a report on paper", () => {
  it("is a tagged PDF that holds its text", async () => {
    const pdf = Buffer.from(
      await printPdf("<!doctype html><html lang=fr><title>T</title><h1>Élection</h1><p>中国</p></html>", {
        executable: null,
        marking: "NON CLASSIFIÉ",
      }),
    );
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(pdf.toString("latin1")).toMatch(/\/MarkInfo\s*<<[^>]*\/Marked true/);
  });
});
