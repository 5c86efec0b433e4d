import type { Collector, CollectorIo, Page, RawRecord } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import { refusalIn } from "../../text/article-refusal.ts";
import { htmlToText, resolveUrl } from "../../text/html.ts";
import { elementsOf, valueAt } from "../../text/html-select.ts";
import { articleLinks } from "../page/links.ts";
import { REMEMBERED, type VisitedPage, visited } from "../visit.ts";
import { type ForumRecord, map } from "./map.ts";
import { type ForumCursor, type ForumOptions, forumOptions, type ThreadPlace } from "./options.ts";
import { loginIn } from "./wall.ts";

export const forum: Collector<ForumOptions, ForumCursor> = {
  info: {
    name: "forum",
    title: "Message boards",
    summary: "Reads the threads of a message board by CSS selectors that you give for it.",
    options: forumOptions,
    lawful_basis: "Reads threads that anyone may open without logging in, as robots.txt allows.",
    references: ["https://www.w3.org/TR/selectors-4/", "https://www.rfc-editor.org/rfc/rfc9309"],
  },
  collect,
  map,
};

async function* collect(
  options: ForumOptions,
  from: ForumCursor | null,
  io: CollectorIo,
): AsyncGenerator<Page<ForumCursor>> {
  const budget = { left: options.max_pages };
  const listed = await listThreads(options, budget, io);
  const threads = new Map(Object.entries(from?.threads ?? {}));
  let answered = false;
  let problem: string | null = null;
  for (const thread of new Set([...options.threads, ...listed])) {
    let place: ThreadPlace | undefined = threads.get(thread);
    for (let next: string | null = place?.page ?? thread; next !== null; ) {
      if (io.signal.aborted) return;
      if (budget.left-- <= 0) {
        io.warn(
          options.index[0] ?? thread,
          `max_pages is ${options.max_pages}; what is left waits for the next crawl.`,
        );
        return;
      }
      const page: string = next;
      const read = await readPage(thread, page, place?.page === page ? place : undefined, options, io);
      if (io.signal.aborted) return;
      if (read.place !== null) place = read.place;
      answered ||= read.problem === null;
      problem ??= read.problem;
      threads.delete(thread);
      if (read.place !== null) threads.set(thread, read.place);
      next = read.next === page ? null : read.next;
      yield { records: read.records, next: { threads: Object.fromEntries([...threads].slice(-REMEMBERED)) } };
    }
  }
  // One thread that is gone is that thread's matter; when no page is what it was, the board is another.
  if (!answered && problem !== null) throw new SetAside(problem);
}

async function listThreads(
  options: ForumOptions,
  budget: { left: number },
  io: CollectorIo,
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const index of options.index) {
    let next: string | null = index;
    for (let pages = 0; next !== null && pages < options.index_pages && budget.left > 0; pages++) {
      budget.left--;
      const answer = visited(await io.fetch(next, { accept: "text/html, */*;q=0.1", signal: io.signal }));
      const links = articleLinks(answer.html, answer.url, {
        selector: options.thread_link,
        pattern: options.thread_pattern,
      });
      if (links.length === 0)
        throw new SetAside(nothingOn(next, answer, options, "no thread", "thread_link and thread_pattern"));
      for (const link of links) found.add(link);
      const { index_next } = options;
      next = index_next === undefined ? null : resolveUrl(valueAt(answer.html, index_next), answer.url);
    }
  }
  return [...found];
}

interface ReadPage {
  readonly records: readonly RawRecord[];
  /** Where the thread is gone on with; null forgets it. */
  readonly place: ThreadPlace | null;
  readonly next: string | null;
  readonly problem: string | null;
}

async function readPage(
  thread: string,
  page: string,
  before: ThreadPlace | undefined,
  options: ForumOptions,
  io: CollectorIo,
): Promise<ReadPage> {
  let fetched: Awaited<ReturnType<typeof io.fetch>>;
  try {
    const { etag = null, last_modified = null } = before ?? {};
    fetched = await io.fetch(page, {
      accept: "text/html, */*;q=0.1",
      etag,
      last_modified,
      signal: io.signal,
    });
  } catch (error) {
    if (!(error instanceof SetAside) || io.signal.aborted) throw error;
    return {
      records: [{ where: page, raw: { url: page, problem: error.message } }],
      problem: error.message,
      place: null,
      next: null,
    };
  }
  if (fetched.not_modified) return { records: [], place: before ?? null, next: null, problem: null };
  const answer = visited(fetched);
  const items = elementsOf(answer.html, options.item);
  if (items === null || items.length === 0) {
    const problem =
      items === null
        ? `${page} is too large or too deep to be read.`
        : nothingOn(page, answer, options, "no post", "item");
    return {
      records: [{ where: page, raw: { url: page, problem } }],
      place: before ?? null,
      next: null,
      problem,
    };
  }
  if (!items.some((html) => valueAt(html, options.id) !== null))
    throw new SetAside(
      `${page} has changed shape: none of its ${items.length} posts has a number where \`id\` looks for it.`,
    );
  const title = valueAt(answer.html, options.title);
  const records = items.map((html, at): RawRecord => {
    const first = page === thread && at === 0;
    const { sha256, url } = answer;
    const raw: ForumRecord = { html, page: url, thread, title, first, read_at: fetched.fetched_at, sha256 };
    return { where: `${page} post ${at + 1}`, raw };
  });
  const { etag, "last-modified": last_modified } = fetched.headers;
  const next = options.next === undefined ? null : resolveUrl(valueAt(answer.html, options.next), answer.url);
  return {
    records,
    place: {
      page,
      ...(etag === undefined ? {} : { etag }),
      ...(last_modified === undefined ? {} : { last_modified }),
    },
    next,
    problem: null,
  };
}

/** Why a page holds nothing that was looked for: a wall, a check for robots, or another shape. */
function nothingOn(
  url: string,
  page: VisitedPage,
  options: ForumOptions,
  what: string,
  option: string,
): string {
  const { text } = htmlToText(page.html);
  const wall = loginIn(page.html, text, options.login);
  if (wall !== null) return `${url} is shown to members only (${wall}), and no log-in is passed.`;
  const refusal = refusalIn(page.html, text);
  if (refusal !== null) return `${url}: instead of the page the site sent ${refusal}.`;
  return `${url} has changed shape, or shows nothing: there is ${what} where ${option} looks for it.`;
}
