import type { Mapped } from "../../contracts/collector.ts";
import type { DeclaredSource, Media, PostDraft, Reference } from "../../contracts/post.ts";
import { type HtmlText, htmlToText } from "../../text/html.ts";
import { canonicalUrl, hostOf } from "../../text/urls.ts";
import { unknownFields } from "./fields.ts";
import { whyGone } from "./gone.ts";
import { type PageParts, readPage } from "./page.ts";
import type { MissingPage, ServedPage } from "./record.ts";
import { readStatements, type Statements } from "./statements.ts";
import { articleId, articleIdIn, firstText, firstUrl, isObject } from "./values.ts";

/** One page as a draft, or what is in its place. */
export function map(raw: unknown): Mapped {
  if (isMissing(raw)) return { rejected: raw.problem };
  if (!isServed(raw)) return { rejected: "this is no page of WeChat: its url, sha256 or html is missing" };
  const { url: found, html, sha256 } = raw;
  const page = readPage(html);
  const statements = readStatements(page);
  if (!holdsArticle(page, statements)) return { rejected: whyGone(html, page) };

  const { data, variable, unreadable } = statements;
  const url = firstUrl(found, data.link, page.meta.get("og:url"), variable("msg_link")) ?? found;
  const title = titleOf(page, statements);
  const body = bodyOf(page, statements, url);
  const media = mediaOf(statements, body, url);
  if (title === null && body.text === "" && media.length === 0) {
    return { rejected: "the article has neither a title, nor a text, nor a picture" };
  }
  const id = idOf(statements) ?? articleIdIn(url) ?? articleIdIn(found);
  const reprint = reprintOf(page, statements, url);
  const views = firstText(variable("read_num_new"));
  const draft: PostDraft = {
    platform: "wechat",
    ...(id === null ? {} : { id }),
    url,
    account: accountOf(page, statements),
    ...publication(page, statements),
    title,
    text: body.text,
    lang: null,
    // Pages for the public carry no counts; one saved by a reader who was logged in does.
    engagement: views !== null && /^\d+$/.test(views) ? { views: Number(views) } : null,
    references: referencesOf(reprint, firstUrl(url, data.source_url, variable("msg_source_url")), body, url),
    media,
    declared_source: reprint?.declared ?? null,
    sha256,
  };
  return { draft, unknown_fields: unreadable ? ["cgiDataNew", ...unknownFields(data)] : unknownFields(data) };
}

/** Whether a page shows an article, and not a notice in its place. */
function holdsArticle(page: PageParts, { data }: Pick<Statements, "data">): boolean {
  const framed = page.markup("js_article") !== null || page.markup("js_content") !== null;
  return framed || firstText(data.content_noencode, data.title) !== null;
}

function idOf({ data, variable }: Statements): string | null {
  return articleId(
    firstText(data.bizuin, variable("biz")),
    firstText(data.mid, variable("mid")),
    firstText(data.idx, variable("idx")),
  );
}

/** `user_name` (`gh_…`) never changes; the alias and the name may. */
function accountOf(page: PageParts, { data, variable }: Statements): NonNullable<PostDraft["account"]> {
  const handle = firstText(data.alias, variable("alias"));
  const name = firstText(data.nick_name, variable("nickname"), page.words("js_name"));
  return {
    id: firstText(data.user_name, variable("user_name"), data.bizuin, variable("biz")),
    ...(handle === null ? {} : { handle }),
    ...(name === null ? {} : { name }),
  };
}

/** Seconds since 1970 are sure; a written time is Beijing's and names no zone. */
function publication(page: PageParts, { data, variable }: Statements): Partial<PostDraft> {
  for (const value of [data.ori_create_time, variable("ct"), variable("create_time")]) {
    const seconds = firstText(value);
    // From 2001 on these have ten digits, until 2286.
    if (seconds === null || !/^\d{10}$/.test(seconds)) continue;
    return { published_at: new Date(Number(seconds) * 1000).toISOString(), published_basis: "platform" };
  }
  const published_zone = "Asia/Shanghai";
  const written = firstText(data.create_time);
  if (written !== null) return { published_at: written, published_zone, published_basis: "platform" };
  const shown = page.words("publish_time");
  return shown === null ? {} : { published_at: shown, published_zone, published_basis: "page" };
}

