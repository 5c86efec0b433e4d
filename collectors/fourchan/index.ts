import { setTimeout as delay } from "node:timers/promises";
import type { Collector, CollectorIo, Page, RawRecord } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import type { Fetcher } from "../../contracts/fetcher.ts";
import { htmlToText } from "../../text/html.ts";
import { parseJsonExact } from "../../text/json-exact.ts";
import { countOf, fieldsOf, idOf, isFields, listOf, textOf } from "../fields.ts";
import { type FourchanRecord, map } from "./map.ts";
import { type FourchanCursor, type FourchanOptions, fourchanOptions, type ThreadState } from "./options.ts";

export const fourchan: Collector<FourchanOptions, FourchanCursor> = {
  info: {
    name: "fourchan",
    title: "4chan and boards like it",
    summary: "Reads the threads of a board through its read-only interface, and what is new in them.",
    options: fourchanOptions,
    lawful_basis:
      "The board offers a documented read-only interface to everyone; its rules (one request a second, If-Modified-Since) are kept.",
    references: ["https://github.com/4chan/4chan-API"],
  },
  collect,
  map,
  async revisit(post, { api }, { fetch, signal }) {
    const [, board, thread] = /\/(\w+)\/thread\/(\d+)/.exec(post.url ?? "") ?? [];
    const [, no] = /\/(\d+)$/.exec(post.id) ?? [];
    if (thread === undefined || no === undefined)
      return { found: "unreachable", reason: "the post names no thread" };
    const url = `${api.replace(/\/$/, "")}/${board}/thread/${thread}.json`;
    const answer = await fetch(url, { api: true, signal, statuses: [404] });
    const { sha256, status } = answer;
    // Threads fall off the end of the board by design: that is nobody's deletion.
    if (status === 404)
      return { found: "unreachable", reason: "the thread has fallen off the board, as all do" };
    const found = postsOf(new TextDecoder().decode(answer.body), url).find(
      (one) => idOf(fieldsOf(one).no) === no,
    );
    if (found === undefined)
      return { found: "gone", by: "unknown", reason: "its thread is there without it", sha256 };
    const raw: FourchanRecord = { board: board!, post: found, sha256 };
    return { found: "seen", records: [{ where: `${url} post ${no}`, raw }] };
  },
};

interface Listed {
  readonly no: string;
  readonly changed: number;
}

/** What 4chan's rules ask of who uses its interface, whatever the pause of this client. */
const PAUSE_MS = 1000;

/** Asks its own host no faster than its rules say. */
function unhurried({ fetch, signal }: CollectorIo, api: string): Fetcher {
  if (new URL(api).hostname !== "a.4cdn.org") return fetch;
  let last = Number.NEGATIVE_INFINITY;
  return async (url, wishes) => {
    const wait = last + PAUSE_MS - performance.now();
    if (wait > 0) await delay(Math.ceil(wait), undefined, { signal });
    last = performance.now();
    return fetch(url, wishes);
  };
}

async function* collect(
  options: FourchanOptions,
  from: FourchanCursor | null,
  given: CollectorIo,
): AsyncGenerator<Page<FourchanCursor>> {
  const io = { ...given, fetch: unhurried(given, options.api) };
  const of = `${options.api}/${options.board}`;
  const before = from?.of === of ? from.threads : {};
  const { live, archived } = await list(options, io);
  if (io.signal.aborted) return;
  const listed = new Set(live.map(({ no }) => no));
  const threads = new Map(Object.entries(before));
  // A thread that has left the list may have got posts since it was read; it is asked for a last time.
  const left = Object.entries(before)
    .filter(([no]) => !listed.has(no))
    .map(([no, { changed }]): Listed => ({ no, changed }));
  const unseen = archived.filter((no) => before[no] === undefined).map((no): Listed => ({ no, changed: 0 }));
  const due = [...live.filter(({ no, changed }) => changed > (before[no]?.changed ?? 0)), ...left, ...unseen];
  const within = due.slice(0, options.max_threads);
  if (within.length < due.length) {
    io.warn(
      options.board,
      `${due.length} threads have changed, and max_threads is ${options.max_threads}; the other ${due.length - within.length} wait for the next crawl.`,
    );
  }
  for (const [done, { no, changed }] of within.entries()) {
    const state = threads.get(no);
    const read = await readThread(no, state, options, io);
    if (io.signal.aborted) return;
    if (listed.has(no)) threads.set(no, { ...read.state, changed });
    else threads.delete(no);
    if (read.pruned && state === undefined)
      io.warn(`${options.board}/${no}`, "the thread fell off the board before it was read");
    const next = { of, threads: Object.fromEntries(threads) };
    yield { records: read.records, next, progress: { done: done + 1, total: within.length } };
  }
  if (within.length === 0) yield { records: [], next: { of, threads: Object.fromEntries(threads) } };
}

