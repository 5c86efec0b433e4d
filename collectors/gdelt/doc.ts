import type { CollectorIo, RawRecord } from "../../contracts/collector.ts";
import { RetryLater, SetAside } from "../../contracts/errors.ts";
import { instantOf } from "../archived.ts";
import { fieldsOf, isFields, textOf } from "../fields.ts";
import type { GdeltOptions } from "./options.ts";

/** The API's own limit on one answer. */
const MOST = 250;
/** Each asks for what lies before the last; a query that needs more is too wide for the API. */
const MOST_QUESTIONS = 20;
/** GDELT asks for one question every five seconds, and says so when it is overrun. */
const OVERRUN_REST_MS = 120_000;

/** All that the API lists between two instants, newest first, by address. */
export async function askDoc(
  { query, api }: GdeltOptions,
  since: number,
  until: number,
  io: CollectorIo,
): Promise<ReadonlyMap<string, RawRecord>> {
  const found = new Map<string, RawRecord>();
  let end = until;
  for (let asked = 1; end > since; asked++) {
    const parameters = new URLSearchParams({
      query: query!,
      mode: "artlist",
      format: "json",
      sort: "datedesc",
      maxrecords: String(MOST),
      startdatetime: stampOf(since),
      enddatetime: stampOf(end),
    });
    const question = `${api.replace(/\/$/, "")}/api/v2/doc/doc?${parameters}`;
    const answer = await io.fetch(question, { accept: "application/json", api: true, signal: io.signal });
    const articles = readArticles(new TextDecoder().decode(answer.body), question);
    const before = found.size;
    let oldest = end;
    for (const [at, article] of articles.entries()) {
      const { url, seendate } = fieldsOf(article);
      // One without an address is kept to be counted.
      const address = textOf(url) ?? `${question} article ${at + 1}`;
      const seen = Date.parse(seenAt(seendate) ?? "");
      if (!Number.isNaN(seen)) oldest = Math.min(oldest, seen);
      if (!found.has(address)) found.set(address, { where: address, raw: article });
    }
    if (articles.length < MOST) break;
    if (found.size === before || asked >= MOST_QUESTIONS) {
      io.warn(
        "query",
        `GDELT has more than it lists, before ${new Date(oldest).toISOString()}; make the query narrower or crawl more often.`,
      );
      break;
    }
    end = oldest;
  }
  return found;
}

/**
 * Refusals come as text with status 200, and JSON comes with escapes that are none. An empty object is an empty list.
 */
export function readArticles(body: string, question: string): readonly unknown[] {
  const text = body.trim();
  if (/limit requests|too many requests|rate limit/i.test(text.slice(0, 500))) {
    throw new RetryLater(`GDELT asks for a pause: "${text.slice(0, 150)}"`, OVERRUN_REST_MS);
  }
  if (text === "") throw new SetAside(`${question}: GDELT gave an empty answer.`);
  if (!text.startsWith("{")) {
    const said = /^</.test(text) ? "a page instead of its list" : `"${text.slice(0, 300)}"`;
    throw new SetAside(`${question}: GDELT refuses the query: ${said}.`);
  }
  let answer: unknown;
  try {
    answer = JSON.parse(repaired(text));
  } catch (cause) {
    throw new SetAside(`${question}: GDELT's answer is no whole JSON (${(cause as Error).message}).`, {
      cause,
    });
  }
  const { articles } = fieldsOf(answer);
  if (articles === undefined && isFields(answer) && Object.keys(answer).length === 0) return [];
  if (!Array.isArray(articles))
    throw new SetAside(`${question}: GDELT's answer has changed shape: it has no list of articles.`);
  return articles;
}

/** Titles come with `\'`, bare backslashes and control characters, none of which JSON allows. */
function repaired(text: string): string {
  return text.replace(/\\(?:["\\/bfnrt']|u[\da-f]{4})|\\|[\x00-\x1f]/gi, (found) => {
    if (found === "\\'") return "'";
    if (found === "\\") return "\\\\";
    return found.length > 1 ? found : " ";
  });
}

/** `20261010T101500Z` as ISO 8601. */
export function seenAt(seendate: unknown): string | null {
  return typeof seendate === "string" ? instantOf(seendate.replace(/[TZ]/g, "")) : null;
}

export function stampOf(instant: number): string {
  return new Date(instant).toISOString().replace(/\D/g, "").slice(0, 14);
}
