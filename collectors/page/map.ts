import type { Mapped } from "../../contracts/collector.ts";
import type { DeclaredSource, Media, PostDraft } from "../../contracts/post.ts";
import { type Article, readArticle } from "../../text/article.ts";
import { isBinary, refusalIn } from "../../text/article-refusal.ts";
import { hostOf } from "../../text/urls.ts";
import { readVisit, type VisitedPage } from "../visit.ts";
import type { ReadingOptions } from "./options.ts";

/** A page with less is a stub, a list or an error page: no sentence is shorter in any language we read. */
const SHORTEST = 15;

/** More links than this in one body are a list of contents. */
const MOST_LINKS = 200;
const MOST_IMAGES = 50;

/** What led to the page said of it beforehand: a sitemap, an archive, an index of news. Null where it said nothing. */
export interface Declared {
  readonly title?: string | null;
  /** It outranks the page's own when it has an hour: a page's is at times that of its last change. */
  readonly published_at?: string | null;
  readonly lang?: string | null;
  /** When the page is known to have existed. */
  readonly observed_at?: string | null;
  /** A native id, where one address stands for several texts. */
  readonly id?: string | null;
  readonly media?: readonly Media[];
}

const NOTHING: Declared = {};

/** One article page to one draft. Pure. */
export function mapPage(raw: unknown, options: ReadingOptions, declared: Declared = NOTHING): Mapped {
  const page = readVisit(raw);
  if ("rejected" in page) return page;
  if (isBinary(page.html))
    return { rejected: "the answer is not text: it holds the bytes of something else" };
  const article = readArticle(page.html, page.url, options.selectors);
  const refusal = refusalIn(page.html, article.text);
  if (refusal !== null) return { rejected: `instead of the article the site sent ${refusal}` };
  if (article.text.length < SHORTEST) {
    return { rejected: "the page has no article text; give selectors for it if a reader sees some" };
  }
  return { draft: draftOf(article, page, options, declared), unknown_fields: [] };
}

function draftOf(
  article: Article,
  { url: fetched, sha256 }: VisitedPage,
  options: ReadingOptions,
  declared: Declared,
): PostDraft {
  const url = article.canonical ?? fetched;
  const zone = options.zone ?? (isChinese(article) ? "Asia/Shanghai" : undefined);
  const own = new Set([url, fetched]);
  const { account } = options;
  const chosen = options.selectors;
  return {
    platform: options.platform,
    ...(declared.id ? { id: declared.id } : {}),
    url,
    account:
      account === undefined
        ? { id: hostOf(url), name: article.site }
        : { id: account.id, handle: account.handle ?? null, name: account.name ?? article.site },
    ...publication(article, declared.published_at ?? null),
    ...(zone === undefined ? {} : { published_zone: zone }),
    ...(declared.observed_at ? { observed_at: declared.observed_at } : {}),
    title: chosen.title === undefined ? (declared.title ?? article.title) : article.title,
    text: article.text,
    lang: declared.lang ?? article.lang,
    references: article.links
      .filter((link) => !own.has(link))
      .slice(0, MOST_LINKS)
      .map((link) => ({ kind: "link" as const, url: link })),
    media: [
      ...(declared.media ?? []),
      ...article.images.slice(0, MOST_IMAGES).map((image) => ({ kind: "image" as const, url: image })),
    ],
    declared_source: declaredSource(article, account?.name),
    sha256: sha256 || null,
  };
}

function publication(
  { published }: Article,
  declared: string | null,
): Pick<PostDraft, "published_at" | "published_basis"> {
  const hasHour = declared !== null && /\d:?\d\d/.test(declared.replace(/^\D*\d{4}\D?\d\d?\D?\d\d?/, ""));
  return declared !== null && published?.from !== "selector" && (hasHour || published === null)
    ? { published_at: declared, published_basis: "feed" }
    : { published_at: published?.raw ?? null, published_basis: "page" };
}

function declaredSource({ source }: Article, accountName: string | undefined): DeclaredSource | null {
  if (source === null || (source.name !== null && source.name === accountName)) return null;
  return {
    kind: source.kind,
    ...(source.name === null ? {} : { name: source.name }),
    ...(source.url === null ? {} : { url: source.url }),
  };
}

/** Sites in Chinese print Beijing time without saying so; readers elsewhere who write Chinese mostly say where they are. */
function isChinese({ lang, title, text }: Article): boolean {
  if (lang !== null && /^zh\b/i.test(lang)) return !/^zh-(?:tw|hk|mo|hant|sg)/i.test(lang);
  const start = `${title ?? ""}${text.slice(0, 500)}`;
  const han = start.match(/\p{Script=Han}/gu)?.length ?? 0;
  const kana = start.match(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  return han > 20 && han > start.length / 4 && kana < han / 20;
}
