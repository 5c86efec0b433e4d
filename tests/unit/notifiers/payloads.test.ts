import * as AdaptiveCards from "adaptivecards";
import { afterEach, describe, expect, it } from "vitest";
import type { Notice, Notifier } from "../../../contracts/notifier.ts";
import { notifiers } from "../../../notifiers/index.ts";
import { channelServer, type Received } from "../../support/channel-server.ts";
import { NASTY, NOTICES, realIo } from "../../support/notices.ts";

type Json = Record<string, unknown>;
const json = ({ body }: Received) => JSON.parse(body) as Json;
const list = (value: unknown) => (Array.isArray(value) ? (value as Json[]) : []);
const size = (value: unknown) => (typeof value === "string" ? value.length : 0);

/** https://docs.slack.dev/reference/block-kit/blocks */
function slackProblem(received: Received): string | null {
  const { text, blocks, ...rest } = json(received);
  if (Object.keys(rest).length > 0) return `invalid_payload: ${Object.keys(rest)}`;
  if (size(text) === 0 || size(text) > 40_000) return "no_text";
  if (list(blocks).length > 50) return "invalid_blocks: more than 50";
  for (const block of list(blocks)) {
    const content = block.text as Json | undefined;
    if (block.type === "header" && (content?.type !== "plain_text" || size(content.text) > 150))
      return "invalid_blocks: header";
    if (
      block.type === "section" &&
      (content?.type !== "mrkdwn" || size(content.text) === 0 || size(content.text) > 3_000)
    )
      return "invalid_blocks: section";
    if (block.type === "context" && (list(block.elements).length === 0 || list(block.elements).length > 10))
      return "invalid_blocks: context";
    if (!["header", "section", "context"].includes(String(block.type)))
      return `invalid_blocks: ${block.type}`;
  }
  return received.body.includes("<!channel>") ? "it calls everybody" : null;
}

/** The card is parsed and validated by Microsoft's own library; Teams refuses more than 28 KB. */
function teamsProblem(received: Received): string | null {
  if (Buffer.byteLength(received.body) > 28_000) return "the message is larger than 28 KB";
  const payload = json(received);
  if (payload.type !== "AdaptiveCard") return "not a bare card";
  const card = new AdaptiveCards.AdaptiveCard();
  const context = new AdaptiveCards.SerializationContext();
  card.parse(payload, context);
  const events = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message);
  const { validationEvents } = card.validateProperties();
  const problems = [...events, ...validationEvents.map(({ message }) => message)];
  if (card.getItemCount() === 0) return "the card is empty";
  return problems.length === 0 ? null : problems.join("; ");
}

/** https://docs.mattermost.com/configure/site-configuration-settings.html: a post has at most 16,383 characters. */
function mattermostProblem(received: Received): string | null {
  const { text, attachments } = json(received);
  if (size(text) === 0 || size(text) > 16_383) return "text";
  if (received.body.length > 100_000) return "the body is too large";
  for (const each of list(attachments)) {
    if (size(each.fallback) === 0) return "an attachment has no fallback";
    if (list(each.fields).some((field) => size(field.title) === 0 || size(field.value) === 0))
      return "an empty field";
  }
  return /(?:^|[^\u200b\w])@(?:everyone|all|channel)/.test(received.body.replaceAll("@\u200b", ""))
    ? "it calls everybody"
    : null;
}

/** https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
function discordProblem(received: Received): string | null {
  const { content, embeds, allowed_mentions } = json(received);
  if (!received.path.endsWith("?wait=true")) return "it does not wait";
  if (size(content) > 2_000) return "content";
  if (list(embeds).length > 10) return "more than 10 embeds";
  let total = 0;
  for (const embed of list(embeds)) {
    const footer = (embed.footer as Json | undefined)?.text;
    if (size(embed.title) > 256 || size(embed.description) > 4_096 || size(footer) > 2_048)
      return "an embed is too long";
    if (list(embed.fields).length > 25) return "too many fields";
    total += size(embed.title) + size(embed.description) + size(footer);
    for (const { name, value } of list(embed.fields)) {
      if (size(name) === 0 || size(name) > 256 || size(value) === 0 || size(value) > 1_024) return "a field";
      total += size(name) + size(value);
    }
  }
  if (total > 6_000) return `embeds have ${total} characters`;
  return (allowed_mentions as { parse?: unknown[] } | undefined)?.parse?.length === 0
    ? null
    : "it may call people";
}

/** https://spec.matrix.org/latest/client-server-api/#size-limits */
function matrixProblem(received: Received): string | null {
  const { msgtype, body, format, formatted_body } = json(received);
  if (
    received.method !== "PUT" ||
    !/^\/_matrix\/client\/v3\/rooms\/!room%3Amatrix\.example\/send\/m\.room\.message\/[0-9a-f]{32}$/.test(
      received.path,
    )
  )
    return `M_UNRECOGNIZED ${received.path}`;
  if (received.headers.authorization !== "Bearer the-token") return "M_UNKNOWN_TOKEN";
  if (msgtype !== "m.text" || size(body) === 0 || format !== "org.matrix.custom.html") return "M_BAD_JSON";
  if (Buffer.byteLength(received.body) > 60_000) return "M_TOO_LARGE";
  return /<b>|<script|<a href="http:\/\/evil/.test(String(formatted_body)) ? "strangers' markup" : null;
}

