import { setTimeout as delay } from "node:timers/promises";
import type { CollectorIo, Page, RawRecord } from "../../contracts/collector.ts";
import { RetryLater, SetAside } from "../../contracts/errors.ts";
import type { Heard, Listening } from "../../contracts/listener.ts";
import { parseJsonExact } from "../../text/json-exact.ts";
import { type Fields, fieldsOf, idOf, isFields, textOf } from "../fields.ts";
import type { JetstreamOptions, StreamCursor } from "./options.ts";
import { type BlueskyRecord, commitOf, POST, REPOST, timeOf } from "./record.ts";
import { subscription } from "./subscription.ts";

/** What is stored at once: enough that a busy stream is no load, few enough that a crash repeats little. */
const PAGE = 200;
/** What came is stored by the next message after so long, so that a slow stream is seen soon and its cursor moves. */
const PAGE_MS = 5_000;
/** A Jetstream keeps this much: who comes back later has missed something. */
const KEPT_MS = 36 * 3_600_000;
/** Cuts in a row without a single event between them; then something is wrong that waiting may mend. */
const MOST_CUTS = 4;
const FIRST_WAIT_MS = 500;
const LATER_MS = 300_000;

/**
 * Listens for `seconds`, from the cursor on. A cut is gone on with at once: the cursor is of the last event dealt with, and
 * delivery is at least once, so nothing is missed and some comes twice. While pages are stored nothing is read, and the
 * connection's own flow control holds the server back; a server that loses patience cuts, and is asked again.
 */
export async function* listen(
  options: JetstreamOptions,
  from: StreamCursor | null,
  io: CollectorIo,
): AsyncGenerator<Page<StreamCursor>> {
  const of = `${options.url} v${options.version}`;
  const end = io.now().getTime() + options.seconds * 1000;
  const wanted = wantedOf(options);
  let cursor = from?.of === of ? from : null;
  if (cursor !== null) warnOfGap(cursor, options, io);
  let cuts = 0;
  let total = 0;
  while (io.now().getTime() < end && !io.signal.aborted) {
    const until = AbortSignal.any([io.signal, AbortSignal.timeout(Math.max(1, end - io.now().getTime()))]);
    const messages = await connect(options, cursor, until, io).catch((error: unknown) => {
      if (until.aborted) return ENDED;
      if (error instanceof RetryLater && cuts < MOST_CUTS - 1) return CUT;
      throw error;
    });
    if (messages === ENDED) return;
    if (messages === TOO_OLD) {
      cursor = restart(cursor!, io);
      continue;
    }
    let heard = false;
    let used: Used[] = [];
    let stored = cursor;
    let since = io.now().getTime();
    for await (const message of messages === CUT ? [] : messages) {
      const event = read(message.text, options, io);
      if (event === null) continue;
      tellOfAccount(event, options, io);
      const at = positionOf(event, of);
      if (at === null) continue;
      heard = true;
      cursor = at;
      if (wanted(event)) used.push({ event, message });
      const now = io.now().getTime();
      if (used.length < PAGE && now - since < PAGE_MS) continue;
      total += used.length;
      yield { records: await kept(used), next: cursor, progress: { done: total, total } };
      used = [];
      stored = cursor;
      since = io.now().getTime();
    }
    if (used.length > 0 || stored !== cursor) yield { records: await kept(used), next: cursor };
    if (io.now().getTime() >= end || io.signal.aborted || until.aborted) return;
    cuts = heard ? 0 : cuts + 1;
    if (cuts >= MOST_CUTS) {
      throw new RetryLater(`${options.url} ends the connection again and again without a word.`, LATER_MS);
    }
    await delay(FIRST_WAIT_MS * 2 ** cuts, undefined, { signal: until }).catch(() => {});
  }
}

const ENDED = Symbol("the time is over");
const CUT = Symbol("no connection");
const TOO_OLD = Symbol("the cursor is too old for the server");

async function connect(
  options: JetstreamOptions,
  cursor: StreamCursor | null,
  signal: AbortSignal,
  io: CollectorIo,
): Promise<Listening["messages"] | typeof TOO_OLD> {
  if (io.listen === undefined) throw new SetAside("There is nothing to listen with in this construction.");
  const answer = await io.listen(subscription(options, cursor), { signal, content_type: "application/json" });
  if ("messages" in answer) return answer.messages;
  const { status, body } = answer;
  if (cursor !== null && body.includes("CursorTooOld")) return TOO_OLD;
  const said = body.trim().slice(0, 300);
  const sentence = `${options.url} did not let us in: ${status}${said === "" ? "" : ` ${said}`}`;
  if (status === 429 || status >= 500) throw new RetryLater(`${sentence}.`, LATER_MS);
  throw new SetAside(
    `${sentence}. Version ${options.version} of the interface was asked for; see \`version\`.`,
  );
}

