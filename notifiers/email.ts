import { createHash } from "node:crypto";
import type { Transporter } from "nodemailer";
import { z } from "zod";
import { RetryLater, SetAside } from "../contracts/errors.ts";
import type { Notice, Notifier } from "../contracts/notifier.ts";
import { clip, plainLines } from "./layout.ts";

const address = z.string().regex(/^[^\s@<>]+@[^\s@<>]+$/, "write an address like team@agency.example");
const options = z.strictObject({
  host: z.string().min(1).meta({ description: "The mail server." }),
  port: z.int().min(1).max(65_535).default(587).meta({ description: "Its port." }),
  tls: z.enum(["starttls", "implicit", "none"]).default("starttls").meta({
    description: "`starttls` insists on it; `none` is for a server on the same machine.",
  }),
  from: address.meta({ description: "Sender." }),
  to: z.array(address).min(1, "name at least one receiver").meta({ description: "Receivers." }),
});
export type EmailOptions = z.infer<typeof options>;

/** Longer subjects are cut by readers of mail anyway. */
const SUBJECT = 150;
const TIMEOUT_MS = 30_000;
const AFTER_MS = 60_000;

export const email: Notifier<EmailOptions> = {
  info: {
    name: "email",
    title: "E-mail",
    summary: "Sends mail by SMTP, in plain text; mails about one alert are one conversation.",
    options,
    references: ["https://www.rfc-editor.org/rfc/rfc5321", "https://www.rfc-editor.org/rfc/rfc5322"],
  },
  secrets: [
    { name: "user", required: false, description: "Account at the mail server, where it asks for one." },
    { name: "password", required: false, description: "Its password." },
  ],
  async notify(notice, given, io) {
    const { createTransport } = await import("nodemailer");
    const { user, password } = given.secrets;
    const transport: Transporter = createTransport({
      host: given.host,
      port: given.port,
      secure: given.tls === "implicit",
      requireTLS: given.tls === "starttls",
      ignoreTLS: given.tls === "none",
      ...(user === undefined ? {} : { auth: { user, pass: password ?? "" } }),
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    });
    try {
      await transport.sendMail(mailOf(notice, given, io.now()));
    } catch (error) {
      throw told(error, given.host);
    } finally {
      transport.close();
    }
  },
};

export function mailOf(notice: Notice, { from, to }: Pick<EmailOptions, "from" | "to">, date: Date) {
  const domain = from.slice(from.indexOf("@") + 1);
  const idOf = (key: string) => `<${createHash("sha256").update(key).digest("hex").slice(0, 32)}@${domain}>`;
  // The same for every attempt: a receiver that got it already can tell.
  const messageId = idOf(notice.key);
  const thread = notice.digest ? null : idOf(`thread ${notice.alerts[0]!.thread}`);
  return {
    from,
    to: [...to],
    date,
    subject: clip(notice.heading.replace(/\s+/g, " "), SUBJECT),
    messageId,
    ...(thread === null ? {} : { inReplyTo: thread, references: [thread] }),
    headers: {
      "Auto-Submitted": "auto-generated",
      "X-Headwater-Key": notice.key.replace(/[^\x21-\x7e]/g, "_"),
      ...(notice.digest ? {} : { "X-Headwater-Alert": notice.alerts[0]!.id }),
    },
    text: [
      notice.heading,
      ...notice.summary,
      ...notice.alerts.flatMap((alert) => ["", ...plainLines(alert)]),
      "",
    ].join("\n"),
  };
}

/** 4xx passes, 5xx does not; without an answer it may pass. What the server says may name the account, never the password. */
function told(error: unknown, host: string): Error {
  const { code = "", responseCode, message } = error as Error & { code?: string; responseCode?: number };
  const said = `${host}: ${message.split("\n")[0]}`;
  if (responseCode !== undefined && responseCode >= 500) return new SetAside(said);
  if (code === "EENVELOPE" && responseCode === undefined) return new SetAside(said);
  return new RetryLater(said, AFTER_MS);
}
