import { createHmac } from "node:crypto";
import { z } from "zod";
import type { Notifier } from "../contracts/notifier.ts";
import { JSON_HEADERS, sendOrThrow } from "./answer.ts";

const options = z.strictObject({});
export type WebhookOptions = z.infer<typeof options>;

export const webhook: Notifier<WebhookOptions> = {
  info: {
    name: "webhook",
    title: "Webhook",
    summary:
      "Posts the alert as JSON, signed with HMAC-SHA256 over time stamp and body, with an idempotency key.",
    options,
    references: [
      "https://www.rfc-editor.org/rfc/rfc2104",
      "https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/",
    ],
  },
  secrets: [
    { name: "url", required: true, description: "The address that receives it." },
    { name: "key", required: true, description: "The key of the signature, at least 16 characters." },
  ],
  async notify(notice, { secrets }, io) {
    const body = JSON.stringify({ version: 1, ...notice });
    const stamp = String(Math.floor(io.now().getTime() / 1000));
    const headers = {
      ...JSON_HEADERS,
      // A structured field string, as the draft has it; the same for every attempt.
      "idempotency-key": `"${notice.key.replaceAll(/["\\]/g, "_")}"`,
      "headwater-timestamp": stamp,
      "headwater-signature": `v1=${signatureOf(secrets.key!, stamp, body)}`,
    };
    await sendOrThrow({ method: "POST", url: secrets.url!, headers, body }, io);
  },
};

/** Receivers compute the same over `TIMESTAMP.BODY`, compare in constant time, and refuse what is older than minutes. */
export function signatureOf(key: string, stamp: string, body: string): string {
  return createHmac("sha256", key).update(`${stamp}.${body}`).digest("hex");
}
