import type { LinkedData } from "./article-json-ld.ts";
import { meta, type PageHead, type PageLine } from "./article-lines.ts";

/** A date as written, and what said so. */
export interface Published {
  readonly raw: string;
  readonly from: "json-ld" | "meta" | "selector" | "time" | "text" | "url";
}

const PUBLISHED = [
  "article:published_time",
  "og:article:published_time",
  "og:published_time",
  "datepublished",
  "og:release_date",
  "publishdate",
  "publish-date",
  "publish_date",
  "publication_date",
  "publishedtime",
  "publishtime",
  "pubdate",
  "article:create_at",
  "weibo:article:create_at",
  "apub:time",
  "parsely-pub-date",
  "sailthru.date",
  "dcterms.created",
  "dc.date.issued",
  "dc.date",
  "date",
];

/** When a page says it was published. `around` are the lines beside its body, where datelines stand. */
export function publishedOf(
  head: PageHead,
  data: LinkedData | null,
  chosen: string | null,
  around: readonly PageLine[],
  url: string,
): Published | null {
  const found = meta(head, PUBLISHED);
  const written = around.map(({ text }) => writtenDate(text)).filter((date) => date !== null);
  const clocked = written.find((date) => /\d:\d\d/.test(date)) ?? null;
  if (chosen !== null) return { raw: writtenDate(chosen) ?? chosen, from: "selector" };
  if (data?.published) return { raw: data.published, from: "json-ld" };
  // `publishdate` often gives the day alone where the page gives the hour too.
  if (found !== null && !(clocked !== null && sameDayWithoutHour(found, clocked)))
    return { raw: found, from: "meta" };
  if (head.times[0] !== undefined && clocked === null) return { raw: head.times[0], from: "time" };
  const onPage = clocked ?? written[0];
  if (onPage !== undefined) return { raw: onPage, from: "text" };
  const inUrl = /\/((?:19|20)\d\d)[-/]?(0[1-9]|1[0-2])[-/]?(0[1-9]|[12]\d|3[01])(?:\/|_|\b)/.exec(url);
  return inUrl === null ? null : { raw: `${inUrl[1]}-${inUrl[2]}-${inUrl[3]}`, from: "url" };
}

/** A date in a line that is not much more than it: datelines stand in short lines, sentences do not count. */
function writtenDate(line: string): string | null {
  if (line.length > 160) return null;
  const match =
    /(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}(?:\s?日)?(?:[\sT]*\d{1,2}\s?[:：时]\s?\d{2}(?:\s?[:：分]\s?\d{2})?(?:\s?[+-]\d\d:?\d\d)?)?/.exec(
      line,
    );
  return match === null ? null : match[0].replace(/：/g, ":").trim();
}

function sameDayWithoutHour(found: string, clocked: string): boolean {
  if (/\d:\d\d/.test(found)) return false;
  const digits = (date: string) => (date.match(/\d+/g) ?? []).map(Number);
  const [a, b] = [digits(found), digits(clocked)];
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2];
}
