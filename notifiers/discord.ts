import { z } from "zod";
import type { AlertText, Notice, Notifier } from "../contracts/notifier.ts";
import { JSON_HEADERS, numberIn, sendOrThrow } from "./answer.ts";
import { clip, footer, furtherLine, partsOf } from "./layout.ts";

const options = z.strictObject({
  username: z.string().max(80).optional().meta({ description: "The name it posts under." }),
});
export type DiscordOptions = z.infer<typeof options>;

// https://discord.com/developers/docs/resources/message: content 2,000 characters; 10 embeds; title 256, description
// 4,096, 25 fields of 256 and 1,024, footer 2,048; 6,000 characters over all embeds.
const CONTENT = 2_000;
const EMBEDS = 10;
const TITLE = 256;
const DESCRIPTION = 1_500;
const FIELD = 1_024;
const ALL_EMBEDS = 6_000;
const COLOURS = { low: 0x8a8f98, medium: 0xe0a100, high: 0xd24b00, critical: 0xb00020 } as const;

export const discord: Notifier<DiscordOptions> = {
  info: {
    name: "discord",
    title: "Discord",
    summary: "Posts to a channel's webhook, as embeds.",
    options,
    references: ["https://discord.com/developers/docs/resources/webhook#execute-webhook"],
  },
  secrets: [{ name: "url", required: true, description: "The address of the webhook." }],
  async notify(notice, { secrets, username }, io) {
    const url = new URL(secrets.url!);
    // Without it the answer comes before the message is accepted.
    url.searchParams.set("wait", "true");
    const body = JSON.stringify({
      ...discordMessage(notice),
      ...(username === undefined ? {} : { username }),
    });
    await sendOrThrow({ method: "POST", url: url.href, headers: JSON_HEADERS, body }, io, (answer) => {
      const seconds = numberIn(answer.body, "retry_after");
      return seconds === null ? null : seconds * 1000;
    });
  },
};

interface Embed {
  readonly title: string;
  readonly description: string;
  readonly color: number;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly footer: { readonly text: string };
}

export function discordMessage(notice: Notice): {
  readonly content: string;
  readonly embeds: readonly Embed[];
  readonly allowed_mentions: { readonly parse: readonly string[] };
} {
  const embeds: Embed[] = [];
  let size = 0;
  for (const alert of notice.alerts) {
    const embed = embedOf(alert);
    size += sizeOf(embed);
    if (embeds.length > 0 && (size > ALL_EMBEDS || embeds.length === EMBEDS)) break;
    embeds.push(embed);
  }
  const further = furtherLine(notice, embeds.length);
  const lines = [
    escaped(notice.heading),
    ...notice.summary.map(escaped),
    ...(further === null ? [] : [further]),
  ];
  // Nobody is called by what a stranger wrote.
  return { content: clip(lines.join("\n"), CONTENT), embeds, allowed_mentions: { parse: [] } };
}

function embedOf(alert: AlertText): Embed {
  const links = alert.links.map(({ label, url }) => `[${escaped(label)}](${url})`).join(" · ");
  return {
    title: clip(alert.title, TITLE),
    description: clip(
      [...alert.what.map(escaped), links].filter((line) => line !== "").join("\n"),
      DESCRIPTION,
    ),
    color: COLOURS[alert.severity],
    fields: partsOf(alert).map(({ label, lines }) => ({
      name: clip(label, TITLE),
      value: clip(lines.map(escaped).join("\n"), FIELD),
    })),
    footer: { text: clip(`${alert.labels.severity}: ${alert.severity_told} · ${footer(alert)}`, 300) },
  };
}

function sizeOf({ title, description, fields, footer: { text } }: Embed): number {
  const inFields = fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
  return title.length + description.length + text.length + inFields;
}

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]#~|<>]/g, "\\$&");
}
