import type { CollectorIo, Page, RawRecord } from "../contracts/collector.ts";
import { RetryLater, SetAside } from "../contracts/errors.ts";

/** What remembers how far a newest-first list was read. */
export interface WalkCursor {
  /** What was walked: of another list this cursor says nothing. */
  readonly of: string;
  /** Key of the newest item of the last walk that came to its end; null before the first did. */
  readonly floor: string | null;
  /** A walk that was cut short: the newest key it saw, and the page it goes on with. */
  readonly open: { readonly top: string | null; readonly next: string } | null;
  /** Not to be asked before this instant, as the service said. */
  readonly rest_until?: string;
}

/** An item of the list. Newer items have greater keys: longer ones, or of one length and later in order. */
export interface WalkItem extends RawRecord {
  readonly key: string;
  /** Stands out of the order (a pinned post): it says nothing of how far the walk has come. */
  readonly apart?: boolean;
}

export interface WalkPage {
  readonly items: readonly WalkItem[];
  /** The page with older items; null at the end of the list. */
  readonly next: string | null;
}

export interface Walk {
  readonly of: string;
  /** Most pages asked for in one crawl. */
  readonly pages: number;
  /** The page by its token; the newest page for null. The floor is for services that are paid by the post. */
  readonly ask: (token: string | null, floor: string | null) => Promise<WalkPage>;
}

/** A pause longer than this is remembered in the cursor, so that a scheduled crawl does not ask all the same. */
const REMEMBERED_MS = 60_000;

/**
 * Reads a list that gives its newest items first, page by page, back to where the last walk began. The first walk goes
 * `pages` back. A walk cut short (by the number of pages, a limit, a crash) is gone on with by the next crawl before a
 * new one begins, so that no gap stays. The newest page comes whole each time: edits of what stands on it are seen.
 */
export async function* walkBack(
  walk: Walk,
  from: WalkCursor | null,
  io: CollectorIo,
): AsyncGenerator<Page<WalkCursor>> {
  const known = from?.of === walk.of ? from : null;
  throwIfResting(known, io);
  let floor = known?.floor ?? null;
  let open = known?.open ?? null;
  let resuming = open !== null;
  for (let asked = 0; asked < walk.pages; asked++) {
    const token = open?.next ?? null;
    const cursor = { of: walk.of, floor, open };
    const page = await walk
      .ask(token, floor)
      .catch((error: unknown) => refusal(error, resuming && asked === 0, io));
    if (io.signal.aborted) return;
    if (page instanceof SetAside) {
      io.warn(walk.of, `it cannot be gone on with where it was left, and is begun anew (${page.message})`);
      open = null;
      resuming = false;
      continue;
    }
    if (page instanceof RetryLater) {
      const rest_until = new Date(io.now().getTime() + page.after).toISOString();
      if (page.after > REMEMBERED_MS) yield { records: [], next: { ...cursor, rest_until } };
      throw page;
    }
    const keys = page.items.filter(({ apart }) => apart !== true).map(({ key }) => key);
    const top = highest([open?.top ?? null, ...keys]);
    const reached = keys.some((key) => floor !== null && !isAbove(key, floor));
    const turned = page.next !== null && page.next === token;
    if (turned) io.warn(walk.of, "the list gives the same page again and again; it is left there");
    // The first walk goes as far back as it may; what lies before is left to imports.
    const enough = floor === null && asked === walk.pages - 1;
    open = page.next === null || reached || turned || enough ? null : { top, next: page.next };
    if (open === null) floor = highest([top, floor]);
    yield {
      records: page.items.map(({ where, raw }) => ({ where, raw })),
      next: { of: walk.of, floor, open },
      progress: { done: asked + 1, total: walk.pages },
    };
    // Behind the rest of an old walk come the newest items.
    if (open === null && !resuming) return;
    if (open === null) resuming = false;
  }
  if (open !== null)
    io.warn(walk.of, "there is more new than one crawl reads; the next one goes on from there");
}

/** The service said when to come back; asking before costs quota and is what gets a client shut out. */
function throwIfResting(cursor: WalkCursor | null, { now }: CollectorIo): void {
  const until = cursor?.rest_until;
  const rest = until === undefined ? 0 : Date.parse(until) - now().getTime();
  if (rest > 0)
    throw new RetryLater(
      `${cursor?.of} is left alone until ${until}, as the service asked. To ask all the same, give the source another name.`,
      rest,
    );
}

/** What the walk itself answers to; anything else is thrown on. */
function refusal(error: unknown, resuming: boolean, { signal }: CollectorIo): RetryLater | SetAside {
  if (!signal.aborted) {
    if (error instanceof RetryLater) return error;
    if (error instanceof SetAside && resuming) return error;
  }
  throw error;
}

function highest(keys: readonly (string | null)[]): string | null {
  return keys.reduce(
    (best, key) => (key !== null && (best === null || isAbove(key, best)) ? key : best),
    null,
  );
}

/** Ids grow in length before they grow in their digits; instants of one form have one length. */
function isAbove(one: string, other: string): boolean {
  return one.length === other.length ? one > other : one.length > other.length;
}
