import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { readArticle } from "../../text/article.ts";
import { refusalIn } from "../../text/article-refusal.ts";
import { decodeBody } from "../../text/charset.ts";
import { readDate } from "../../text/dates.ts";
import { htmlToText } from "../../text/html.ts";
import { namesIn, readLines } from "../data.ts";

/** A page with less has no body: no news item is shorter. */
const SHORTEST = 100;

const share = (part: number, whole: number): string =>
  whole === 0 ? "—" : `${((100 * part) / whole).toFixed(1)} %`;
const unzipped = (...parts: readonly string[]): Buffer => gunzipSync(readFileSync(path.join(...parts)));
const folded = (text: string): string => text.replace(/[\s\p{P}\p{S}]+/gu, "");

/** How much of `wanted`, in runs of characters, stands in `found`. */
function covered(wanted: string, found: string): number {
  const size = 8;
  const [a, b] = [folded(wanted), folded(found)];
  const there = new Set<string>();
  for (let at = 0; at + size <= b.length; at++) there.add(b.slice(at, at + size));
  let hits = 0;
  let all = 0;
  for (let at = 0; at + size <= a.length; at++, all++) if (there.has(a.slice(at, at + size))) hits++;
  return all === 0 ? 1 : hits / all;
}

interface Silver {
  readonly title?: string;
  readonly publish_time?: string;
  readonly content?: string;
}

/** 60 Chinese news pages; of 20 the parse of another extractor is there, which is silver, not gold. */
export function chinesePages(dataDir: string, say: (line: string) => void): string | null {
  const folder = path.join(dataDir, "extraction", "gne-zh");
  const sites = namesIn(folder).filter((name) => statSync(path.join(folder, name)).isDirectory());
  if (sites.length === 0) return null;
  const silver = silverOf(readLines(folder, "result.txt.gz"));
  const charsets = new Map<string, number>();
  const t = {
    pages: 0,
    body: 0,
    replaced: 0,
    dated: 0,
    sourced: 0,
    silver: 0,
    title: 0,
    day: 0,
    days: 0,
    recall: 0,
    precision: 0,
  };
  const cpu = process.cpuUsage();
  for (const site of sites) {
    for (const file of namesIn(folder, site).filter((name) => name.endsWith(".html.gz"))) {
      const name = `${site}/${file.replace(/\.gz$/, "")}`;
      const { text: html, charset } = decodeBody({ body: unzipped(folder, site, file), headers: {} }, "html");
      charsets.set(charset, (charsets.get(charset) ?? 0) + 1);
      const article = readArticle(html, `http://${site}.example/${file}`);
      t.pages++;
      const body = article.text.length >= SHORTEST && refusalIn(html, article.text) === null;
      if (body) t.body++;
      else say(`${name}: no body (${article.text.length} characters)`);
      // A page may have broken characters of its own; ours would be more.
      if (broken(article.text) > broken(html)) t.replaced++;
      if (article.published !== null) t.dated++;
      if (article.source !== null) t.sourced++;
      const other = silver.get(name);
      if (other === undefined) continue;
      t.silver++;
      const title = folded(article.title ?? "") === folded(other.title ?? "");
      if (title) t.title++;
      else say(`${name}: title ${article.title}, other ${other.title}`);
      const day = dayOf(other.publish_time);
      if (day !== null) {
        t.days++;
        const ours = dayOf(article.published?.raw);
        if (ours === day) t.day++;
        else say(`${name}: day ${article.published?.raw}, other ${other.publish_time}`);
      }
      const [recall, precision] = [
        covered(other.content ?? "", article.text),
        covered(article.text, other.content ?? ""),
      ];
      if (recall < 0.8 || precision < 0.8)
        say(`${name}: ${share(recall, 1)} of the other's, ${share(precision, 1)} of ours`);
      t.recall += recall;
      t.precision += precision;
    }
  }
  const seconds = process.cpuUsage(cpu).user / 1e6;
  return [
    "| | |",
    "|---|---|",
    `| pages | ${t.pages} |`,
    `| with a body | ${t.body} |`,
    `| read as | ${[...charsets].map(([name, count]) => `${name} ${count}`).join(", ")} |`,
    `| with characters that the charset broke | ${t.replaced} |`,
    `| with a date | ${t.dated} |`,
    `| with a source named | ${t.sourced} |`,
    `| beside the other extractor: pages | ${t.silver} |`,
    `| — same title | ${t.title} |`,
    `| — same day, where it has one | ${t.day} of ${t.days} |`,
    `| — of its text, found in ours | ${share(t.recall, t.silver)} |`,
    `| — of ours, found in its text | ${share(t.precision, t.silver)} |`,
    `| processor time a page | ${((1000 * seconds) / t.pages).toFixed(0)} ms |`,
  ].join("\n");
}

