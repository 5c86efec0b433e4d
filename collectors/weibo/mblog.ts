import type { Mapped } from "../../contracts/collector.ts";
import type { DeclaredSource, Media, Reference } from "../../contracts/post.ts";
import { engagementFrom } from "../../text/counts.ts";
import { htmlToText } from "../../text/html.ts";
import { type Fields, fieldsOf, isFields, listOf, unknownFields } from "../fields.ts";
import { firstId, firstText, firstUrl, followersOf } from "../values.ts";
import { MBLOG } from "./fields.ts";
import { isWithheld } from "./gone.ts";
import { writtenLately } from "./time.ts";

export interface SeenMblog {
  /** When the page came, for `5分钟前`; ISO 8601. */
  readonly seen_at?: string | null;
  /** The whole of a long text, which lists cut. */
  readonly long_text?: string | null;
}

/** A post of Weibo, as its mobile pages and its wide ones have it. */
export function mapMblog(mblog: Fields, { seen_at = null, long_text = null }: SeenMblog = {}): Mapped {
  const id = firstId(mblog.idstr, mblog.mid, mblog.id);
  if (id === null || !("created_at" in mblog)) {
    return { rejected: "this is no post of Weibo: it has no id or no created_at" };
  }
  const user = fieldsOf(mblog.user);
  const { text, mentions, links } = bodyOf(mblog, long_text);
  if (isWithheld(mblog, text)) {
    return { rejected: `the post ${id} is not shown; Weibo says: ${text || "deleted"}` };
  }
  const uid = firstId(user.idstr, user.id);
  const short = firstText(mblog.bid, mblog.mblogid);
  const written = firstText(mblog.created_at) ?? "";
  const lately = writtenLately(written, seen_at);
  const chain = chainIn(text);
  return {
    draft: {
      platform: "weibo",
      id,
      url:
        uid === null || short === null
          ? `https://m.weibo.cn/detail/${id}`
          : `https://weibo.com/${uid}/${short}`,
      account: { id: uid, name: firstText(user.screen_name), ...followersOf(user.followers_count) },
      published_at: lately ?? written,
      ...(lately === null ? {} : { published_basis: "page" as const }),
      text,
      engagement: engagementFrom({
        views: firstText(fieldsOf(mblog.page_info).play_count)?.replace(/次?(?:播放|观看)$/, ""),
        likes: shown(mblog, mblog.attitudes_count),
        reposts: shown(mblog, mblog.reposts_count),
        comments: shown(mblog, mblog.comments_count),
      }),
      references: referencesOf(mblog, chain, mentions, links),
      media: mediaOf(mblog),
      declared_source: forwardOf(mblog, chain),
    },
    unknown_fields: unknownFields(mblog, MBLOG),
  };
}

/** The post that is repeated, where it is still there. */
export function splitMblog(mblog: Fields): readonly Fields[] {
  const original = mblog.retweeted_status;
  return isFields(original) && isFields(original.user) ? [original] : [];
}

interface Body {
  readonly text: string;
  readonly mentions: readonly string[];
  readonly links: readonly string[];
}

/** The wide pages give plain text beside the markup, the mobile ones at times; both hide where links lead. */
function bodyOf(mblog: Fields, long_text: string | null): Body {
  const markup = long_text ?? firstText(fieldsOf(mblog.longText).longTextContent, mblog.text) ?? "";
  const shownText = htmlToText(markup.replace(/\n/g, "<br>"), "https://m.weibo.cn/");
  const isWhole = long_text === null && mblog.longText === undefined;
  const plain = isWhole ? firstText(mblog.text_raw, mblog.raw_text) : null;
  // A list ends what it has cut with a zero-width mark, or with a link to the whole.
  const text = (plain ?? shownText.text)
    .replace(/\u200b/g, "")
    .replace(/\s*\.{3}全文$/, " …")
    .trim();
  const mentions = [...text.matchAll(/(?<!\/\/)@([\p{L}\p{N}_-]{2,30})/gu)].map(([, name]) => name!);
  const structured = listOf(mblog.url_struct).map((part) =>
    firstUrl(part.long_url, part.ori_url, part.short_url),
  );
  const links = [
    ...shownText.links.map(outside),
    ...structured.map((url) => (url === null ? null : outside(url))),
  ];
  return { text, mentions: [...new Set(mentions)], links: [...new Set(links)].filter((url) => url !== null) };
}

