import type { CollectorIo } from "../../contracts/collector.ts";
import { canonicalUrl } from "../../text/urls.ts";
import { articleIdIn } from "./values.ts";

/** What is known of the articles that stored posts point at. */
export interface Followed {
  /** Posts collected before this have been looked through; null when none have. */
  readonly since: string | null;
  /** Addresses still to be asked for. */
  readonly waiting: readonly string[];
  /** Names of those asked for, the latest last. */
  readonly asked: readonly string[];
}

export const NOTHING_FOLLOWED: Followed = { since: null, waiting: [], asked: [] };

/** The cursor is written after every page, so it is kept under about 300 KB. */
const REMEMBERED = 3_000;
const MOST_WAITING = 2_000;

/** A post is stored up to minutes after the time it carries: another process may be writing it meanwhile. */
const OVERLAP_MS = 600_000;

/** Adds what posts collected since the last time point at; each article once, however its address is written. */
export async function gather(
  before: Followed,
  given: readonly string[],
  host: string,
  io: CollectorIo,
): Promise<Followed> {
  const waiting = [...before.waiting];
  const known = new Set([...before.asked, ...[...waiting, ...given].map(nameOf)]);
  let latest = before.since;
  for await (const { url, at } of io.linked?.(before.since) ?? []) {
    const begun = new Date(Date.parse(at) - OVERLAP_MS).toISOString();
    if (latest === null || begun > latest) latest = begun;
    if (!isArticle(url, host) || known.has(nameOf(url))) continue;
    // What does not fit is found again: the posts it stands in are looked through once more.
    if (waiting.length >= MOST_WAITING) return { ...before, waiting };
    known.add(nameOf(url));
    waiting.push(url);
  }
  return { ...before, since: latest, waiting };
}

export function asked({ since, waiting, asked: before }: Followed, url: string): Followed {
  return {
    since,
    waiting: waiting.filter((one) => one !== url),
    asked: [...before, nameOf(url)].slice(-REMEMBERED),
  };
}

/** `/s/…` and `/s?__biz=…` are articles; other addresses of the host are albums, profiles and pictures. */
function isArticle(url: string, host: string): boolean {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.host !== host) return false;
  return /^\/s\/[\w-]+$/.test(parsed.pathname) || (parsed.pathname === "/s" && articleIdIn(url) !== null);
}

function nameOf(url: string): string {
  return (URL.canParse(url) ? articleIdIn(url) : null) ?? canonicalUrl(url) ?? url;
}
