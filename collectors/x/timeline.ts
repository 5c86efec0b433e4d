import type { CollectorIo } from "../../contracts/collector.ts";
import { RetryLater, SetAside } from "../../contracts/errors.ts";
import { type Api, type ApiAnswer, apiOf } from "../api.ts";
import { type Fields, fieldsOf, idOf, isFields, listOf, textOf } from "../fields.ts";
import type { WalkItem, WalkPage } from "../walk.ts";
import { madeAt } from "./map.ts";
import type { XOptions } from "./options.ts";
import type { Referenced, TweetRecord } from "./record.ts";

export const FIELDS: Readonly<Record<string, string>> = {
  "tweet.fields":
    "author_id,created_at,lang,public_metrics,referenced_tweets,entities,note_tweet,attachments,edit_history_tweet_ids",
  expansions:
    "author_id,referenced_tweets.id,referenced_tweets.id.author_id,attachments.media_keys,attachments.poll_ids",
  "user.fields": "username,name,public_metrics",
  "media.fields": "type,url,variants",
  "poll.fields": "options",
};

export function xApi(io: CollectorIo): Api {
  const token = io.secrets.bearer_token;
  if (token === undefined)
    throw new SetAside("X needs a token: give `bearer_token_env` or `bearer_token_file`.");
  return apiOf(io, {
    service: "X",
    secret_headers: { authorization: `Bearer ${token}` },
    refusal: (answer) => refusalOf(answer, io.now()),
  });
}

export function refusalOf({ status, body }: ApiAnswer, now: Date): Error | null {
  const { title, detail, period, data, meta, errors } = fieldsOf(body);
  const said = textOf(detail) ?? textOf(title) ?? "";
  if (title === "UsageCapExceeded" || /usage cap exceeded/i.test(said)) {
    const until = capEnds(textOf(period), now);
    return new RetryLater(
      `What X gives out to this application in its period is used up (${said}); it is left alone until ${until.toISOString()}.`,
      until.getTime() - now.getTime(),
    );
  }
  if (title === "CreditsDepleted" || status === 402) {
    return new SetAside(`X wants to be paid: ${said || "the credits of this application are used up"}`);
  }
  // An account that is not there is told with status 200.
  const [first] = listOf(errors);
  if (status < 300 && data === undefined && meta === undefined && first !== undefined) {
    return new SetAside(
      `X does not show it: ${textOf(first.detail) ?? textOf(first.title) ?? "no reason is given"}`,
    );
  }
  return null;
}

/** Caps are of the month unless X says of the day; both end at midnight UTC. */
function capEnds(period: string | null, now: Date): Date {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  return /^dai|^day/i.test(period ?? "")
    ? new Date(Date.UTC(year, month, day + 1))
    : new Date(Date.UTC(year, month + 1, 1));
}

/** The recent search goes back seven days, and refuses an older post to begin from. */
const RECENT_MS = 6.9 * 86_400_000;

/**
 * The pages of a timeline or a search, newest first. Posts are paid for, so only those after the floor are asked for: an edit
 * within X's hour comes as a post of its own.
 */
export function timelinePages(options: XOptions, api: Api, io: CollectorIo) {
  let list: URL | null = null;
  return async (token: string | null, floor: string | null): Promise<WalkPage> => {
    list ??= await listOfPosts(options, api);
    const url = new URL(list);
    for (const [name, value] of Object.entries(FIELDS)) url.searchParams.set(name, value);
    url.searchParams.set("max_results", `${options.page_size}`);
    const since = floor === null ? null : usableFloor(floor, options, io.now());
    if (since !== null) url.searchParams.set("since_id", since);
    if (token !== null)
      url.searchParams.set(options.search === undefined ? "pagination_token" : "next_token", token);
    const answer = await api.ask(url.href);
    const { data, meta, errors } = fieldsOf(answer.body);
    if (data === undefined && !isFields(meta))
      throw new SetAside("X has changed shape: its answer holds neither posts nor `meta`.");
    tellOfMissing(listOf(errors), io);
    return { items: itemsOf(answer), next: textOf(fieldsOf(meta).next_token) };
  };
}