const CHANNELS: readonly (readonly [string, (received: Received) => string | null, object])[] = [
  ["slack", slackProblem, {}],
  ["teams", teamsProblem, {}],
  ["mattermost", mattermostProblem, { channel: "desk", username: "headwater" }],
  ["discord", discordProblem, { username: "headwater" }],
  ["matrix", matrixProblem, { room: "!room:matrix.example" }],
];

describe.each(CHANNELS)("what %s is told", (name, problemOf, options) => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });

  async function tell(given: Notice): Promise<Received> {
    const server = await channelServer(problemOf);
    const io = realIo(server.port);
    open.push(server, io);
    const notifier = notifiers[name] as Notifier<object>;
    const base = new URL(server.url).origin;
    const own = notifier.info.options.parse(name === "matrix" ? { ...options, homeserver: base } : options);
    await notifier.notify(given, { ...own, secrets: { url: server.url, token: "the-token" } }, io);
    return server.taken[0]!;
  }

  it.each(NOTICES)("keeps its rules: %s", async (_, given) => {
    const received = await tell(given);
    expect(received.headers["content-type"]).toContain("application/json");
  });

  it("says what, when, who, how sure, what is not known, and where to look", async () => {
    const [, given] = NOTICES[0]!;
    const told = (await tell(given)).body.replaceAll(/\\[nu][0-9a-f]{0,4}|\\/g, " ");
    for (const part of [
      "carried on by 3",
      "do not name their source",
      "21:12 EDT",
      "3f9a1c",
      "moderate",
      "owns or runs",
      "reports.example/s-1",
      "a-0000000000000003",
    ])
      expect(told).toContain(part);
  });

  it("counts what does not fit", async () => {
    const received = await tell(NOTICES[4]![1]);
    expect(received.body).toMatch(/\d+ further alerts are not shown here/);
  });
});

describe("channels", () => {
  it("take a refusal for what it is", async () => {
    const server = await channelServer(() => "no_service");
    const io = realIo(server.port);
    const slack = notifiers.slack as Notifier<object>;
    await expect(slack.notify(NOTICES[0]![1], { secrets: { url: server.url } }, io)).rejects.toMatchObject({
      name: "SetAside",
      message: "it answered 400: no_service",
    });
    await io.close();
    await server.close();
  });

  it.each([
    ["discord", { status: 429, body: '{"retry_after":1.5}' }, 1_500],
    ["matrix", { status: 429, body: '{"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":2000}' }, 2_000],
    ["slack", { status: 429, headers: { "retry-after": "30" } }, 30_000],
    ["teams", { status: 502 }, 60_000],
  ] as const)("keep the pause that %s asks for", async (name, mood, after) => {
    const server = await channelServer(
      () => null,
      () => mood,
    );
    const io = realIo(server.port);
    const notifier = notifiers[name] as Notifier<object>;
    const options = {
      homeserver: new URL(server.url).origin,
      room: "!r:m",
      secrets: { url: server.url, token: "t" },
    };
    await expect(notifier.notify(NOTICES[0]![1], options, io)).rejects.toMatchObject({
      name: "RetryLater",
      after,
    });
    await io.close();
    await server.close();
  });

  it("on the console are told in plain lines", async () => {
    const io = realIo(1);
    await (notifiers.console as Notifier<object>).notify(NOTICES[3]![1], { secrets: {} }, io);
    const lines = io.written.join("\n");
    expect(lines).toContain("digest of 3 alerts");
    expect(lines.match(/^▲ /gm)).toHaveLength(3);
    expect(lines).toContain("Not known: Who owns");
    await io.close();
  });

  it("do not reach private addresses that the config does not list", async () => {
    const server = await channelServer(() => null);
    const io = realIo(1);
    const options = { secrets: { url: server.url } };
    await expect(
      (notifiers.mattermost as Notifier<object>).notify(NOTICES[0]![1], options, io),
    ).rejects.toMatchObject({
      name: "SetAside",
      message: expect.stringContaining("http.allow_private"),
    });
    expect(server.asked()).toBe(0);
    await io.close();
    await server.close();
  });

  it("are given strangers' words that call nobody", () => {
    expect(NASTY).toContain("@everyone");
  });
});