/** Version 1 begins at its oldest event without a word, version 2 refuses; what lies between is told in either case. */
function warnOfGap({ time, of }: StreamCursor, { version }: JetstreamOptions, io: CollectorIo): void {
  const age = io.now().getTime() - Date.parse(time);
  if (age > KEPT_MS && version === 1) {
    io.warn(of, `the stream keeps 36 hours; what it carried from ${time} until 36 hours ago was missed`);
  }
}

/** Goes on from a time instead of a number: the oldest event that the server still has. */
function restart(cursor: StreamCursor, io: CollectorIo): StreamCursor {
  const oldest = io.now().getTime() - KEPT_MS;
  if (!(Number(cursor.cursor) < FIRST_TIME)) {
    throw new SetAside(`${cursor.of} takes no cursor, neither a number nor a time.`);
  }
  io.warn(
    cursor.of,
    `the stream no longer holds what it carried at ${cursor.time}; what came since then and is not held was missed`,
  );
  return { ...cursor, cursor: `${Math.max(oldest, Date.parse(cursor.time)) * 1000}` };
}

/** A cursor from here on is a time in microseconds, one below it a number: so both versions tell them apart. */
const FIRST_TIME = 1e15;

function read(text: string, { url }: JetstreamOptions, io: CollectorIo): Fields | null {
  let event: unknown;
  try {
    event = parseJsonExact(text);
  } catch {
    event = null;
  }
  if (!isFields(event)) {
    throw new SetAside(`${url} has changed shape: a message of its stream is no JSON object.`);
  }
  if (event.$type === "error") {
    io.warn(url, `the stream ends: ${textOf(event.error) ?? "error"} ${textOf(event.message) ?? ""}`.trim());
    return null;
  }
  const payload = fieldsOf(event.payload);
  if (/#info$/.test(textOf(payload.$type) ?? "")) {
    io.warn(url, `the stream says: ${textOf(payload.name) ?? ""} ${textOf(payload.message) ?? ""}`.trim());
    return null;
  }
  return event;
}

/** An account that is asked for by name and no longer there says why its posts stop. */
function tellOfAccount(event: Fields, { dids }: JetstreamOptions, io: CollectorIo): void {
  const { account, did } = event.$type === "message" ? fieldsOf(event.payload) : event;
  const { active, status } = fieldsOf(account);
  const who = textOf(did) ?? "";
  if (active === false && dids.includes(who)) {
    io.warn(who, `the account is no longer active: ${textOf(status) ?? "no reason is given"}`);
  }
}

/** Version 1 of old servers has no number, and its time is good on every server; version 2 has only the number. */
function positionOf(event: Fields, of: string): StreamCursor | null {
  const outer = event.$type === "message" ? fieldsOf(event.payload) : event;
  const cursor = idOf(outer.time_us) ?? idOf(outer.seq);
  const time = timeOf(outer);
  return cursor === null || time === null ? null : { of, cursor, time };
}

/** Of the whole network: what the accounts asked for do, and what anybody writes with the words asked for. */
function wantedOf({ dids, words }: JetstreamOptions): (event: Fields) => boolean {
  const accounts = new Set(dids);
  const folded = words.map((word) => word.normalize("NFKC").toLowerCase());
  return (event) => {
    const commit = commitOf(event);
    if (commit === null || (commit.collection !== POST && commit.collection !== REPOST)) return false;
    if (accounts.has(commit.did)) return true;
    if (commit.operation === "delete") return false;
    const text = (textOf(commit.record.text) ?? "").normalize("NFKC").toLowerCase();
    return folded.some((word) => text.includes(word));
  };
}

/** A message that becomes a record. */
interface Used {
  readonly event: Fields;
  readonly message: Heard;
}

/** The records of a page, once their messages are kept: together, for each alone would wait for the disk by itself. */
function kept(used: readonly Used[]): Promise<readonly RawRecord[]> {
  return Promise.all(
    used.map(async ({ event, message }) => {
      const { did, collection, rkey } = commitOf(event)!;
      const raw: BlueskyRecord = { form: "event", event, sha256: await message.keep() };
      return { where: `at://${did}/${collection}/${rkey}`, raw };
    }),
  );
}