function usableFloor(floor: string, { search }: XOptions, now: Date): string | null {
  const made = Date.parse(madeAt(floor) ?? "");
  return search === undefined || now.getTime() - made < RECENT_MS ? floor : null;
}

async function listOfPosts(
  { api: server, user, user_id, search, replies, retweets }: XOptions,
  api: Api,
): Promise<URL> {
  if (search !== undefined) {
    const url = new URL("/2/tweets/search/recent", server);
    url.searchParams.set("query", search);
    return url;
  }
  const id = user_id ?? (await lookUp(user!.replace(/^@/, ""), server, api));
  const url = new URL(`/2/users/${id}/tweets`, server);
  const without = [...(replies ? [] : ["replies"]), ...(retweets ? [] : ["retweets"])];
  if (without.length > 0) url.searchParams.set("exclude", without.join(","));
  return url;
}

async function lookUp(name: string, server: string, api: Api): Promise<string> {
  const { body } = await api.ask(new URL(`/2/users/by/username/${name}`, server).href);
  const id = idOf(fieldsOf(fieldsOf(body).data).id);
  if (id === null) throw new SetAside("X has changed shape: an account has no id.");
  return id;
}

/** Posts that others refer to and that are deleted, protected or of suspended accounts. */
function tellOfMissing(errors: readonly Fields[], io: CollectorIo): void {
  const missing = errors.filter(({ parameter }) => /^referenced_tweets/.test(textOf(parameter) ?? ""));
  if (missing.length === 0) return;
  const told = [
    ...new Set(missing.map(({ title, value }) => `${idOf(value) ?? "?"} (${textOf(title) ?? "not shown"})`)),
  ];
  io.warn(
    "X",
    `not given out, though posts refer to it: ${told.slice(0, 10).join(", ")}${told.length > 10 ? ` and ${told.length - 10} more` : ""}`,
  );
}

/** Each post, and what it repeats or quotes as a post of its own. */
export function itemsOf({ body, sha256 }: ApiAnswer): readonly WalkItem[] {
  const { data, includes } = fieldsOf(body);
  const { users, tweets, media, polls } = fieldsOf(includes);
  const people = byId(users, "id");
  const others = byId(tweets, "id");
  const shown = byId(media, "media_key");
  const asked = byId(polls, "id");
  const authorOf = (tweet: Fields | null) => people.get(idOf(tweet?.author_id) ?? "") ?? null;
  const recordOf = (tweet: Fields): TweetRecord => {
    const { media_keys, poll_ids } = fieldsOf(tweet.attachments);
    return {
      tweet,
      author: authorOf(tweet),
      referenced: listOf(tweet.referenced_tweets).flatMap((reference): readonly Referenced[] => {
        const [type, id] = [textOf(reference.type), idOf(reference.id)];
        if (type === null || id === null) return [];
        const other = others.get(id) ?? null;
        return [{ type, id, tweet: other, author: authorOf(other) }];
      }),
      media: picked(media_keys, shown),
      polls: picked(poll_ids, asked),
      sha256,
    };
  };
  const own = (Array.isArray(data) ? data : [data]).filter(isFields).map(recordOf);
  const seen = new Set(own.map(({ tweet }) => tweet.id));
  const repeated = own.flatMap(({ referenced }) =>
    referenced.flatMap(({ type, tweet }) =>
      type === "replied_to" || tweet === null || seen.has(tweet.id) ? [] : [tweet],
    ),
  );
  const originals = [...new Set(repeated)].map(recordOf);
  return [...own.map((record) => itemOf(record, false)), ...originals.map((record) => itemOf(record, true))];
}

function itemOf(raw: TweetRecord, apart: boolean): WalkItem {
  const id = idOf(raw.tweet.id);
  return { where: `post ${id ?? "without an id"}`, raw, key: id ?? "", apart: apart || id === null };
}

function byId(list: unknown, name: string): ReadonlyMap<string, Fields> {
  return new Map(listOf(list).map((one) => [idOf(one[name]) ?? "", one]));
}

function picked(keys: unknown, from: ReadonlyMap<string, Fields>): readonly Fields[] {
  return (Array.isArray(keys) ? keys : []).flatMap((key): readonly Fields[] => {
    const one = from.get(idOf(key) ?? "");
    return one === undefined ? [] : [one];
  });
}
