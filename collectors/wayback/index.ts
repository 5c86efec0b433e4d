import type { Collector, CollectorIo, Page } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import { decodeBody } from "../../text/charset.ts";
import { type ArchivedPage, instantOf, stampOfDay, versionsOf } from "../archived.ts";
import { type FailedVisit, visited } from "../visit.ts";
import { type Capture, type CdxBlock, readCdx } from "./cdx.ts";
import { map } from "./map.ts";
import { type WaybackCursor, type WaybackOptions, waybackOptions } from "./options.ts";

/** Captures asked for at a time: so many are read before the place in the index is kept. */
const BLOCK = 500;
/** The index is some days behind what was captured. */
const BEHIND_MS = 14 * 86_400_000;

export const wayback: Collector<WaybackOptions, WaybackCursor> = {
  info: {
    name: "wayback",
    title: "Wayback Machine",
    summary: "Reads what pages said before, from the captures that a web archive kept of them.",
    options: waybackOptions,
    lawful_basis:
      "The archive publishes its captures and a documented interface to them for research; what it has closed is left alone.",
    references: [
      "https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server",
      "https://archive.org/help/wayback_api.php",
      "https://www.rfc-editor.org/rfc/rfc7089",
    ],
  },
  collect,
  map,
  async revisit() {
    return { found: "unreachable", reason: "a capture in an archive stays as it is" };
  },
};

async function* collect(
  options: WaybackOptions,
  from: WaybackCursor | null,
  io: CollectorIo,
): AsyncGenerator<Page<WaybackCursor>> {
  const of = JSON.stringify([
    options.archive,
    options.url,
    options.match,
    options.from,
    options.to,
    versionsOf(options),
  ]);
  const now = io.now().getTime();
  const known = from?.of === of ? from : { of, after: null, began: null, resume: null, skip: 0 };
  if (known.began === null && isPast(options, known)) return yield { records: [], next: known };
  let cursor: WaybackCursor = known.began === null ? { ...known, began: timestampOf(now) } : known;
  let visits = 0;
  for (;;) {
    const block = await ask(options, cursor, io);
    if (io.signal.aborted) return;
    if (block.captures.length === 0 && cursor.resume === null && cursor.after === null)
      io.warn(options.url, "the archive has no capture of it in this period");
    const seen = new Set<string>();
    for (const [at, capture] of block.captures.entries()) {
      const version = versionsOf(options) === "all" ? `${capture.urlkey} ${capture.digest}` : capture.urlkey;
      const again = seen.has(version) || (cursor.after !== null && capture.timestamp < cursor.after);
      seen.add(version);
      if (at < cursor.skip || again) continue;
      if (visits >= options.max_pages) {
        io.warn(
          options.url,
          `max_pages is ${options.max_pages}; the captures after ${capture.timestamp} of ${capture.original} wait for the next crawl.`,
        );
        return;
      }
      visits++;
      const record = await read(capture, options, io);
      if (io.signal.aborted) return;
      cursor = { ...cursor, skip: at + 1 };
      yield { records: [record], next: cursor };
    }
    if (block.resume === null || block.resume === cursor.resume) break;
    cursor = { ...cursor, resume: block.resume, skip: 0 };
  }
  const began = cursor.began!;
  const after = timestampOf(Date.parse(instantOf(began)!) - BEHIND_MS);
  yield { records: [], next: { of, after, began: null, resume: null, skip: 0 } };
}

/** A period that had ended, with the lag of the index, when it was last read to its end has nothing new. */
function isPast({ to }: WaybackOptions, { after }: WaybackCursor): boolean {
  return to !== undefined && after !== null && `${stampOfDay(to)}235959` < after;
}

async function ask(options: WaybackOptions, cursor: WaybackCursor, io: CollectorIo): Promise<CdxBlock> {
  const all = versionsOf(options) === "all";
  // Of what was read before, only the first captures are asked for again: a page's first capture is told by them.
  const since = all && cursor.after !== null ? cursor.after : options.from && stampOfDay(options.from);
  const query = new URLSearchParams([
    ["url", options.url],
    ["matchType", options.match],
    ...(since ? [["from", since] as [string, string]] : []),
    ...(options.to ? [["to", stampOfDay(options.to)] as [string, string]] : []),
    ["filter", "statuscode:200"],
    ["filter", "mimetype:text/html"],
    ["collapse", all ? "digest" : "urlkey"],
    ["limit", String(BLOCK)],
    ["showResumeKey", "true"],
    ...(cursor.resume === null ? [] : [["resumeKey", cursor.resume] as [string, string]]),
  ]);
  const question = `${options.archive.replace(/\/$/, "")}/cdx/search/cdx?${query}`;
  const answer = await io.fetch(question, {
    accept: "text/plain",
    api: true,
    statuses: [403],
    signal: io.signal,
  });
  const block = readCdx(decodeBody(answer).text, question, (line) =>
    io.warn(options.url, `the index of the archive has a line that is none: "${line.slice(0, 200)}"`),
  );
  if (answer.status === 403)
    throw new SetAside(`${question} answered 403 Forbidden: the archive refuses us.`);
  return block;
}

/** `id_` asks for the bytes as they were captured, without the archive's own frame and links. */
async function read(
  { timestamp, original }: Capture,
  { archive }: WaybackOptions,
  io: CollectorIo,
): Promise<{ readonly where: string; readonly raw: ArchivedPage | FailedVisit }> {
  const base = archive.replace(/\/$/, "");
  const where = `${base}/web/${timestamp}id_/${original}`;
  try {
    const answer = await io.fetch(where, { accept: "text/html, */*;q=0.1", api: true, signal: io.signal });
    // The archive may lead on to the nearest capture it can show.
    const shown = /\/web\/(\d{14})(?:id_)?\/(https?:\/\/.+)$/i.exec(answer.url);
    const at = shown?.[1] ?? timestamp;
    const url = URL.parse(shown?.[2] ?? original)?.href ?? original;
    const page = visited(answer);
    return {
      where,
      raw: {
        ...page,
        url,
        requested_url: original,
        archived: { at: instantOf(at)!, url: `${base}/web/${at}/${url}` },
      },
    };
  } catch (error) {
    if (!(error instanceof SetAside) || io.signal.aborted) throw error;
    return { where, raw: { url: where, problem: error.message } };
  }
}

function timestampOf(instant: number): string {
  return new Date(instant).toISOString().replace(/\D/g, "").slice(0, 14);
}
