import type { Collector, CollectorIo, Page } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import type { Fetched } from "../../contracts/fetcher.ts";
import { decodeBody } from "../../text/charset.ts";
import { revisitPage, unreachable } from "../revisit.ts";
import { asked, gather, NOTHING_FOLLOWED } from "./follow.ts";
import { absenceOf } from "./gone.ts";
import { pagesToAsk } from "./list.ts";
import { map } from "./map.ts";
import {
  type Seen,
  type WechatArticleCursor,
  type WechatArticleOptions,
  wechatArticleOptions,
} from "./options.ts";
import { readPage } from "./page.ts";
import type { MissingPage, ServedPage } from "./record.ts";

/** The cursor is written after every page, so it is kept under about 200 KB; pages beyond are simply read again. */
const MOST_SEEN = 1_000;

const ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1";

export const wechatArticle: Collector<WechatArticleOptions, WechatArticleCursor> = {
  info: {
    name: "wechat-article",
    title: "WeChat articles",
    summary: "Reads public article pages of WeChat official accounts by their addresses.",
    lawful_basis:
      "The pages are published for everyone and read without a log-in; robots.txt and the pace of the site are kept, and no check for robots is passed by.",
    options: wechatArticleOptions,
    references: [
      "https://mp.weixin.qq.com/webpoc/ruleCenter?type=oa",
      "https://weixin.qq.com/cgi-bin/readtemplate?lang=en&t=weixin_agreement&s=default&cc=CN",
    ],
  },
  map,
  /** WeChat says of each absence what it is: a bare 404 says nothing. */
  async revisit(post, _, io) {
    const found = await revisitPage(post, io, ({ url, html, sha256 }) => {
      const raw: ServedPage = { url, html, sha256 };
      const mapped = map(raw);
      if ("draft" in mapped) return { found: "seen", records: [{ where: url, raw }] };
      const { by, sentence: reason } = absenceOf(html, readPage(html));
      return by === null ? unreachable(mapped.rejected) : { found: "gone", by, reason, sha256 };
    });
    if (found.found === "gone" && found.by === "unknown")
      return unreachable(`${found.reason}, and no notice of WeChat that says why`);
    return found;
  },
  async *collect(options, from, io) {
    const { urls, problems } = await pagesToAsk(options);
    if (problems.length > 0) yield { records: problems, next: from };
    const seen = new Map(Object.entries(from?.seen ?? {}));
    const follow = from?.follow === undefined ? {} : { follow: from.follow };
    const start = Math.max(0, from?.resume == null ? 0 : urls.indexOf(from.resume));
    for (const [index, url] of urls.entries()) {
      if (index < start) continue;
      if (io.signal.aborted) return;
      const answer = await ask(url, seen.get(url) ?? null, io);
      const raw = rawOf(answer);
      remember(seen, url, answer, raw);
      yield {
        records: raw === null ? [] : [{ where: url, raw }],
        next: { resume: urls[index + 1] ?? null, seen: Object.fromEntries(seen), ...follow },
        progress: { done: index + 1, total: urls.length },
      };
    }
    if (options.follow) yield* following(options, urls, { ...from, seen: Object.fromEntries(seen) }, io);
  },
};

/** Articles that stored posts point at: what waits is remembered before the first is asked for. */
async function* following(
  { host, max_pages }: WechatArticleOptions,
  given: readonly string[],
  from: Pick<WechatArticleCursor, "seen" | "follow">,
  io: CollectorIo,
): AsyncGenerator<Page<WechatArticleCursor>> {
  let followed = await gather(from.follow ?? NOTHING_FOLLOWED, given, host, io);
  const cursor = (): WechatArticleCursor => ({ resume: null, seen: from.seen, follow: followed });
  yield { records: [], next: cursor() };
  const now = followed.waiting.slice(0, max_pages);
  for (const [index, url] of now.entries()) {
    if (io.signal.aborted) return;
    const raw = rawOf(await ask(url, null, io));
    followed = asked(followed, url);
    yield {
      records: raw === null ? [] : [{ where: url, raw }],
      next: cursor(),
      progress: { done: index + 1, total: now.length },
    };
  }
  const left = followed.waiting.length;
  if (left > 0) {
    io.warn(
      "follow",
      `${left} articles that posts point at wait for the next crawl (max_pages is ${max_pages})`,
    );
  }
}

/** A page, or why there is none; what may pass with time is thrown. */
async function ask(
  url: string,
  seen: Seen | null,
  { fetch, signal }: CollectorIo,
): Promise<Fetched | MissingPage> {
  try {
    return await fetch(url, { accept: ACCEPT, signal, ...seen });
  } catch (error) {
    if (error instanceof SetAside && !signal.aborted) return { url, problem: error.message };
    throw error;
  }
}

/** Null when the page is as it was. */
function rawOf(answer: Fetched | MissingPage): ServedPage | MissingPage | null {
  if ("problem" in answer) return answer;
  if (answer.not_modified) return null;
  const { url, sha256 } = answer;
  return { url, sha256, html: decodeBody(answer, "html").text };
}

/** A notice or a check in place of an article is asked for anew each time: the article may come back. */
const ARTICLE = /\bid="js_(?:article|content)"|\bcgiDataNew\b/;

/** Keeps what the answer carried for the next conditional request, the address last asked at the end. */
function remember(
  seen: Map<string, Seen>,
  url: string,
  answer: Fetched | MissingPage,
  raw: ServedPage | MissingPage | null,
): void {
  const before = seen.get(url);
  seen.delete(url);
  if ("problem" in answer) return;
  if (raw !== null && "html" in raw && !ARTICLE.test(raw.html)) return;
  const known = answer.not_modified ? before : undefined;
  const etag = answer.headers.etag ?? known?.etag ?? null;
  const last_modified = answer.headers["last-modified"] ?? known?.last_modified ?? null;
  if (etag === null && last_modified === null) return;
  seen.set(url, { etag, last_modified });
  for (const oldest of seen.keys()) {
    if (seen.size <= MOST_SEEN) break;
    seen.delete(oldest);
  }
}
