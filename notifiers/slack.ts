import { z } from "zod";
import type { AlertText, Notice, Notifier } from "../contracts/notifier.ts";
import { JSON_HEADERS, sendOrThrow } from "./answer.ts";
import { clip, footer, furtherLine, partsOf } from "./layout.ts";

const options = z.strictObject({});
export type SlackOptions = z.infer<typeof options>;

// https://docs.slack.dev/reference/block-kit/blocks: 50 blocks a message; a header has 150 characters, a section's text
// 3,000, a context element 2,000 by our choice; `text` is what a notification shows.
const BLOCKS = 50;
const HEADER = 150;
const SECTION = 3_000;
const CONTEXT = 2_000;
const TEXT = 4_000;

export const slack: Notifier<SlackOptions> = {
  info: {
    name: "slack",
    title: "Slack",
    summary: "Posts to an incoming webhook, as blocks.",
    options,
    references: [
      "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks",
      "https://docs.slack.dev/reference/block-kit/blocks",
    ],
  },
  secrets: [{ name: "url", required: true, description: "The address of the incoming webhook." }],
  async notify(notice, { secrets }, io) {
    const body = JSON.stringify(slackMessage(notice));
    await sendOrThrow({ method: "POST", url: secrets.url!, headers: JSON_HEADERS, body }, io);
  },
};

type Block = Readonly<Record<string, unknown>>;

export function slackMessage(notice: Notice): { readonly text: string; readonly blocks: readonly Block[] } {
  const blocks: Block[] = [{ type: "header", text: plainText(clip(notice.heading, HEADER)) }];
  if (notice.summary.length > 0) blocks.push(section(notice.summary.map(escaped).join("\n")));
  let shown = 0;
  for (const alert of notice.alerts) {
    const own = alertBlocks(alert);
    // One block is kept for the sentence that counts what is not shown.
    if (blocks.length + own.length > BLOCKS - 1) break;
    blocks.push(...own);
    shown++;
  }
  const further = furtherLine(notice, shown);
  if (further !== null) blocks.push(section(escaped(further)));
  return { text: clip(escaped(notice.heading), TEXT), blocks };
}

function alertBlocks(alert: AlertText): readonly Block[] {
  const parts = partsOf(alert).map(
    ({ label, lines }) => `*${escaped(label)}:* ${lines.map(escaped).join(lines.length > 1 ? "\n• " : "")}`,
  );
  const links = alert.links.map(({ label, url }) => `<${escaped(url)}|${escaped(label)}>`);
  return [
    section(`*${escaped(alert.title)}*\n${alert.what.map(escaped).join("\n")}`),
    section(parts.join("\n")),
    ...(links.length === 0 ? [] : [section(links.join(" · "))]),
    {
      type: "context",
      elements: [
        {
          type: "mrkdwn",
          text: clip(escaped(`${alert.labels.severity}: ${alert.severity_told} · ${footer(alert)}`), CONTEXT),
        },
      ],
    },
  ];
}

function section(text: string): Block {
  return { type: "section", text: { type: "mrkdwn", text: clip(text.trim(), SECTION) } };
}

/** Plain text knows no escapes; what could be read as a call is written otherwise. */
function plainText(text: string): Block {
  return { type: "plain_text", text: text.replaceAll("<", "‹").replaceAll(">", "›") };
}

/** The three characters that Slack reads as markup, and nothing that could call out to people (`<!channel>`). */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
