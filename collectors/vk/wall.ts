import type { CollectorIo } from "../../contracts/collector.ts";
import { RetryLater, SetAside } from "../../contracts/errors.ts";
import { type ApiAnswer, apiOf } from "../api.ts";
import { countOf, type Fields, fieldsOf, idOf, listOf, textOf } from "../fields.ts";
import type { WalkItem, WalkPage } from "../walk.ts";
import { idIn } from "./map.ts";
import type { VkOptions } from "./options.ts";
import type { WallRecord } from "./record.ts";

const VERSION = "5.199";
const PAGE = 100;
export const FIELDS = "screen_name,members_count,followers_count";

export interface VkApi {
  readonly call: (method: string, parameters: Readonly<Record<string, string>>) => Promise<ApiAnswer>;
}

/** Methods are called by POST, the token in the body: in an address it would be in logs. */
export function vkApi({ api: server }: Pick<VkOptions, "api">, io: CollectorIo): VkApi {
  const token = io.secrets.token;
  if (token === undefined) throw new SetAside("VK needs a token: give `token_env` or `token_file`.");
  const api = apiOf(io, { service: "VK", refusal: refusalOf });
  return {
    call: (method, parameters) =>
      api.ask(new URL(`/method/${method}`, server).href, {
        method: "POST",
        content_type: "application/x-www-form-urlencoded",
        body: new URLSearchParams({ ...parameters, v: VERSION, access_token: token }).toString(),
      }),
  };
}

/** What passes by itself, with when: VK says so with status 200. */
const PASSING: Readonly<Record<number, readonly [words: string, after_ms: number]>> = {
  1: ["has an unknown trouble", 60_000],
  6: ["says that we ask too often in a second", 2_000],
  9: ["says that we ask the same too often", 600_000],
  10: ["has a trouble of its own", 60_000],
  29: ["says that the day's count of this method is used up", 6 * 3_600_000],
  43: ["has this method out of service", 600_000],
};

/** What does not pass until somebody does something. */
const LASTING: Readonly<Record<number, string>> = {
  5: "does not know the token, or it has run out; make a new one",
  7: "does not let this token do that",
  8: "does not understand the question",
  14: "asks for a captcha, and none is solved; ask less often, or with another application",
  15: "does not give access to it: it is closed or private, or hides its wall",
  17: "wants the token's owner to confirm who they are",
  18: "says that the page was deleted or blocked",
  19: "does not give access to its content",
  27: "does not let a community's token do that",
  28: "does not let a service token do that; give a user's token",
  30: "says that the profile is private",
  100: "says that a parameter is wrong; check the name of the wall",
  113: "knows no such user",
  125: "knows no such community",
  200: "does not give access to it",
  203: "does not give access to the community",
};

function refusalOf({ status, body }: ApiAnswer): Error | null {
  const { error, response } = fieldsOf(body);
  if (error === undefined) {
    if (status > 299 || body === null || response !== undefined) return null;
    return new SetAside("VK has changed shape: its answer holds neither `response` nor `error`.");
  }
  const { error_code, error_msg } = fieldsOf(error);
  const code = typeof error_code === "number" ? error_code : Number.NaN;
  const said = `error ${Number.isNaN(code) ? "?" : code}, ${textOf(error_msg) ?? "without a word"}`;
  const passing = PASSING[code];
  if (passing !== undefined) return new RetryLater(`VK ${passing[0]} (${said}).`, passing[1]);
  return new SetAside(`VK ${LASTING[code] ?? "refuses"} (${said}).`);
}

/** The pages of a wall, newest first. Their place is counted from the newest: what comes meanwhile repeats some, and hides none. */
export function wallPages({ wall }: VkOptions, api: VkApi) {
  const whose: Record<string, string> = /^-?\d+$/.test(wall!) ? { owner_id: wall! } : { domain: wall! };
  return async (token: string | null): Promise<WalkPage> => {
    const offset = Number(token ?? 0);
    const answer = await api.call("wall.get", {
      ...whose,
      count: `${PAGE}`,
      offset: `${offset}`,
      extended: "1",
      fields: FIELDS,
    });
    const { items, records, count } = read(answer);
    const after = offset + items.length;
    return { items: records, next: items.length > 0 && after < (count ?? 0) ? `${after}` : null };
  };
}

/** The pages of a search over public posts. */
export function searchPages(words: string, api: VkApi) {
  return async (token: string | null): Promise<WalkPage> => {
    const answer = await api.call("newsfeed.search", {
      q: words,
      count: `${PAGE}`,
      extended: "1",
      fields: FIELDS,
      ...(token === null ? {} : { start_from: token }),
    });
    const { records } = read(answer);
    // Posts of all walls: their numbers say nothing of their order, their times do.
    const items = records.map((item) => ({ ...item, key: timeKey((item.raw as WallRecord).post) }));
    return { items, next: textOf(fieldsOf(fieldsOf(answer.body).response).next_from) };
  };
}

function timeKey({ date }: Fields): string {
  return idOf(date) ?? "";
}

interface Read {
  readonly items: readonly Fields[];
  readonly records: readonly WalkItem[];
  readonly count: number | null;
}

function read({ body, sha256 }: ApiAnswer): Read {
  const response = fieldsOf(fieldsOf(body).response);
  if (!Array.isArray(response.items))
    throw new SetAside('VK has changed shape: its answer holds no list "items".');
  const items = listOf(response.items);
  const people = peopleIn(response);
  return {
    items,
    records: items.flatMap((post) => itemsOf(post, people, sha256)),
    count: countOf(response.count),
  };
}

/** Communities have numbers below zero wherever they are named. */
export function peopleIn(response: Fields): ReadonlyMap<string, Fields> {
  return new Map([
    ...listOf(response.profiles).map((one): [string, Fields] => [idOf(one.id) ?? "", one]),
    ...listOf(response.groups).map((one): [string, Fields] => [`-${idOf(one.id) ?? ""}`, one]),
  ]);
}

/** A post, and what it repeats as posts of their own. */
export function itemsOf(
  post: Fields,
  people: ReadonlyMap<string, Fields>,
  sha256: string,
): readonly WalkItem[] {
  const chain = listOf(post.copy_history);
  const own = recordOf(post, chain, people, sha256);
  const pinned = post.is_pinned === 1 || post.is_pinned === true;
  const repeated = chain.map((parent, i) => {
    // Each repeats what stands behind it in the chain.
    const rest = chain.slice(i + 1);
    return itemOf(
      recordOf(rest.length === 0 ? parent : { ...parent, copy_history: rest }, rest, people, sha256),
      true,
    );
  });
  return [itemOf(own, pinned), ...repeated];
}

function recordOf(
  post: Fields,
  chain: readonly Fields[],
  people: ReadonlyMap<string, Fields>,
  sha256: string,
): WallRecord {
  const numbers = [post, ...chain].flatMap(({ from_id, owner_id }) => [idOf(from_id), idOf(owner_id)]);
  const known = numbers.flatMap((number): [string, Fields][] => {
    const one = number === null ? undefined : people.get(number);
    return one === undefined ? [] : [[number!, one]];
  });
  return { post, people: Object.fromEntries(known), sha256 };
}

function itemOf(raw: WallRecord, apart: boolean): WalkItem {
  const id = idIn(raw.post);
  const key = id?.split("_")[1];
  return {
    where: id === null ? "a post without a number" : `wall${id}`,
    raw,
    key: key ?? "",
    apart: apart || id === null,
  };
}
