import type { Mapped } from "../../contracts/collector.ts";
import { readArticle } from "../../text/article.ts";
import { refusalIn } from "../../text/article-refusal.ts";
import { htmlToText } from "../../text/html.ts";
import { scriptData } from "../embedded.ts";
import { type Fields, fieldsOf, isFields } from "../fields.ts";
import { type Absence, mapSharedPage, noData } from "../shared-pages.ts";
import { firstText } from "../values.ts";
import { mapItem } from "./item.ts";

export function map(raw: unknown): Mapped {
  return mapSharedPage(raw, readPage);
}

/** An article's page holds it as data; one that does not is read as a page is, and named by its address. */
export function readPage(html: string, url: string): Mapped {
  const id = /\/(?:article|group|i|w|video|item)\/?(\d{10,20})/.exec(new URL(url).pathname)?.[1] ?? null;
  const item = itemIn(html);
  if (item !== null) return mapItem({ ...(id === null ? {} : { group_id_str: id }), ...item });
  const gone = absenceIn(html);
  if (gone !== null) return { rejected: gone.reason };
  const article = readArticle(html, url);
  const refusal = refusalIn(html, article.text);
  if (refusal !== null) return { rejected: `instead of the article the site sent ${refusal}` };
  if (id === null || article.title === null || article.text.length < SHORTEST)
    return { rejected: noData(html, "Toutiao") };
  return mapItem({
    group_id_str: id,
    title: article.title,
    abstract: article.text,
    ...(article.published === null ? {} : { publishTime: article.published.raw }),
    ...(article.source?.name == null ? {} : { source: article.source.name }),
    image_list: article.images.map((image) => ({ url: image })),
  });
}

/** A notice stands alone on its page, with the links around it; an article may speak of deleted articles. */
const LONGEST_NOTICE = 200;
const NOTICE =
  /(?:文章|内容|作品|视频|微头条|页面)[^。！!]{0,12}(?:不存在|已?被?(?:作者)?删除|已下架|无法查看)[^。！!]{0,40}/;

/** Whether Toutiao says that the post is gone. */
export function absenceIn(html: string): Absence | null {
  if (itemIn(html) !== null) return null;
  const shown = htmlToText(html).text.trim();
  const said = shown.length > LONGEST_NOTICE ? undefined : NOTICE.exec(shown)?.[0];
  if (said === undefined || refusalIn(html, shown) !== null) return null;
  const by = /作者(?:已|自行)?删除/.test(said)
    ? "author"
    : /违规|违反|投诉|侵权|下架/.test(said)
      ? "platform"
      : "unknown";
  return { by, reason: `the post is not shown; Toutiao says: ${said.replace(/\s+/g, " ")}` };
}

/** No article is shorter. */
const SHORTEST = 30;

function itemIn(html: string): Fields | null {
  const { data, articleInfo } = fieldsOf(scriptData(html, "RENDER_DATA"));
  return (
    [data, articleInfo].filter(isFields).find(({ title, content }) => firstText(title, content) !== null) ??
    null
  );
}