/** The day as it is written: the other extractor keeps no zones. */
function dayOf(written: string | undefined): string | null {
  const [, year, month, day] = /(\d{4})\D(\d{1,2})\D(\d{1,2})/.exec(written ?? "") ?? [];
  return day === undefined ? null : [year, Number(month), Number(day)].join("-");
}

const broken = (text: string): number => text.match(/\ufffd/g)?.length ?? 0;

function silverOf(lines: readonly string[]): ReadonlyMap<string, Silver> {
  const found = new Map<string, Silver>();
  for (const part of lines.join("\n").split(/^>{5,}(?=tests\/)/m)) {
    const [, name, json] = /^tests\/(\S+?\.html)>+\s*(\{.*\})\s*<+$/s.exec(part.trim()) ?? [];
    if (name !== undefined) found.set(name, JSON.parse(json!) as Silver);
  }
  return found;
}

/** The pages that Mozilla's reader is tested with: what it makes of them is expected of it, and it is part of ours. */
export function readerPages(dataDir: string, say: (line: string) => void): string | null {
  const folder = path.join(dataDir, "extraction", "readability");
  const names = namesIn(folder).filter((name) => statSync(path.join(folder, name)).isDirectory());
  if (names.length === 0) return null;
  const t = { pages: 0, body: 0, title: 0, dates: 0, dated: 0, recall: 0, precision: 0 };
  for (const name of names) {
    const { text: html } = decodeBody(
      { body: unzipped(folder, name, "source.html.gz"), headers: {} },
      "html",
    );
    const expected = htmlToText(unzipped(folder, name, "expected.html.gz").toString("utf8")).text;
    const metadata = JSON.parse(unzipped(folder, name, "expected-metadata.json.gz").toString("utf8")) as {
      title?: string | null;
      publishedTime?: string | null;
    };
    const article = readArticle(html, `http://reader.example/test/${name}/`);
    t.pages++;
    if (article.text !== "") t.body++;
    else say(`${name}: no body`);
    const [ours, theirs] = [folded(article.title ?? ""), folded(metadata.title ?? "")];
    if (ours === theirs || theirs.includes(ours) || ours.includes(theirs)) t.title++;
    else say(`${name}: title ${article.title}, expected ${metadata.title}`);
    const instant = readDate(metadata.publishedTime ?? "")?.instant;
    if (instant !== undefined) {
      t.dates++;
      if (readDate(article.published?.raw ?? "")?.instant === instant) t.dated++;
      else say(`${name}: date ${article.published?.raw}, expected ${metadata.publishedTime}`);
    }
    const [recall, precision] = [covered(expected, article.text), covered(article.text, expected)];
    if (recall < 0.8 || precision < 0.8)
      say(`${name}: ${share(recall, 1)} of the expected, ${share(precision, 1)} of ours`);
    t.recall += recall;
    t.precision += precision;
  }
  return [
    "| | |",
    "|---|---|",
    `| pages | ${t.pages} |`,
    `| with a body | ${t.body} |`,
    `| same title, or one within the other | ${t.title} |`,
    `| same instant, where one is expected | ${t.dated} of ${t.dates} |`,
    `| of the expected text, found in ours | ${share(t.recall, t.pages)} |`,
    `| of ours, found in the expected | ${share(t.precision, t.pages)} |`,
  ].join("\n");
}
