import type { CollectorIo } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import type { Post } from "../../contracts/post.ts";
import type { Revisited } from "../../contracts/revisit.ts";
import { decodeBody } from "../../text/charset.ts";
import { htmlToText } from "../../text/html.ts";
import type { TelegramOptions } from "./options.ts";
import type { MessageRecord } from "./record.ts";

const ERROR =
  /<div\s[^>]{0,200}?\bclass="[^">]{0,200}?\btgme_widget_message_error\b[^>]{0,200}>(.{0,500}?)<\/div>/s;
const MESSAGE = /<div\s[^>]{0,200}?\bclass="tgme_widget_message\s/;

/** Asks for the one message as other sites show it. Telegram then says "Post not found", and never who removed it. */
export async function revisit(post: Post, { site }: TelegramOptions, io: CollectorIo): Promise<Revisited> {
  const [, handle, number] = /^https:\/\/t\.me\/([^/]+)\/(\d+)$/.exec(post.url ?? "") ?? [];
  if (handle === undefined) return { found: "unreachable", reason: "the post has no address on t.me" };
  const url = `${site.replace(/\/$/, "")}/${handle}/${number}?embed=1&mode=tme`;
  try {
    const fetched = await io.fetch(url, { accept: "text/html", signal: io.signal });
    const html = decodeBody(fetched, "html").text;
    const said = ERROR.exec(html)?.[1];
    if (said !== undefined) {
      const reason = htmlToText(said).text || "Post not found";
      return { found: "gone", by: "unknown", reason, sha256: fetched.sha256 };
    }
    const start = html.search(MESSAGE);
    if (start < 0 || !html.includes(`data-post="${handle}/${number}"`)) {
      return { found: "unreachable", reason: `${url} shows neither the message nor that it is gone` };
    }
    const channel = { handle, name: post.account.name ?? null, subscribers: null };
    const raw: MessageRecord = { channel, sha256: fetched.sha256, html: `<div>${html.slice(start)}` };
    return { found: "seen", records: [{ where: post.url!, raw }] };
  } catch (error) {
    if (error instanceof SetAside) return { found: "unreachable", reason: error.message };
    throw error;
  }
}
