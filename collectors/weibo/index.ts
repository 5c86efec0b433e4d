import type { Collector, CollectorIo, Page, RawRecord } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import type { Fetched } from "../../contracts/fetcher.ts";
import type { Post } from "../../contracts/post.ts";
import type { Revisited } from "../../contracts/revisit.ts";
import { decodeBody } from "../../text/charset.ts";
import { assigned } from "../embedded.ts";
import { type Fields, fieldsOf, isFields, listOf } from "../fields.ts";
import { unreachable } from "../revisit.ts";
import { firstId, firstText } from "../values.ts";
import { type WalkCursor, type WalkItem, walkBack } from "../walk.ts";
import { answerOf, nothingHere, refuse, TELLING } from "./answer.ts";
import { absenceOn, goneIn, whyNone } from "./gone.ts";
import { map } from "./map.ts";
import { splitMblog } from "./mblog.ts";
import { type WeiboOptions, weiboOptions } from "./options.ts";
import type { MblogRecord, MissingPost } from "./record.ts";

export interface WeiboCursor {
  /** How far each account's list was walked, by the account's number. */
  readonly users: Readonly<Record<string, WalkCursor>>;
}

export const weibo: Collector<WeiboOptions, WeiboCursor> = {
  info: {
    name: "weibo",
    title: "Weibo",
    summary: "Reads the public mobile pages of Weibo: posts of accounts, and single posts, by permission.",
    lawful_basis:
      "The pages are shown without a log-in; the source names who allowed the collection, robots.txt and the pace of the site are kept, and no log-in or check is passed by.",
    options: weiboOptions,
    references: ["https://weibo.com/signup/v5/protocol", "https://m.weibo.cn/"],
  },
  map,
  collect,
  revisit,
};

async function* collect(
  options: WeiboOptions,
  from: WeiboCursor | null,
  io: CollectorIo,
): AsyncGenerator<Page<WeiboCursor>> {
  const users = { ...from?.users };
  for (const url of options.posts) {
    if (io.signal.aborted) return;
    yield { records: await postAt(url, options, io), next: { users } };
  }
  for (const user of options.users) {
    const walk = {
      of: user,
      pages: options.pages,
      ask: (token: string | null) => listOfUser(user, token, options, io),
    };
    for await (const { records, next, progress } of walkBack(walk, users[user] ?? null, io)) {
      if (next !== null) users[user] = next;
      yield { records, next: { users: { ...users } }, ...(progress === undefined ? {} : { progress }) };
    }
  }
}

async function listOfUser(user: string, token: string | null, options: WeiboOptions, io: CollectorIo) {
  const since = token === null ? "" : `&since_id=${encodeURIComponent(token)}`;
  const url = `${base(options)}/api/container/getIndex?type=uid&value=${user}&containerid=107603${user}${since}`;
  const fetched = await ask(url, "application/json", io);
  const body = answerOf(fetched);
  const { cards, cardlistInfo } = fieldsOf(body.data);
  if (cards !== undefined && !Array.isArray(cards)) {
    throw new SetAside(`${url} has changed shape: "cards" is no list.`);
  }
  const mblogs = mblogsIn(cards);
  if (mblogs.length === 0 && token === null) throw nothingHere(url, body);
  const items: WalkItem[] = [];
  for (const mblog of mblogs) {
    const key = firstId(mblog.idstr, mblog.mid, mblog.id);
    if (key === null) throw new SetAside(`${url} has changed shape: a post of its list has no id.`);
    const apart = fieldsOf(mblog.title).text === "置顶" || mblog.isTop === 1;
    for (const record of await recordsOf(mblog, fetched, options, io)) items.push({ ...record, key, apart });
  }
  return { items, next: firstId(fieldsOf(cardlistInfo).since_id) };
}

/** Posts stand on cards of the ninth kind, alone or in groups. */
function mblogsIn(cards: unknown): readonly Fields[] {
  return listOf(cards)
    .flatMap((card) => [card, ...listOf(card.card_group)])
    .map(({ mblog }) => mblog)
    .filter(isFields);
}

/** The post, and before it the one that it repeats. */
async function recordsOf(
  mblog: Fields,
  { fetched_at, sha256 }: Fetched,
  options: WeiboOptions,
  io: CollectorIo,
): Promise<readonly RawRecord[]> {
  const records: RawRecord[] = [];
  for (const one of [...splitMblog(mblog), mblog]) {
    const id = firstId(one.idstr, one.mid, one.id);
    const long_text =
      one.isLongText === true && options.long_text && id !== null ? await wholeText(id, options, io) : null;
    const raw: MblogRecord = {
      mblog: one,
      seen_at: fetched_at,
      sha256,
      ...(long_text === null ? {} : { long_text }),
    };
    records.push({ where: `${base(options)}/detail/${id}`, raw });
  }
  return records;
}

/** The whole of a text that the list cuts; null, and told, where it cannot be had. */
async function wholeText(id: string, options: WeiboOptions, io: CollectorIo): Promise<string | null> {
  const url = `${base(options)}/statuses/extend?id=${id}`;
  try {
    const text = firstText(fieldsOf(answerOf(await ask(url, "application/json", io)).data).longTextContent);
    if (text === null) io.warn(url, "the whole of this text was not given; it is kept as the list cuts it");
    return text;
  } catch (error) {
    if (!(error instanceof SetAside)) throw error;
    io.warn(url, `the whole of this text cannot be had (${error.message}); it is kept as the list cuts it`);
    return null;
  }
}

/** A post's own page, or why it has none. */
async function postAt(url: string, options: WeiboOptions, io: CollectorIo): Promise<readonly RawRecord[]> {
  const missing = (problem: string): readonly RawRecord[] => [
    { where: url, raw: { url, problem } satisfies MissingPost },
  ];
  try {
    const { fetched, status, html } = await pageOf(url, options, io);
    return status === null ? missing(whyNone(html)) : await recordsOf(status, fetched, options, io);
  } catch (error) {
    if (error instanceof SetAside && !io.signal.aborted) return missing(error.message);
    throw error;
  }
}

/** Weibo says of each absence what it is, in words; a page that only holds no post says nothing. */
async function revisit(post: Post, options: WeiboOptions, io: CollectorIo): Promise<Revisited> {
  if (post.url === null) return unreachable("it has no address");
  try {
    const { fetched, status, html } = await pageOf(post.url, options, io);
    if (status === null) return absenceOn(html, fetched.sha256);
    const gone = goneIn(status, fetched.sha256);
    return gone ?? { found: "seen", records: await recordsOf(status, fetched, options, io) };
  } catch (error) {
    if (error instanceof SetAside && !io.signal.aborted) return unreachable(error.message);
    throw error;
  }
}

/** A post's own page holds it as data; null where it does not. */
async function pageOf(url: string, options: WeiboOptions, io: CollectorIo) {
  const id = /\/(?:detail|status|statuses)\/(\w+)|weibo\.com\/\d+\/(\w+)/.exec(url);
  const address = id === null ? url : `${base(options)}/detail/${id[1] ?? id[2]}`;
  const fetched = await ask(address, "text/html", io);
  refuse(fetched);
  const html = decodeBody(fetched, "html").text;
  const { status } = fieldsOf(listOf(assigned(html, "$render_data"))[0]);
  return { fetched, html, status: isFields(status) ? status : null };
}

const base = ({ site }: WeiboOptions): string => site.replace(/\/$/, "");

function ask(url: string, accept: string, { fetch, signal }: CollectorIo): Promise<Fetched> {
  return fetch(url, { accept, signal, statuses: TELLING });
}
