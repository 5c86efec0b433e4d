import type { Mapped } from "../../contracts/collector.ts";
import type { Media, Reference } from "../../contracts/post.ts";
import { takeOut } from "../../text/article-body.ts";
import { htmlToText } from "../../text/html.ts";
import {
  countOf,
  fieldsOf,
  idOf,
  isFields,
  knownFields,
  secondsOf,
  textOf,
  unknownFields,
} from "../fields.ts";
import type { FourchanOptions } from "./options.ts";

/** A post of a thread as the interface gives it. */
export interface FourchanRecord {
  readonly board: string;
  readonly post: unknown;
  readonly sha256: string;
}

/** What is read, then what is left alone by name: flags, which say where somebody is, and the sizes of files. */
const KNOWN = knownFields(
  "no resto time name trip id capcode sub com tim ext md5 replies filedeleted",
  "now country country_name troll_country board_flag flag_name sticky closed archived archived_on semantic_url since4pass",
  "unique_ips images bumplimit imagelimit tag m_img filename fsize w h tn_w tn_h spoiler custom_spoiler tail_size tail_id",
  "last_modified omitted_posts omitted_images last_replies xa18s xa18",
);

/** A link to another post: `>>123` in this thread, `>>>/board/123` in another, or struck out when it is gone. */
const QUOTES = "a.quotelink, span.deadlink";

export function map(raw: unknown, options: FourchanOptions): Mapped {
  const { board, post, sha256 } = fieldsOf(raw);
  const at = textOf(board);
  const no = isFields(post) ? idOf(post.no) : null;
  if (at === null || !isFields(post) || no === null)
    return { rejected: "the record is no post of a board: it has no number" };
  const opening = countOf(post.resto) === 0 || post.resto === undefined;
  const thread = opening ? no : (idOf(post.resto) ?? no);
  const address = `${options.boards.replace(/\/$/, "")}/${at}/thread/${thread}`;
  // The site reads the mark behind #, which is no part of an address to most; the parameter tells posts of a thread apart.
  const url = opening ? address : `${address}?p=${no}#p${no}`;
  // Only there as a place to break a long word.
  const written = (textOf(post.com) ?? "").replace(/<wbr\s*\/?>/gi, "");
  const { html, taken } = takeOut(written, QUOTES);
  const said = htmlToText(html, url);
  const media = mediaOf(post, at, options);
  const title = textOf(post.sub);
  if (said.text === "" && media.length === 0 && title === null && taken.length === 0)
    return { rejected: `${url} has neither text nor file` };
  return {
    draft: {
      platform: options.platform,
      id: `${at}/${no}`,
      url,
      account: accountOf(post, at, thread, no),
      published_at: secondsOf(post.time),
      published_basis: "platform",
      title: title === null ? null : htmlToText(title).text,
      text: said.text,
      engagement: opening ? { comments: countOf(post.replies) } : null,
      references: [
        ...taken.flatMap(({ href, text }) => referenceOf(href, text, at)),
        ...said.links.map((link): Reference => ({ kind: "link", url: link })),
      ],
      media,
      sha256: textOf(sha256),
    },
    unknown_fields: unknownFields(post, KNOWN),
  };
}

/**
 * Most posts have no author that lasts: each stands alone, or many people would look like one. A tripcode lasts; an id lasts
 * for its thread.
 */
function accountOf(post: Readonly<Record<string, unknown>>, board: string, thread: string, no: string) {
  const capcode = textOf(post.capcode);
  const trip = textOf(post.trip);
  const id = textOf(post.id);
  if (capcode !== null) return { id: `capcode/${capcode}`, name: capcode };
  if (trip !== null) return { id: trip, handle: trip };
  return { id: id === null ? `${board}/${no}` : `${board}/${thread}/${id}` };
}

function referenceOf(href: string | null, text: string, board: string): readonly Reference[] {
  const [, there, no] = /(?:^|\/([\w]+)\/thread\/\d+)#p(\d+)$/.exec(href ?? "") ?? [];
  if (no !== undefined) return [{ kind: "reply", id: `${there ?? board}/${no}` }];
  // One that is gone has no address any more.
  const [, named, gone] = /^>>(?:>\/(\w+)\/)?(\d+)$/.exec(text) ?? [];
  return gone === undefined ? [] : [{ kind: "reply", id: `${named ?? board}/${gone}` }];
}

function mediaOf(
  post: Readonly<Record<string, unknown>>,
  board: string,
  { files }: FourchanOptions,
): readonly Media[] {
  const name = idOf(post.tim);
  const ending = textOf(post.ext);
  if (name === null || ending === null || post.filedeleted === 1) return [];
  const kind = /webm|mp4/i.test(ending) ? "video" : /jpe?g|png|gif|webp/i.test(ending) ? "image" : "document";
  const md5 = textOf(post.md5);
  const url = `${files.replace(/\/$/, "")}/${board}/${name}${ending}`;
  // The same file posted twice has the same sum, which is all that is known of its bytes.
  return [{ kind, url, ...(md5 === null ? {} : { phash: `md5:${md5}` }) }];
}
