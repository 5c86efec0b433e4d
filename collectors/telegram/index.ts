import type { Collector, CollectorIo } from "../../contracts/collector.ts";
import { RetryLater, SetAside } from "../../contracts/errors.ts";
import type { Fetched } from "../../contracts/fetcher.ts";
import { decodeBody } from "../../text/charset.ts";
import { type WalkCursor, type WalkPage, walkBack } from "../walk.ts";
import { map } from "./map.ts";
import { type TelegramOptions, telegramOptions } from "./options.ts";
import { type PreviewPage, readPreview } from "./page.ts";
import type { MessageRecord } from "./record.ts";
import { revisit } from "./revisit.ts";

/** Telegram shows a channel without posts to who asks too often. Nobody says for how long; an hour has been enough. */
const THROTTLED_MS = 3_600_000;

export const telegram: Collector<TelegramOptions, WalkCursor> = {
  info: {
    name: "telegram",
    title: "Telegram channels",
    summary: "Reads the public preview pages of a channel, back to where the last crawl began.",
    lawful_basis:
      "The pages are shown by Telegram to everyone without a log-in, for channels that allow it; robots.txt and the pace of the site are kept.",
    options: telegramOptions,
    references: ["https://telegram.org/faq_channels", "https://telegram.org/tos"],
  },
  map,
  revisit,
  async *collect(options, from, io) {
    const name = options.channel.replace(/^@/, "");
    const url = `${options.site.replace(/\/$/, "")}/s/${name}`;
    const before = from?.of === name ? from : null;
    const ask = async (token: string | null): Promise<WalkPage> => {
      const address = token === null ? url : `${url}?before=${token}`;
      const fetched = await io.fetch(address, { accept: "text/html", signal: io.signal });
      const page = readPreview(decodeBody(fetched, "html").text);
      const channel = channelOf(fetched, page, name);
      if (!page.complete)
        io.warn(address, "the page stops in the middle; its last message is left for the next crawl");
      if (page.messages.length === 0) return none(page, name, token !== null || before?.floor != null, io);
      if (page.messages.every(({ number }) => number === null)) {
        throw new SetAside(`${address} has changed shape: its messages have no number (data-post) any more.`);
      }
      return {
        items: page.messages.map(({ html, number }) => ({
          where: `https://t.me/${channel.handle}/${number ?? "?"}`,
          raw: { channel, sha256: fetched.sha256, html } satisfies MessageRecord,
          key: number ?? "",
          apart: number === null,
        })),
        next: page.before,
      };
    };
    yield* walkBack({ of: name, pages: options.pages, ask }, from, io);
  },
};

/** The channel that the page shows; throws why it shows none. */
function channelOf(fetched: Fetched, page: PreviewPage, name: string): NonNullable<PreviewPage["channel"]> {
  if (page.channel !== null) return page.channel;
  const { page_title, page_extra, title } = page;
  const left = !new URL(fetched.url).pathname.startsWith("/s/");
  if (page_title !== null && /subscriber|member/.test(page_extra ?? "")) {
    throw new SetAside(
      `@${name} ("${page_title}", ${page_extra}) is there, but Telegram shows no preview of it: it is a group, restricted, or does not let its posts be shown. Read it by an export of Telegram Desktop.`,
    );
  }
  if (page_title !== null)
    throw new SetAside(`@${name} is no channel: it is the account of "${page_title}".`);
  if (left) throw new SetAside(`There is no channel @${name}, or it is private.`);
  throw new SetAside(
    `${fetched.url} gave a page ("${title.slice(0, 100)}") that is no preview of a channel: it blocks us, or has changed shape.`,
  );
}

/** "No posts found" is also what is shown to those who ask too often: it is believed only where it can be true. */
function none(page: PreviewPage, name: string, hadPosts: boolean, io: CollectorIo): WalkPage {
  if (!page.says_none) {
    throw new SetAside(
      `The page of @${name} has changed shape: it shows neither messages nor that there are none.`,
    );
  }
  if (hadPosts || page.holdings > 0) {
    throw new RetryLater(
      `Telegram says @${name} has no posts, though it has: it throttles us. It is left alone for an hour.`,
      THROTTLED_MS,
    );
  }
  io.warn(name, "the channel says it has no posts; it may be new, or Telegram throttles us");
  return { items: [], next: null };
}
