import { z } from "zod";
import type { AlertText, Notice, Notifier } from "../contracts/notifier.ts";
import { JSON_HEADERS, sendOrThrow } from "./answer.ts";
import { clip, fitted, footer, furtherLine, partsOf } from "./layout.ts";

const options = z.strictObject({});
export type TeamsOptions = z.infer<typeof options>;

/** Teams refuses messages of more than 28 KB; a little is left for what the workflow adds. */
const MOST_BYTES = 26_000;
/** Long sentences say no more on a card; what is left out is one click away. */
const TEXT = 1_000;

export const teams: Notifier<TeamsOptions> = {
  info: {
    name: "teams",
    title: "Microsoft Teams",
    summary: "Posts a bare Adaptive Card to a workflow (“When a Teams webhook request is received”).",
    options,
    references: [
      "https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using",
      "https://adaptivecards.io/explorer/",
    ],
  },
  secrets: [{ name: "url", required: true, description: "The address of the workflow." }],
  async notify(notice, { secrets }, io) {
    const body = JSON.stringify(teamsCard(notice));
    await sendOrThrow({ method: "POST", url: secrets.url!, headers: JSON_HEADERS, body }, io);
  },
};

type Element = Readonly<Record<string, unknown>>;

export function teamsCard(given: Notice): Element {
  return fitted(
    given,
    (notice, shown) => {
      const alerts = notice.alerts.slice(0, shown);
      const further = furtherLine(notice, shown);
      return {
        type: "AdaptiveCard",
        $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
        version: "1.4",
        body: [
          { ...textBlock(notice.heading), size: "Large", weight: "Bolder" },
          ...notice.summary.map(textBlock),
          ...alerts.flatMap((alert) => alertElements(alert, notice.digest)),
          ...(further === null ? [] : [textBlock(further)]),
        ],
        actions: alerts.length === 1 ? actionsOf(alerts[0]!) : [],
      };
    },
    (card) => Buffer.byteLength(JSON.stringify(card)) <= MOST_BYTES,
  );
}

function alertElements(alert: AlertText, digest: boolean): readonly Element[] {
  return [
    { ...textBlock(alert.title), weight: "Bolder", separator: true },
    ...alert.what.map(textBlock),
    {
      type: "FactSet",
      facts: partsOf(alert).map(({ label, lines }) => ({
        title: label,
        value: clip(escaped(lines.join(lines.length > 1 ? "\n\n" : "")), TEXT),
      })),
    },
    ...(digest
      ? alert.links.map(({ label, url }) => ({
          type: "TextBlock",
          text: `[${escaped(label)}](${url})`,
          wrap: true,
        }))
      : []),
    {
      ...textBlock(`${alert.labels.severity}: ${alert.severity_told} · ${footer(alert)}`),
      isSubtle: true,
      size: "Small",
    },
  ];
}

function actionsOf({ links }: AlertText): readonly Element[] {
  return links.map(({ label, url }) => ({ type: "Action.OpenUrl", title: label, url }));
}

function textBlock(text: string): Element {
  return { type: "TextBlock", text: clip(escaped(text), TEXT), wrap: true };
}

/** Text blocks read a part of Markdown; a stranger's name must not become a link. */
function escaped(text: string): string {
  return text.replace(/[\\[\]*_]/g, "\\$&");
}
