import type { CollectorIo } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import { type Api, type ApiAnswer, apiOf } from "../api.ts";
import { type Fields, fieldsOf, isFields, listOf, textOf } from "../fields.ts";
import type { WalkItem, WalkPage } from "../walk.ts";
import type { RedditOptions } from "./options.ts";
import type { RedditRecord } from "./record.ts";

/** The interface, asked as an application by itself: no user's account stands behind it. */
export async function logIn(options: Pick<RedditOptions, "site">, io: CollectorIo): Promise<Api> {
  const { client_id, client_secret } = io.secrets;
  const basic = Buffer.from(`${client_id ?? ""}:${client_secret ?? ""}`).toString("base64");
  const login = apiOf(io, { service: "Reddit", secret_headers: { authorization: `Basic ${basic}` } });
  const { body } = await login.ask(new URL("/api/v1/access_token", options.site).href, {
    method: "POST",
    confidential: true,
    content_type: "application/x-www-form-urlencoded",
    body: "grant_type=client_credentials",
  });
  const token = textOf(fieldsOf(body).access_token);
  if (token === null) {
    throw new SetAside(
      `Reddit gave no token: ${textOf(fieldsOf(body).error) ?? "its answer has changed shape"}.`,
    );
  }
  return apiOf(io, { service: "Reddit", secret_headers: { authorization: `Bearer ${token}` }, refusal });
}

/** Why a subreddit or user is not shown. */
const REASONS: Readonly<Record<string, string>> = {
  private: "it is private",
  banned: "Reddit has banned it",
  quarantined: "it is under quarantine, and asks for a log-in",
  gold_only: "it is for paying users",
  gated: "it asks for a log-in",
};

function refusal({ status, body, url }: ApiAnswer): Error | null {
  const reason = textOf(fieldsOf(body).reason);
  if (status < 400 || reason === null) return null;
  return new SetAside(`${new URL(url).pathname} is not shown by Reddit: ${REASONS[reason] ?? reason}.`);
}

/** Where the list is, below either server. */
export function pathOf({ subreddit, user, search }: RedditOptions): string {
  const name = subreddit?.replace(/^r\//, "");
  if (user !== undefined) return `/user/${user.replace(/^u\//, "")}/submitted`;
  if (search !== undefined) return name === undefined ? "/search" : `/r/${name}/search`;
  return `/r/${name}/new`;
}

export function listingPages(options: RedditOptions, api: Api) {
  const { oauth, search, subreddit } = options;
  return async (token: string | null): Promise<WalkPage> => {
    const url = new URL(pathOf(options), oauth);
    const query = {
      limit: "100",
      raw_json: "1",
      sort: "new",
      ...(search === undefined
        ? {}
        : { q: search, type: "link", ...(subreddit ? { restrict_sr: "true" } : {}) }),
      ...(token === null ? {} : { after: token }),
    };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const { body, sha256 } = await api.ask(url.href);
    const { children, after } = fieldsOf(fieldsOf(body).data);
    if (!Array.isArray(children)) throw new SetAside("Reddit has changed shape: its answer is no Listing.");
    return { items: listOf(children).flatMap((thing) => itemsOf(thing, sha256)), next: textOf(after) };
  };
}

/** A post, and of a crosspost its parent as a post of its own. */
function itemsOf({ kind, data }: Fields, sha256: string): readonly WalkItem[] {
  if (kind !== "t3" || !isFields(data)) return [itemOf({ form: "link", link: fieldsOf(data), sha256 }, true)];
  const pinned = data.stickied === true || data.pinned === true;
  return [
    itemOf({ form: "link", link: data, sha256 }, pinned),
    ...listOf(data.crosspost_parent_list).map((link) => itemOf({ form: "link", link, sha256 }, true)),
  ];
}

function itemOf(raw: RedditRecord & { readonly form: "link" }, apart: boolean): WalkItem {
  const { permalink, name } = raw.link;
  const key = /^t3_(\w+)$/.exec(textOf(name) ?? "")?.[1];
  return {
    where: textOf(permalink) ?? "a thing that is no post",
    raw,
    key: key ?? "",
    apart: apart || key === undefined,
  };
}
