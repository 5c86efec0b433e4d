import { createHash } from "node:crypto";
import { z } from "zod";
import type { Notice, Notifier } from "../contracts/notifier.ts";
import { JSON_HEADERS, numberIn, sendOrThrow } from "./answer.ts";
import { clip, fitted, footer, furtherLine, partsOf, plainLines } from "./layout.ts";

const options = z.strictObject({
  homeserver: z.url({ protocol: /^https?$/ }).meta({ description: "Address of the homeserver." }),
  room: z
    .string()
    .regex(/^![^:]+(?::.+)?$/, "write a room id like !abc:server.example; an alias does not do")
    .meta({ description: "The room's id." }),
});
export type MatrixOptions = z.infer<typeof options>;

/** A whole event has at most 65,536 bytes; the server adds to it. */
const MOST_BYTES = 50_000;

const HEADING = 500;

export const matrix: Notifier<MatrixOptions> = {
  info: {
    name: "matrix",
    title: "Matrix",
    summary: "Sends a message to a room. The same message twice is one: its key is the transaction id.",
    options,
    references: [
      "https://spec.matrix.org/latest/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid",
    ],
  },
  secrets: [{ name: "token", required: true, description: "Access token of the account that sends." }],
  async notify(notice, { secrets, homeserver, room }, io) {
    const transaction = createHash("sha256").update(notice.key).digest("hex").slice(0, 32);
    const path = `_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message/${transaction}`;
    const url = new URL(path, homeserver.endsWith("/") ? homeserver : `${homeserver}/`).href;
    const headers = { ...JSON_HEADERS, authorization: `Bearer ${secrets.token}` };
    const body = JSON.stringify(matrixMessage(notice));
    await sendOrThrow({ method: "PUT", url, headers, body }, io, (answer) =>
      numberIn(answer.body, "retry_after_ms"),
    );
  },
};

export function matrixMessage(given: Notice): Readonly<Record<string, string>> {
  return fitted(
    given,
    (notice, shown) => ({
      msgtype: "m.text",
      body: plainBody(notice, shown),
      format: "org.matrix.custom.html",
      formatted_body: htmlBody(notice, shown),
    }),
    (message) => Buffer.byteLength(JSON.stringify(message)) <= MOST_BYTES,
  );
}

function plainBody(notice: Notice, shown: number): string {
  const further = furtherLine(notice, shown);
  return [
    clip(notice.heading, HEADING),
    ...notice.summary,
    ...notice.alerts.slice(0, shown).flatMap((alert) => ["", ...plainLines(alert)]),
    ...(further === null ? [] : ["", further]),
  ].join("\n");
}

function htmlBody(notice: Notice, shown: number): string {
  const further = furtherLine(notice, shown);
  return [
    `<p><strong>${escaped(clip(notice.heading, HEADING))}</strong></p>`,
    ...(notice.summary.length === 0 ? [] : [list(notice.summary)]),
    ...notice.alerts
      .slice(0, shown)
      .map((alert) =>
        [
          `<p><strong>${escaped(alert.title)}</strong><br>${alert.what.map(escaped).join("<br>")}</p>`,
          ...partsOf(alert).map(({ label, lines }) =>
            lines.length === 1
              ? `<p><em>${escaped(label)}</em>: ${escaped(lines[0]!)}</p>`
              : `<p><em>${escaped(label)}</em></p>${list(lines)}`,
          ),
          ...(alert.links.length === 0
            ? []
            : [
                `<p>${alert.links.map(({ label, url }) => `<a href="${escaped(url)}">${escaped(label)}</a>`).join(" · ")}</p>`,
              ]),
          `<p>${escaped(`${alert.labels.severity}: ${alert.severity_told} · ${footer(alert)}`)}</p>`,
        ].join(""),
      ),
    ...(further === null ? [] : [`<p>${escaped(further)}</p>`]),
  ].join("");
}

function list(lines: readonly string[]): string {
  return `<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join("")}</ul>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