function titleOf(page: PageParts, { data, variable }: Statements): string | null {
  const given = firstText(data.title);
  const written = given === null ? null : htmlToText(given.replace(/</g, "&lt;")).text;
  const shown = written ?? page.words("activity-name");
  return firstText(shown, page.meta.get("og:title"), variable("msg_title"))?.replace(/\s+/g, " ") ?? null;
}

/** The text; of a video or sound without one, what is said about it. */
function bodyOf(page: PageParts, { data }: Statements, url: string): HtmlText {
  const short = isObject(data.text_page_info) ? data.text_page_info : {};
  let pictures: HtmlText | null = null;
  for (const content of [
    data.content_noencode,
    page.markup("js_content"),
    short.content_noencode,
    short.content,
    data.desc,
  ]) {
    const written = firstText(content);
    if (written === null) continue;
    const body = htmlToText(isMarkup(written) ? written : written.replace(/\r\n|\r|\n/g, "<br>"), url);
    if (body.text !== "") return body;
    if (body.images.length > 0) pictures ??= body;
  }
  return pictures ?? { text: "", links: [], images: [] };
}

/** Articles are markup. Posts of pictures and short posts are text with line breaks, and at most links among it. */
function isMarkup(content: string): boolean {
  return /<(?:p|section|div|span|br|h[1-6]|ul|ol|table|blockquote|img|pre)\b/i.test(content);
}

/** Pictures of the body; a post of pictures has them in a list of its own, which repeats the body's elsewhere. */
function mediaOf({ data }: Statements, { images }: HtmlText, base: string): readonly Media[] {
  const listed = Array.isArray(data.picture_page_info_list) ? data.picture_page_info_list : [];
  const urls =
    images.length > 0
      ? images
      : listed.map((picture) => (isObject(picture) ? firstUrl(base, picture.cdn_url) : null));
  return [...new Set(urls)].filter((url) => url !== null).map((url): Media => ({ kind: "image", url }));
}

interface Reprint {
  readonly declared: DeclaredSource;
  readonly reference: Reference | null;
}

/** WeChat's own statement that an article is reprinted from another account, and from which article. */
function reprintOf(page: PageParts, { data, variable }: Statements, base: string): Reprint | null {
  const info = isObject(data.copyright_info) ? data.copyright_info : {};
  if (firstText(info.copyright_stat, variable("_copyright_stat")) !== "2") return null;
  const name = firstText(info.platform, page.words("original_primary_nickname"));
  const url = firstUrl(base, info.reprint_url);
  const account = firstText(info.source_username);
  // The fields name an article of WeChat. An address elsewhere is another page, and the id is not its name.
  const here = url !== null && hostOf(url) === hostOf(base);
  const named = articleId(
    firstText(info.source_encode_biz),
    firstText(info.source_mid),
    firstText(info.source_idx),
  );
  const id = here ? (articleIdIn(url) ?? named) : null;
  return {
    declared: {
      kind: "reprint",
      ...(name === null ? {} : { name }),
      ...(url === null ? {} : { url }),
      ...(account === null ? {} : { account }),
    },
    reference: url === null ? null : { kind: "repost", ...(id === null ? {} : { id }), url },
  };
}

function referencesOf(
  reprint: Reprint | null,
  original: string | null,
  { links }: HtmlText,
  own: string,
): readonly Reference[] {
  const repost = reprint?.reference ?? null;
  const key = (url: string): string => canonicalUrl(url) ?? url;
  const known = new Set([own, ...(repost?.url === undefined ? [] : [repost.url])].map(key));
  const linked = [...(original === null ? [] : [original]), ...links].filter(
    (url) => !known.has(key(url)) && known.add(key(url)),
  );
  return [...(repost === null ? [] : [repost]), ...linked.map((url): Reference => ({ kind: "link", url }))];
}

function isMissing(raw: unknown): raw is MissingPage {
  return typeof raw === "object" && raw !== null && "problem" in raw && typeof raw.problem === "string";
}

function isServed(raw: unknown): raw is ServedPage {
  if (typeof raw !== "object" || raw === null) return false;
  const { url, sha256, html } = raw as Readonly<Record<string, unknown>>;
  return (
    typeof url === "string" && URL.canParse(url) && typeof sha256 === "string" && typeof html === "string"
  );
}
