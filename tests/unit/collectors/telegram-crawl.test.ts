import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { telegram } from "../../../collectors/telegram/index.ts";
import { telegramOptions } from "../../../collectors/telegram/options.ts";
import { RetryLater, SetAside } from "../../../contracts/errors.ts";
import type { Post } from "../../../contracts/post.ts";
import { type Answering, type AnsweringServer, type Asked, answering } from "../../support/answering.ts";

const NEW = readFileSync("tests/fixtures/telegram/channel/source.html", "utf8");
const OLD = readFileSync("tests/fixtures/telegram/channel/harbour_news", "utf8");
const NONE = readFileSync("tests/fixtures/telegram/throttled/source.html", "utf8");
const OPTIONS = { site: "http://preview.example", channel: "harbour_news" };
const html = (body: string): Answering => ({ headers: { "content-type": "text/html" }, body });

let server: AnsweringServer;
afterEach(() => server.close());

const serve = async (answer: (asked: Asked) => Answering) => {
  server = await answering(answer);
  return (from: unknown = null, options: object = OPTIONS) => server.run(telegram, options, from as null);
};

test("the next crawl stops where the last began, and sees an edit of what stands on the newest page", async () => {
  let newest = NEW;
  const run = await serve(({ path }) => html(path.includes("before=") ? OLD : newest));
  const first = await run();
  expect(server.asked.map(({ path }) => path)).toEqual(["/s/harbour_news", "/s/harbour_news?before=41"]);
  newest = NEW.replace("Fog is expected", "Dense fog is expected");
  const second = await run(first.cursor);
  expect(server.asked).toHaveLength(3);
  expect(second.drafts.map(({ text }) => text)).toContain("Dense fog is expected on the strait.");
});

test("a crawl cut by throttling goes on where it was, and the service is left alone until then", async () => {
  let throttled = true;
  const run = await serve(({ path }) => html(path.includes("before=") ? (throttled ? NONE : OLD) : NEW));
  const first = await run();
  expect(first.failure).toBeInstanceOf(RetryLater);
  const early = await run(first.cursor);
  expect(early.failure?.message).toContain("left alone until 2026-01-01T01:00:00.000Z");
  expect(server.asked).toHaveLength(2);
  throttled = false;
  server.now = new Date("2026-01-01T01:00:01Z");
  const later = await run(first.cursor);
  expect(later.failure).toBeNull();
  expect(server.asked.slice(2).map(({ path }) => path)).toEqual([
    "/s/harbour_news?before=41",
    "/s/harbour_news",
  ]);
  expect(new Set([...first.drafts, ...later.drafts].map(({ id }) => id)).size).toBe(9);
});

test("a channel that is absent or private is told apart from an empty one", async () => {
  const run = await serve(({ path }) =>
    path.startsWith("/s/")
      ? { status: 302, headers: { location: "/harbour_news" } }
      : html(
          "<title>Telegram: Contact @harbour_news</title><div class=tgme_page>You can contact @harbour_news</div>",
        ),
  );
  const { failure } = await run();
  expect(failure).toBeInstanceOf(SetAside);
  expect(failure?.message).toBe("There is no channel @harbour_news, or it is private.");
});

test("a message of a hundred thousand levels is no message", async () => {
  const deep = `<div class="tgme_widget_message_wrap">${"<div>".repeat(100_000)}</section>`;
  const run = await serve(() => html(`<main data-url="/x">${deep}`));
  const { failure, drafts } = await run();
  expect(drafts).toEqual([]);
  expect(failure?.message).toContain("changed shape");
  expect(telegram.map({ html: deep, channel: {} }, telegramOptions.parse(OPTIONS))).toHaveProperty(
    "rejected",
  );
});

test("a text that has moved one element deeper is still read, and never that of what is answered", () => {
  const answering =
    /<div class="tgme_widget_message_wrap(?:(?!tgme_widget_message_wrap).)*The pier is open again.*?(?=<div class="tgme_widget_message_wrap)/s;
  const message = answering.exec(NEW)![0];
  const moved = message.replace(
    /(<div class="tgme_widget_message_text js-message_text" dir="auto">The pier.*?<\/div>)/,
    "<section>$1</section>",
  );
  expect(moved).not.toBe(message);
  const raw = {
    html: moved,
    channel: { handle: "Harbour_News", name: null, subscribers: null },
    sha256: "0",
  };
  expect(telegram.map(raw, telegramOptions.parse(OPTIONS))).toMatchObject({
    draft: { text: "The pier is open again." },
  });
});

test("looked at again, a message is there, gone, or not to be told", async () => {
  const message = /<div class="tgme_widget_message text.*?(?=<div class="tgme_widget_message_wrap)/s.exec(
    NEW,
  )![0];
  const pages: Record<string, string> = {
    41: message,
    42: '<div class="tgme_widget_message_error">Post not found</div>',
    43: "<title>Just a moment…</title>",
  };
  await serve(({ path }) => html(pages[/\/(\d+)\?/.exec(path)![1]!]!));
  const options = telegramOptions.parse(OPTIONS);
  const look = (n: number) => {
    const post = { url: `https://t.me/Harbour_News/${n}`, account: { id: "1" } } as Post;
    return telegram.revisit!(post, options, { ...server.io(), warn: () => {} });
  };
  const seen = await look(41);
  if (seen.found !== "seen") throw new Error(seen.reason);
  expect(telegram.map(seen.records[0]!.raw, options)).toMatchObject({ draft: { id: "1700000001/41" } });
  expect(await look(42)).toMatchObject({ found: "gone", by: "unknown", reason: "Post not found" });
  expect(await look(43)).toMatchObject({ found: "unreachable" });
});
