import type { CollectorIo, Page, RawRecord } from "../contracts/collector.ts";
import { RetryLater, SetAside } from "../contracts/errors.ts";
import type { Fetched } from "../contracts/fetcher.ts";
import { decodeBody } from "../text/charset.ts";
import { interleave } from "./interleave.ts";

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
 * A request spends nearly all its time waiting for its host's pace, so these are far more than would be downloaded at once. A
 * host goes on while what it gave is read and stored; the bounds are of what is held in memory.
 */
const HOSTS = { most: 64, ahead: 3 };

/**
 * Fetches pages, host beside host, and of each host one after the other; yields those that came with the cursor that
 * remembers them. A page that fails is a record with its reason. A host that asks to wait is left alone for the rest of the
 * visit, which then ends with its RetryLater.
 */
export async function* visit(
  urls: readonly string[],
  from: VisitCursor | null,
  rules: VisitRules,
  io: CollectorIo,
): AsyncGenerator<Page<VisitCursor>> {
  const before = from?.seen ?? {};
  const seen = new Map(Object.entries(before));
  const wanted = urls.filter((url) => before[url] === undefined || rules.again(url));
  const hosts = Map.groupBy(wanted, (url) => URL.parse(url)?.host ?? url);
  const waits: RetryLater[] = [];
  let done = urls.length - wanted.length;
  const lanes = [...hosts.values()].map((ofHost) => oneHost(ofHost, before, waits, io));
  for await (const came of interleave(lanes, HOSTS)) {
    if (io.signal.aborted) return;
    const records: RawRecord[] = [];
    for (const one of came) {
      const { url, answer, page } = one;
      if (answer instanceof SetAside)
        records.push({ where: url, raw: { url, problem: answer.message } satisfies FailedVisit });
      else if (page !== null) records.push({ where: url, raw: page });
      remember(seen, one, rules);
      if (!(answer instanceof SetAside) && answer.moved_to !== null) {
        io.warn(url, `${url} has moved for good to ${answer.moved_to}; change it in the config.`);
      }
    }
    done += came.length;
    yield { records, next: cursorOf(seen), progress: { done, total: urls.length } };
  }
  const [longest] = waits.toSorted((a, b) => b.after - a.after);
  if (longest !== undefined && !io.signal.aborted) throw longest;
}

interface Came {
  readonly url: string;
  readonly answer: Fetched | SetAside;
  /** Null for one that failed, or has not changed. */
  readonly page: VisitedPage | null;
}

/** The pages of one host in order, until it asks to wait. */
async function* oneHost(
  urls: readonly string[],
  seen: Readonly<Record<string, Seen>>,
  waits: RetryLater[],
  io: CollectorIo,
): AsyncGenerator<Came> {
  for (const url of urls) {
    if (io.signal.aborted) return;
    const answer = await ask(url, seen[url], io);
    if (io.signal.aborted) return;
    if (answer instanceof RetryLater) {
      waits.push(answer);
      return;
    }
    const page = answer instanceof SetAside || answer.not_modified ? null : visited(answer);
    yield { url, answer, page };
  }
}

function remember(seen: Map<string, Seen>, { url, answer, page }: Came, rules: VisitRules): void {
  if (page !== null && !rules.settles(page.html)) return;
  const before = seen.get(url);
  const stamp = rules.stamp?.(url);
  // Taken out first, so that the most lately asked come last and the oldest are forgotten.
  seen.delete(url);
  seen.set(url, {
    ...(answer instanceof SetAside ? {} : validators(answer, before)),
    ...(stamp === undefined ? {} : { stamp }),
  });
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
