import { z } from "zod";
import type { AlertText, Notice, Notifier } from "../contracts/notifier.ts";
import { JSON_HEADERS, sendOrThrow } from "./answer.ts";
import { clip, footer, furtherLine, partsOf } from "./layout.ts";

const options = z.strictObject({
  channel: z
    .string()
    .optional()
    .meta({ description: "Another channel than the webhook's own, by its name in URLs." }),
  username: z
    .string()
    .optional()
    .meta({ description: "The name it posts under, where the server allows it." }),
});
export type MattermostOptions = z.infer<typeof options>;

/** Mattermost's default limit for a post is 16,383 characters; attachments count, and JSON around them does not. */
const MOST = 15_000;
const FIELD = 2_000;
const COLOURS = { low: "#8a8f98", medium: "#e0a100", high: "#d24b00", critical: "#b00020" } as const;

export const mattermost: Notifier<MattermostOptions> = {
  info: {
    name: "mattermost",
    title: "Mattermost",
    summary:
      "Posts to an incoming webhook, as message attachments. An internal server must be listed in http.allow_private.",
    options,
    references: [
      "https://developers.mattermost.com/integrate/webhooks/incoming/",
      "https://developers.mattermost.com/integrate/reference/message-attachments/",
    ],
  },
  secrets: [{ name: "url", required: true, description: "The address of the incoming webhook." }],
  async notify(notice, { secrets, channel, username }, io) {
    const message = {
      ...mattermostMessage(notice),
      ...(channel === undefined ? {} : { channel }),
      ...(username === undefined ? {} : { username }),
    };
    const body = JSON.stringify(message);
    await sendOrThrow({ method: "POST", url: secrets.url!, headers: JSON_HEADERS, body }, io);
  },
};

type Attachment = Readonly<Record<string, unknown>>;

export function mattermostMessage(notice: Notice): {
  readonly text: string;
  readonly attachments: readonly Attachment[];
} {
  const attachments: Attachment[] = [];
  let size = 0;
  for (const alert of notice.alerts) {
    const attachment = attachmentOf(alert);
    size += JSON.stringify(attachment).length;
    if (attachments.length > 0 && size > MOST) break;
    attachments.push(attachment);
  }
  const further = furtherLine(notice, attachments.length);
  const lines = [
    `**${escaped(notice.heading)}**`,
    ...notice.summary.map(escaped),
    ...(further === null ? [] : [further]),
  ];
  return { text: clip(lines.join("\n"), FIELD), attachments };
}

function attachmentOf(alert: AlertText): Attachment {
  const links = alert.links.map(({ label, url }) => `[${escaped(label)}](${url})`).join(" · ");
  return {
    fallback: clip(escaped(alert.title), FIELD),
    color: COLOURS[alert.severity],
    title: clip(escaped(alert.title), FIELD),
    text: clip([...alert.what.map(escaped), links].filter((line) => line !== "").join("\n"), FIELD),
    fields: partsOf(alert).map(({ label, lines }) => ({
      title: label,
      value: clip(lines.map(escaped).join("\n"), FIELD),
      short: false,
    })),
    footer: clip(`${alert.labels.severity}: ${alert.severity_told} · ${footer(alert)}`, 300),
  };
}

/** Markdown, and names with an @, which would call people. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]#~|<>]/g, "\\$&").replaceAll("@", "@\u200b");
}
