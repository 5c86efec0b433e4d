import { createHash } from "node:crypto";
import type { Alert, Delivery } from "../../contracts/alert.ts";
import { RetryLater, SetAside } from "../../contracts/errors.ts";
import type { NotifierIo } from "../../contracts/notifier.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Query } from "../../contracts/query.ts";
import type { Job } from "../../contracts/queue.ts";
import type { StoredPost } from "../../contracts/store.ts";
import { alertText, noticeOf } from "../../reports/alert.ts";
import type { Channel } from "../alerts/channels.ts";
import { raiseStale } from "../alerts/stale.ts";
import type { Parts } from "../parts.ts";
import { readSecrets, withoutSecrets } from "../secrets.ts";

/** First pause after a channel failed; it doubles with each attempt. */
const FIRST_PAUSE_MS = 30_000;
/** An outage of a day ends in a message within the hour, not within a day. */
const LONGEST_PAUSE_MS = 3_600_000;
/** Posts read to name an alert's accounts. */
const NAMED_POSTS = 200;

/** One message: an alert alone, or all that goes into one digest. */
interface Message {
  readonly key: string;
  readonly digest: boolean;
  readonly deliveries: readonly Delivery[];
}

/**
 * Sends what is due of the outbox. A delivery is marked as sent after it was: a crash in between sends it once more,
 * under the same key. A channel that fails is left alone until its pause is over; nothing is given up.
 */
export async function notifyDue(parts: Parts, signal: AbortSignal): Promise<void> {
  for (const channel of parts.channels.values()) {
    if (signal.aborted) return;
    const due = await dueDeliveries(parts, channel.name);
    for (const message of await messagesOf(parts, channel.name, due)) {
      if (signal.aborted || !(await tell(parts, channel, message, signal))) break;
    }
  }
}

async function dueDeliveries({ store, now }: Parts, channel: string): Promise<readonly Delivery[]> {
  const at = now().toISOString();
  const is = (field: string, value: string): Query => ({ kind: "text", field, value, prefix: false });
  const bounds = { from: null, to: at, from_inclusive: true, to_inclusive: true };
  const query: Query = {
    kind: "and",
    parts: [is("state", "waiting"), is("channel", channel), { kind: "range", field: "due_at", ...bounds }],
  };
  const keys: string[] = [];
  for await (const { key } of store.find("deliveries", query)) keys.push(key);
  // A search may be a little behind what was saved; what is read by key is not.
  const current = await store.getDeliveries(keys);
  return current.filter(({ state, due_at }) => state === "waiting" && due_at <= at);
}

/** Digests that were begun come first, with what was in them; what is new for a digest makes one more. */
async function messagesOf(
  { store }: Parts,
  channel: string,
  due: readonly Delivery[],
): Promise<readonly Message[]> {
  const alone = due.filter(({ mode }) => mode === "alone");
  const fresh = due.filter(({ mode, batch }) => mode === "digest" && batch === null);
  const batches = new Map<string, Delivery[]>();
  for (const delivery of due) {
    if (delivery.batch === null) continue;
    batches.set(delivery.batch, [...(batches.get(delivery.batch) ?? []), delivery]);
  }
  if (fresh.length > 0) {
    const keys = fresh.map(({ key }) => key).sort();
    const batch = `${channel}/digest/${createHash("sha256").update(keys.join("\n")).digest("hex").slice(0, 16)}`;
    const fixed = fresh.map((delivery) => ({ ...delivery, batch }));
    // Saved before the first attempt: every attempt is the same digest under the same key.
    await store.saveDeliveries(fixed);
    batches.set(batch, fixed);
  }
  return [
    ...[...batches].map(([key, deliveries]) => ({ key, digest: true, deliveries })),
    ...alone.map((delivery) => ({ key: delivery.key, digest: false, deliveries: [delivery] })),
  ];
}

/** False when the channel is to be left alone for now. */
async function tell(parts: Parts, channel: Channel, message: Message, signal: AbortSignal): Promise<boolean> {
  const { store, log, now } = parts;
  const alerts = await store.getAlerts([...new Set(message.deliveries.map(({ alert }) => alert))]);
  const standing = new Set(
    alerts.filter(({ holds, state }) => holds && state !== "closed").map(({ id }) => id),
  );
  const told = message.deliveries.filter(({ alert }) => standing.has(alert));
  const moot = message.deliveries.filter(({ alert }) => !standing.has(alert));
  if (moot.length > 0)
    await store.saveDeliveries(moot.map((delivery) => ({ ...delivery, state: "withdrawn" })));
  if (told.length === 0) return true;
  const lang = channel.config.lang ?? parts.config.alerts.lang;
  const at = now().toISOString();
  let secrets: Readonly<Record<string, string>> = {};
  const attempts = told[0]!.attempts + 1;
  try {
    secrets = readSecrets(channel.secrets, parts.env);
    const texts = [];
    for (const alert of alerts.filter(({ id }) => standing.has(id)))
      texts.push(await textOf(parts, alert, lang));
    const notice = noticeOf(texts, { key: message.key, lang, digest: message.digest, at });
    await channel.notifier.notify(notice, { ...channel.options, secrets }, ioOf(parts, signal));
  } catch (error) {
    if (signal.aborted) return false;
    const problem = withoutSecrets(error instanceof Error ? error.message : String(error), secrets);
    const failed = error instanceof SetAside;
    if (!failed && !(error instanceof RetryLater)) throw new Error(`channel ${channel.name}: ${problem}`);
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
    const after = Math.max(pause, error instanceof RetryLater ? error.after : 0);
    const due_at = new Date(now().getTime() + after).toISOString();
    const state = failed ? "failed" : "waiting";
    await store.saveDeliveries(
      told.map((delivery) => ({ ...delivery, state, attempts, error: problem, due_at })),
    );
    const count = told.length === 1 ? "an alert" : `${told.length} alerts`;
    if (failed)
      log.error(
        `channel ${channel.name} refused ${count}: ${problem}; mend it, then \`headwater alert resend\``,
      );
    else
      log.warn(
        `channel ${channel.name} could not be told ${count}: ${problem}; next try in ${Math.ceil(after / 1000)} s`,
      );
    // What is refused may be the message's own fault; what gave no answer will give none to the next one either.
    return failed;
  }
  await store.saveDeliveries(
    told.map((delivery) => ({ ...delivery, state: "sent", attempts, error: null, sent_at: at })),
  );
  return true;
}

async function textOf({ store, config, actors }: Parts, alert: Alert, lang: "en" | "fr") {
  const posts = new Map<PostId, StoredPost>();
  for (const stored of await store.getPosts(alert.items.slice(0, NAMED_POSTS)))
    posts.set(stored.post.id, stored);
  return alertText(alert, {
    posts,
    actors,
    shown: config.privacy.shown_accounts,
    zone: config.alerts.zone,
    lang,
    links: config.alerts.links,
  });
}

function ioOf(parts: Parts, signal: AbortSignal): NotifierIo {
  return {
    send: (request) => parts.send(request, signal),
    write: parts.write,
    now: parts.now,
    signal,
  };
}

/** The queue's face of the step. */
export async function notifyStep(parts: Parts, signal: AbortSignal): Promise<readonly Job[]> {
  await raiseStale(parts);
  await notifyDue(parts, signal);
  return [];
}
