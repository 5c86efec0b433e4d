import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { blindSpans } from "../../analyzers/health/blind.ts";
import { configSchema } from "../../config/schema.ts";
import { periodInput } from "../../pipelines/reports/period.ts";
import { toHtml } from "../../reports/document/html.ts";
import { situationReport } from "../../reports/kinds/sitrep.ts";
import { MESSAGES } from "../../reports/messages/index.ts";
import { NO_NOTES } from "../../reports/parts/analyst.ts";
import { openSqliteStore } from "../../stores/sqlite/index.ts";
import { sampleRun } from "../contracts/store.samples.ts";

const HOUR = 3_600_000;
const START = Date.parse("2026-03-01T00:00:00Z");

function run(hours: number) {
  const at = (ms: number) => new Date(START + hours * HOUR + ms).toISOString();
  return sampleRun(`r${hours}`, { source: "feed", started_at: at(0), ended_at: at(1000), status: "done" });
}
/** Read every hour, but for the days from the third to the fifth. */
const RUNS = Array.from({ length: 10 * 24 }, (_, hour) => run(hour)).filter(
  (_, hour) => hour < 48 || hour >= 5 * 24,
);

const config = configSchema.parse({
  sources: [{ name: "feed", collector: "rss", url: "http://feed.example/", every: "0 * * * *" }],
});

test("a report prints how each source was, and its chart shades the days that nobody read", async () => {
  const store = await openSqliteStore(":memory:");
  for (const each of RUNS) await store.saveRun(each);
  const told = async (lang: "en" | "fr") => {
    const given = { config, lang, names: false, notes: NO_NOTES, watch: null };
    const input = await periodInput(store, { from: "2026-03-01", to: "2026-03-07" }, given);
    const { document } = parseHTML(toHtml(situationReport(input), MESSAGES[lang]));
    const shades = [...document.querySelectorAll('#days-drawing rect[fill="#eaeef2"] title')];
    return {
      shades: shades.map((title) => title.textContent!.replace(/\u00a0/g, " ")),
      caption: document.querySelector("#days-drawing figcaption, #days-drawing")!.textContent!,
      table: document.body.textContent!,
    };
  };
  const en = await told("en");
  expect(en.shades).toEqual([
    "2026-03-03: 1 of 1 sources were not read for most of the day",
    "2026-03-04: 1 of 1 sources were not read for most of the day",
    "2026-03-05: 1 of 1 sources were not read for most of the day",
  ]);
  expect(en.caption).toContain("Shaded: a source was not read");
  expect(en.table).toContain("Last success");
  const fr = await told("fr");
  expect(fr.shades[0]).toContain("n’ont pas été lues");
  expect(fr.table).toContain("Dernier succès");
  await store.close();
});

test("a source is blind where no good run was for too long, and never before its first", () => {
  const spans = (from: number, to: number) =>
    blindSpans("feed", RUNS, { from: START + from * HOUR, to: START + to * HOUR }, 4 * HOUR);
  const hole = { source: "feed", from: "2026-03-02T23:00:01.000Z", to: "2026-03-06T00:00:00.000Z" };
  expect(spans(-100, 240)).toEqual([hole]);
  expect(spans(60, 72)).toEqual([
    { source: "feed", from: "2026-03-03T12:00:00.000Z", to: "2026-03-04T00:00:00.000Z" },
  ]);
  expect(spans(-100, -1)).toEqual([]);
  expect(spans(10, 40)).toEqual([]);
  const refused = RUNS.map((each) => ({ ...each, status: "failed" as const }));
  expect(blindSpans("feed", refused, { from: START, to: START + HOUR }, HOUR)).toEqual([]);
});
