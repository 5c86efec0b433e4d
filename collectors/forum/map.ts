import { RE2JS } from "re2js";
import type { Mapped } from "../../contracts/collector.ts";
import type { Reference } from "../../contracts/post.ts";
import { takeOut } from "../../text/article-body.ts";
import { htmlToText, resolveUrl } from "../../text/html.ts";
import { markupIn, valueAt } from "../../text/html-select.ts";
import { hostOf } from "../../text/urls.ts";
import { fieldsOf, textOf } from "../fields.ts";
import type { ForumOptions } from "./options.ts";
import { withDay } from "./when.ts";

/** One post as it stands on a page of a thread. */
export interface ForumRecord {
  readonly html: string;
  /** The page it stands on, and the address of its thread. */
  readonly page: string;
  readonly thread: string;
  /** Of the thread; the wording of its first post. */
  readonly title: string | null;
  readonly first: boolean;
  readonly read_at: string;
  readonly sha256: string;
}

export function map(raw: unknown, options: ForumOptions): Mapped {
  const record = fieldsOf(raw) as Partial<ForumRecord>;
  const { html, page, thread } = record;
  const problem = textOf(fieldsOf(raw).problem);
  if (problem !== null) return { rejected: problem };
  if (typeof html !== "string" || typeof page !== "string" || URL.parse(page) === null)
    return { rejected: "the record is no post of a forum: it has no markup or no page" };
  const host = hostOf(page) ?? page;
  const number = idIn(valueAt(html, options.id), options.id_pattern);
  if (number === null) return { rejected: `a post on ${page} has no number where \`id\` looks for it` };
  const markup = markupIn(html, options.text);
  if (markup === null)
    return { rejected: `post ${number} on ${page} has no text where \`text\` looks for it` };
  const bare = options.remove === undefined ? markup : takeOut(markup, options.remove).html;
  // What is quoted is another's wording: it is referred to and not told again.
  const { html: own, taken } = takeOut(bare, options.quote);
  const said = htmlToText(own, page);
  if (said.text === "" && said.images.length === 0 && taken.length === 0)
    return { rejected: `post ${number} on ${page} is empty: it may have been deleted` };
  const quotes = taken.flatMap(({ attributes, href }): readonly Reference[] => {
    const [, quoted] = /post:\s*(\d+)/i.exec(attributes["data-source"] ?? "") ?? [];
    const url = resolveUrl(href, page);
    if (quoted !== undefined) return [{ kind: "quote", id: `${host}/${quoted}` }];
    return url === null ? [] : [{ kind: "quote", url }];
  });
  const permalink =
    options.permalink === undefined ? null : resolveUrl(valueAt(html, options.permalink), page);
  const opening = typeof thread === "string" && thread !== "" ? thread : page;
  const first = record.first === true;
  const time = options.time === undefined ? null : valueAt(html, options.time);
  const { zone } = options;
  return {
    draft: {
      platform: options.platform,
      id: `${host}/${number}`,
      // Without an address of its own a post has that of its thread only where it opens it.
      url: permalink ?? (first ? opening : null),
      account: accountOf(html, host, number, options),
      published_at: time === null ? null : withDay(time, textOf(record.read_at) ?? "", zone),
      ...(zone === undefined ? {} : { published_zone: zone }),
      published_basis: "page",
      title: first ? textOf(record.title) : null,
      text: said.text,
      lang: options.lang ?? null,
      references: [
        ...quotes,
        ...(first ? [] : [{ kind: "reply", url: opening } satisfies Reference]),
        ...said.links.map((url): Reference => ({ kind: "link", url })),
      ],
      media: said.images.map((url) => ({ kind: "image" as const, url })),
      sha256: textOf(record.sha256),
    },
    unknown_fields: [],
  };
}

/** Names are of one forum; a post without any stands alone, or all of them would look like one person's. */
function accountOf(html: string, host: string, number: string, { author, author_id }: ForumOptions) {
  const name = author === undefined ? null : valueAt(html, author);
  const id = author_id === undefined ? null : valueAt(html, author_id);
  return { id: `${id ?? name ?? `post-${number}`}@${host}`, handle: name };
}

function idIn(written: string | null, pattern: string): string | null {
  if (written === null) return null;
  const matcher = RE2JS.compile(pattern).matcher(written);
  return matcher.find() ? (matcher.group(1) ?? null) : null;
}
