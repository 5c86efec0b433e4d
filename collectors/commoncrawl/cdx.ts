import { SetAside } from "../../contracts/errors.ts";
import { instantOf } from "../archived.ts";

/** Where a capture lies, as an index says. */
export interface Located {
  readonly urlkey: string;
  readonly url: string;
  readonly at: string;
  readonly digest: string;
  readonly filename: string;
  readonly offset: number;
  readonly length: number;
}

/** Reads a page of an index: a JSON object a line, every value a string. Captures of what is no page of HTML are left out. */
export function readIndex(body: string, question: string): readonly Located[] {
  const lines = body.split("\n").filter((line) => line.trim() !== "");
  const found: Located[] = [];
  let understood = 0;
  for (const line of lines) {
    const fields = parse(line);
    const located = fields === null ? null : locate(fields);
    if (fields === null || located === null) continue;
    understood++;
    if (/html/i.test(String(fields["mime-detected"] ?? fields.mime ?? "html"))) found.push(located);
  }
  if (lines.length > 0 && understood === 0) {
    const what = /^\s*</.test(body) ? "a page instead of its index" : `"${lines[0]!.slice(0, 100)}"`;
    throw new SetAside(`${question}: the index has changed shape or is blocking us; it sent ${what}.`);
  }
  return found;
}

function locate(fields: Readonly<Record<string, unknown>>): Located | null {
  const { urlkey, timestamp, url, digest, filename, offset, length } = fields;
  const at = instantOf(timestamp);
  const place = { offset: Number(offset), length: Number(length) };
  const texts = [urlkey, url, digest, filename].every((text) => typeof text === "string" && text !== "");
  if (!texts || at === null || !Number.isSafeInteger(place.offset) || !(place.length > 0)) return null;
  // A path of the archive's own, never one that leads elsewhere.
  if (!/^[\w./-]+$/.test(filename as string) || (filename as string).includes("..")) return null;
  return { urlkey, url, digest, filename, at, ...place } as Located;
}

/** A crawl of the archive with the days it took, as far as the list of crawls says. */
export interface Crawl {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

const DAY = 86_400_000;
/** A crawl is named by a week and takes two or three; before 2018 some took longer. */
const SPREAD = 28 * DAY;

/** The crawls of `collinfo.json`, oldest first. */
export function readCrawls(body: string, address: string): readonly Crawl[] {
  const list = parse(body);
  const crawls = (Array.isArray(list) ? list : []).flatMap((entry: unknown): readonly Crawl[] => {
    const { id, from, to } = (entry ?? {}) as Readonly<Record<string, unknown>>;
    const [, year, week] = /^CC-MAIN-(\d{4})-(\d{2})$/.exec(String(id)) ?? [];
    if (year === undefined) return [];
    const named = Date.UTC(Number(year), 0, 1) + (Number(week) - 1) * 7 * DAY;
    const instant = (value: unknown) => Date.parse(`${String(value).slice(0, 10)}T00:00:00Z`);
    return [
      {
        id: String(id),
        from: Number.isNaN(instant(from)) ? named - SPREAD : instant(from),
        to: Number.isNaN(instant(to)) ? named + SPREAD : instant(to) + DAY,
      },
    ];
  });
  if (crawls.length === 0) throw new SetAside(`${address} has changed shape: it is no list of crawls.`);
  return crawls.sort((a, b) => a.id.localeCompare(b.id));
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? (value as Readonly<Record<string, unknown>> | null) : null;
  } catch {
    return null;
  }
}
