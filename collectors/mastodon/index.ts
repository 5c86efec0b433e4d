import type { Collector, CollectorIo } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import { type Api, apiOf } from "../api.ts";
import { type Fields, fieldsOf, idOf, isFields, textOf } from "../fields.ts";
import { type WalkCursor, type WalkItem, type WalkPage, walkBack } from "../walk.ts";
import { map } from "./map.ts";
import { type MastodonOptions, mastodonOptions } from "./options.ts";
import type { StatusRecord } from "./record.ts";
import { revisit } from "./revisit.ts";

export const mastodon: Collector<MastodonOptions, WalkCursor> = {
  info: {
    name: "mastodon",
    title: "Mastodon and its kin",
    summary: "Reads an account's posts and boosts, or the public posts with a hashtag, from one server.",
    lawful_basis:
      "Public posts, given out by the documented interface of the server to everybody; its limits are kept, and posts for followers alone are left out.",
    options: mastodonOptions,
    references: [
      "https://docs.joinmastodon.org/methods/accounts/#statuses",
      "https://docs.joinmastodon.org/methods/timelines/#tag",
      "https://docs.joinmastodon.org/api/rate-limits/",
    ],
  },
  secrets: [
    {
      name: "token",
      required: false,
      description:
        "Access token of an application with the scope `read:statuses`, for servers that ask for one.",
    },
  ],
  map,
  revisit,
  async *collect(options, from, io) {
    const { server, tag, pages } = options;
    const token = io.secrets.token;
    const api = apiOf(io, {
      service: new URL(server).host,
      ...(token === undefined ? {} : { secret_headers: { authorization: `Bearer ${token}` } }),
    });
    const name = options.account?.replace(/^@/, "");
    const of = name === undefined ? `#${tag?.replace(/^#/, "")} on ${server}` : `@${name} on ${server}`;
    let list: URL | null = null;
    const ask = async (before: string | null): Promise<WalkPage> => {
      list ??= await listOf(options, api, io);
      const url = new URL(list);
      if (before !== null) url.searchParams.set("max_id", before);
      const { body, headers, sha256 } = await api.ask(url.href);
      if (!Array.isArray(body)) throw new SetAside(`${url.host} has changed shape: a timeline is no list.`);
      const items = body.filter(isFields).flatMap((status) => itemsOf({ server, status, sha256 }));
      return { items, next: nextIn(headers.link) };
    };
    yield* walkBack({ of, pages, ask }, from, io);
  },
};

/** Where the list is. An account is looked up by name, for the interface knows it by the server's number. */
async function listOf(options: MastodonOptions, api: Api, io: CollectorIo): Promise<URL> {
  const { server, account, tag, local, replies, boosts } = options;
  if (tag !== undefined) {
    const url = new URL(`/api/v1/timelines/tag/${encodeURIComponent(tag.replace(/^#/, ""))}`, server);
    url.searchParams.set("limit", "40");
    if (local) url.searchParams.set("local", "true");
    return url;
  }
  const name = account!.replace(/^@/, "");
  const lookup = new URL("/api/v1/accounts/lookup", server);
  lookup.searchParams.set("acct", name);
  const found = fieldsOf((await api.ask(lookup.href)).body);
  const id = idOf(found.id);
  if (id === null) throw new SetAside(`${lookup.host} has changed shape: an account has no id.`);
  if (found.suspended === true) throw new SetAside(`@${name} is suspended on ${lookup.host}.`);
  const moved = textOf(fieldsOf(found.moved).acct);
  if (moved !== null) io.warn(`@${name}`, `the account has moved to @${moved}; change it in the config`);
  const url = new URL(`/api/v1/accounts/${encodeURIComponent(id)}/statuses`, server);
  url.searchParams.set("limit", "40");
  if (!replies) url.searchParams.set("exclude_replies", "true");
  if (!boosts) url.searchParams.set("exclude_reblogs", "true");
  return url;
}

/** A status, and what it boosts as a status of its own. */
function itemsOf(record: StatusRecord): readonly WalkItem[] {
  const { status } = record;
  const items = [itemOf(record, false)];
  if (isFields(status.reblog)) items.push(itemOf({ ...record, status: status.reblog }, true));
  return items;
}

function itemOf(raw: StatusRecord, apart: boolean): WalkItem {
  const { uri, id } = raw.status as Fields;
  const key = idOf(id);
  return {
    where: textOf(uri) ?? "a status without a uri",
    raw,
    key: key ?? "",
    apart: apart || key === null,
  };
}

/** The `Link` header of RFC 8288; only its number is taken, so that no server sends us elsewhere. */
function nextIn(header: string | undefined): string | null {
  for (const [, address = "", rest = ""] of (header ?? "").matchAll(/<([^>]*)>([^<]*)/g)) {
    if (/\brel="?next\b/.test(rest)) return URL.parse(address)?.searchParams.get("max_id") ?? null;
  }
  return null;
}