/** The threads of the board with when each last changed; by their opening posts, where words choose among them. */
async function list(
  options: FourchanOptions,
  io: CollectorIo,
): Promise<{ readonly live: readonly Listed[]; readonly archived: readonly string[] }> {
  const base = `${options.api.replace(/\/$/, "")}/${options.board}`;
  const { words } = options;
  const url = `${base}/${words === undefined ? "threads" : "catalog"}.json`;
  const pages = await ask(url, io);
  const threads = listOf(pages).flatMap((page) => listOf(page.threads));
  if (!Array.isArray(pages) || threads.length === 0)
    throw new SetAside(`${url} has changed shape: it lists no threads.`);
  const live = threads.flatMap((thread): readonly Listed[] => {
    const no = idOf(thread.no);
    const changed = countOf(thread.last_modified);
    if (no === null || changed === null) return [];
    const said = `${textOf(thread.sub) ?? ""} ${textOf(thread.com) ?? ""}`.replace(/<wbr\s*\/?>/gi, "");
    return words === undefined || saysOne(htmlToText(said).text, words) ? [{ no, changed }] : [];
  });
  if (!options.archive) return { live, archived: [] };
  const archive = await ask(`${base}/archive.json`, io);
  if (!Array.isArray(archive))
    throw new SetAside(`${base}/archive.json has changed shape: it is no list of threads.`);
  return { live, archived: archive.flatMap((no: unknown) => idOf(no) ?? []) };
}

function saysOne(text: string, words: readonly string[]): boolean {
  const folded = text.toLowerCase();
  return words.some((word) => folded.includes(word.toLowerCase()));
}

async function ask(url: string, io: CollectorIo): Promise<unknown> {
  const answer = await io.fetch(url, { accept: "application/json", api: true, signal: io.signal });
  return parsed(new TextDecoder().decode(answer.body), url);
}

async function readThread(
  no: string,
  state: ThreadState | undefined,
  { api, board }: FourchanOptions,
  io: CollectorIo,
) {
  const url = `${api.replace(/\/$/, "")}/${board}/thread/${no}.json`;
  const answer = await io.fetch(url, {
    accept: "application/json",
    api: true,
    statuses: [404],
    last_modified: state?.last_modified ?? null,
    signal: io.signal,
  });
  const known = state ?? { changed: 0, last: 0 };
  if (answer.status === 404 || answer.not_modified)
    return { records: [], state: known, pruned: answer.status === 404 };
  const posts = postsOf(new TextDecoder().decode(answer.body), url);
  const records = posts
    .filter((post) => (countOf(fieldsOf(post).no) ?? known.last + 1) > known.last)
    .map((post): RawRecord => {
      const raw: FourchanRecord = { board, post, sha256: answer.sha256 };
      return { where: `${url} post ${idOf(fieldsOf(post).no) ?? "?"}`, raw };
    });
  const last = Math.max(known.last, ...posts.map((post) => countOf(fieldsOf(post).no) ?? 0));
  const modified = answer.headers["last-modified"];
  return {
    records,
    state: { ...known, last, ...(modified === undefined ? {} : { last_modified: modified }) },
    pruned: false,
  };
}

function postsOf(body: string, url: string): readonly unknown[] {
  const { posts } = fieldsOf(parsed(body, url));
  if (!Array.isArray(posts) || !posts.every(isFields))
    throw new SetAside(`${url} has changed shape: it has no posts.`);
  return posts;
}

function parsed(body: string, url: string): unknown {
  try {
    return parseJsonExact(body);
  } catch (cause) {
    const what = /^\s*</.test(body) ? "a page: it may be blocking us" : "no whole JSON";
    throw new SetAside(`${url} gave ${what}.`, { cause });
  }
}
