import type { CollectorIo, Page, RawRecord } from "../contracts/collector.ts";
import { RetryLater, SetAside } from "../contracts/errors.ts";
import type { Fetched } from "../contracts/fetcher.ts";
import { decodeBody } from "../text/charset.ts";

/** A page as it came, in the form that the `map` of a page collector reads. */
export interface VisitedPage {
  /** After redirects. */
  readonly url: string;
  readonly requested_url: string;
  readonly content_type: string;
  readonly html: string;
  readonly sha256: string;
}

/** An address that gave no page: it is counted as rejected with this reason. */
export interface FailedVisit {
  readonly url: string;
  readonly problem: string;
}

/** What is remembered of a page, to ask for it only if it has changed. */
interface Seen {
  readonly etag?: string;
  readonly last_modified?: string;
  /** What its list said of its last change. */
  readonly stamp?: string;
}

export interface VisitCursor {
  readonly seen: Readonly<Record<string, Seen>>;
}

/** An index page links to some hundred articles; so many are weeks of them, and the cursor stays under 1 MB. */
export const REMEMBERED = 3000;

interface VisitRules {
  /** Whether a page seen before is asked for again (if it has changed) or left alone. */
  readonly again: (url: string) => boolean;
  /** Whether the page is what was wanted. One that only stands in for it is asked for again next time. */
  readonly settles: (html: string) => boolean;
  /** What the list that names the page says of its last change, to be remembered with it. */
  readonly stamp?: (url: string) => string | undefined;
}

/**
 * Fetches pages one by one and yields each with the cursor that remembers it. A page that fails is a record with its
 * reason. A host that asks to wait is left alone for the rest of the visit, which then ends with its RetryLater.
 */
export async function* visit(
  urls: readonly string[],
  from: VisitCursor | null,
  rules: VisitRules,
  io: CollectorIo,
): AsyncGenerator<Page<VisitCursor>> {
  const seen = new Map(Object.entries(from?.seen ?? {}));
  const waiting = new Map<string, RetryLater>();
  for (const [done, url] of urls.entries()) {
    if (io.signal.aborted) return;
    const before = seen.get(url);
    const host = URL.parse(url)?.host ?? url;
    if (waiting.has(host) || (before !== undefined && !rules.again(url))) continue;

    const answer = await ask(url, before, io);
    if (io.signal.aborted) return;
    if (answer instanceof RetryLater) {
      waiting.set(host, answer);
      continue;
    }
    const failed = answer instanceof SetAside;
    const page = failed || answer.not_modified ? null : visited(answer);
    if (!failed && answer.moved_to !== null) {
      io.warn(url, `${url} has moved for good to ${answer.moved_to}; change it in the config.`);
    }
    if (page === null || rules.settles(page.html)) {
      // Taken out first, so that the most lately asked come last and the oldest are forgotten.
      seen.delete(url);
      const stamp = rules.stamp?.(url);
      seen.set(url, {
        ...(failed ? {} : validators(answer, before)),
        ...(stamp === undefined ? {} : { stamp }),
      });
    }
    const records: RawRecord[] = [];
    if (failed) records.push({ where: url, raw: { url, problem: answer.message } satisfies FailedVisit });
    else if (page !== null) records.push({ where: url, raw: page });
    yield { records, next: cursorOf(seen), progress: { done: done + 1, total: urls.length } };
  }
  const [longest] = [...waiting.values()].sort((a, b) => b.after - a.after);
  if (longest !== undefined) throw longest;
}

async function ask(
  url: string,
  before: Seen | undefined,
  io: CollectorIo,
): Promise<Fetched | SetAside | RetryLater> {
  try {
    return await io.fetch(url, {
      etag: before?.etag ?? null,
      last_modified: before?.last_modified ?? null,
      accept: "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
      signal: io.signal,
    });
  } catch (error) {
    if (error instanceof SetAside || error instanceof RetryLater) return error;
    throw error;
  }
}

/** A fetched page with its text decoded. */
export function visited(answer: Fetched): VisitedPage {
  return {
    url: answer.url,
    requested_url: answer.requested_url,
    content_type: answer.headers["content-type"] ?? "",
    html: decodeBody(answer, "html").text,
    sha256: answer.sha256,
  };
}

function validators({ headers, not_modified }: Fetched, before: Seen | undefined): Seen {
  const etag = headers.etag ?? (not_modified ? before?.etag : undefined);
  const modified = headers["last-modified"] ?? (not_modified ? before?.last_modified : undefined);
  return {
    ...(etag === undefined ? {} : { etag }),
    ...(modified === undefined ? {} : { last_modified: modified }),
  };
}

function cursorOf(seen: ReadonlyMap<string, Seen>): VisitCursor {
  return { seen: Object.fromEntries([...seen].slice(-REMEMBERED)) };
}

/** Reads a raw record as a visited page; else the reason why it is none. */
export function readVisit(raw: unknown): VisitedPage | { readonly rejected: string } {
  if (typeof raw !== "object" || raw === null) return { rejected: "the record is not a visited page" };
  const record = raw as Readonly<Partial<VisitedPage & FailedVisit>>;
  if (typeof record.problem === "string") return { rejected: record.problem || "the address gave no page" };
  const { url, html } = record;
  if (typeof url !== "string" || URL.parse(url) === null || typeof html !== "string") {
    return { rejected: "the record is not a visited page: it has no address or no text" };
  }
  const { requested_url = url, content_type = "", sha256 = "" } = record;
  if (/^(?:image|audio|video|font)\/|^application\/(?:pdf|zip|octet-stream|json)/i.test(content_type)) {
    return { rejected: `the answer is ${content_type.split(";", 1)[0]}, not a page` };
  }
  return { url, requested_url, content_type, html, sha256 };
}