/** Links to other sites go by way of `weibo.cn/sinaurl?u=`; those to Weibo's own searches and cards are no links. */
function outside(url: string): string | null {
  const parsed = URL.parse(url);
  if (parsed === null) return null;
  const isOwn = /(?:^|\.)(?:weibo\.(?:cn|com)|sina\.cn|sinaimg\.cn)$/.test(parsed.hostname);
  if (!isOwn) return url;
  if (parsed.pathname !== "/sinaurl") return null;
  return firstUrl(parsed.searchParams.get("u"), parsed.searchParams.get("toasturl"));
}

/** `words//@second: words//@first: words`: who handed a post on, the latest first. */
function chainIn(text: string): readonly string[] {
  return [...text.matchAll(/\/\/\s*@([\p{L}\p{N}_-]{2,30})\s*[:：]/gu)].map(([, name]) => name!);
}

function referencesOf(
  mblog: Fields,
  chain: readonly string[],
  mentions: readonly string[],
  links: readonly string[],
): readonly Reference[] {
  const references: Reference[] = [];
  const [last, ...others] = chain;
  // The one it was taken from stands in the text by name only; the first post of the chain is named by its id.
  if (last !== undefined) references.push({ kind: "repost", handle: last });
  const original = mblog.retweeted_status;
  if (isFields(original)) {
    const id = firstId(original.idstr, original.mid, original.id);
    const name = firstText(fieldsOf(original.user).screen_name);
    if (id !== null) references.push({ kind: "repost", id, ...(name === null ? {} : { handle: name }) });
  }
  const named = new Set(chain);
  for (const handle of [...others, ...mentions.filter((name) => !named.has(name))])
    references.push({ kind: "mention", handle });
  const page = fieldsOf(mblog.page_info);
  const card = firstUrl(page.page_url);
  const cardLink = card === null ? null : outside(card);
  for (const url of new Set([...links, ...(cardLink === null ? [] : [cardLink])]))
    references.push({ kind: "link", url });
  return references;
}

/** What Weibo says itself: the post that is repeated; without it, the first of those named in the text. */
function forwardOf(mblog: Fields, chain: readonly string[]): DeclaredSource | null {
  const original = mblog.retweeted_status;
  if (!isFields(original)) {
    const first = chain.at(-1);
    return first === undefined ? null : { kind: "forward", name: first };
  }
  const user = fieldsOf(original.user);
  const [name, account] = [firstText(user.screen_name), firstId(user.idstr, user.id)];
  const [id, short] = [
    firstId(original.idstr, original.mid, original.id),
    firstText(original.bid, original.mblogid),
  ];
  const url =
    account !== null && short !== null
      ? `https://weibo.com/${account}/${short}`
      : id === null
        ? null
        : `https://m.weibo.cn/detail/${id}`;
  return {
    kind: "forward",
    ...(name === null ? {} : { name }),
    ...(url === null ? {} : { url }),
    ...(account === null ? {} : { account }),
  };
}

/** A count at the cap is shown as "100万+": there may be more. */
function shown(mblog: Fields, count: unknown): unknown {
  const { display_text_min_number, display_text } = fieldsOf(mblog.number_display_strategy);
  const isCapped = typeof display_text_min_number === "number" && Number(count) === display_text_min_number;
  return isCapped ? display_text : count;
}

function mediaOf(mblog: Fields): readonly Media[] {
  const page = fieldsOf(mblog.page_info);
  const pictures = [
    ...listOf(mblog.pics).map((picture) => firstUrl(fieldsOf(picture.large).url, picture.url)),
    ...Object.values(fieldsOf(mblog.pic_infos)).map((picture) => {
      const { largest, original, large } = fieldsOf(picture);
      return firstUrl(fieldsOf(largest).url, fieldsOf(original).url, fieldsOf(large).url);
    }),
  ];
  const isVideo = page.type === "video" || page.object_type === "video";
  const cover = firstUrl(
    page.page_pic,
    fieldsOf(page.page_pic).url,
    fieldsOf(fieldsOf(page.pic_info).pic_big).url,
  );
  const images = [...pictures, ...(isVideo ? [cover] : [])].filter((url) => url !== null);
  return [
    ...(isVideo ? [{ kind: "video" as const }] : []),
    ...[...new Set(images)].map((url): Media => ({ kind: "image", url })),
  ];
}
