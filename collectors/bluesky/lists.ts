import type { CollectorIo } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import { type Api, type ApiAnswer, apiOf } from "../api.ts";
import { type Fields, fieldsOf, isFields, textOf } from "../fields.ts";
import type { WalkItem, WalkPage } from "../walk.ts";
import type { BlueskyOptions } from "./options.ts";
import { type BlueskyRecord, isoOf } from "./record.ts";

const PAGE = 100;

/** The pages of an account's feed, newest first; what the account reposted comes as a post of its own too. */
export function feedPages(actor: string, { appview, replies }: BlueskyOptions, io: CollectorIo) {
  const api = apiOf(io, { service: "Bluesky", refusal: ({ body }) => accountRefusal(actor, body) });
  return async (token: string | null): Promise<WalkPage> => {
    const answer = await api.ask(
      address(appview, "app.bsky.feed.getAuthorFeed", {
        actor,
        limit: `${PAGE}`,
        filter: replies ? "posts_with_replies" : "posts_no_replies",
        includePins: "false",
        cursor: token,
      }),
    );
    const items = listIn(answer, "feed").flatMap((item) => itemsOf(item, answer.sha256));
    return { items, next: textOf(fieldsOf(answer.body).cursor) };
  };
}

function itemsOf(item: Fields, sha256: string): readonly WalkItem[] {
  const reason = fieldsOf(item.reason);
  const view = fieldsOf(item.post);
  const kind = textOf(reason.$type) ?? "";
  const whole: BlueskyRecord = { form: "item", item, signed_in: false, sha256 };
  const apart = /#reasonPin$/.test(kind);
  if (!/#reasonRepost$/.test(kind)) return [itemOf(whole, view.uri, view.indexedAt, apart)];
  const original: BlueskyRecord = { form: "view", view, signed_in: false, sha256 };
  return [
    itemOf(whole, `${textOf(reason.uri) ?? "repost of"} ${textOf(view.uri)}`, reason.indexedAt, false),
    itemOf(original, view.uri, view.indexedAt, true),
  ];
}

/** An item without a time that can be read says nothing of how far the walk has come. */
function itemOf(raw: BlueskyRecord, where: unknown, seen: unknown, apart: boolean): WalkItem {
  const key = isoOf(Date.parse(textOf(seen) ?? ""));
  return {
    where: textOf(where) ?? "a post without an address",
    raw,
    key: key ?? "",
    apart: apart || key === null,
  };
}

/** The pages of a search, newest first, asked as the account of the app password. */
export async function searchPages(query: string, { login }: BlueskyOptions, io: CollectorIo) {
  const session = await logIn(login, io);
  return async (token: string | null): Promise<WalkPage> => {
    const answer = await session.api.ask(
      address(session.server, "app.bsky.feed.searchPosts", {
        q: query,
        sort: "latest",
        limit: `${PAGE}`,
        cursor: token,
      }),
    );
    const items = listIn(answer, "posts").map((view) =>
      itemOf({ form: "view", view, signed_in: true, sha256: answer.sha256 }, view.uri, view.indexedAt, false),
    );
    return { items, next: textOf(fieldsOf(answer.body).cursor) };
  };
}

async function logIn(
  login: string,
  io: CollectorIo,
): Promise<{ readonly api: Api; readonly server: string }> {
  const { identifier, app_password } = io.secrets;
  if (identifier === undefined || app_password === undefined) {
    throw new SetAside(
      "A search of Bluesky needs an account: give `identifier_env` (its handle) and `app_password_env` (an app password made in its settings).",
    );
  }
  const answer = await apiOf(io, { service: "Bluesky" }).ask(
    address(login, "com.atproto.server.createSession", {}),
    {
      method: "POST",
      // Its answer is the token of a session.
      confidential: true,
      content_type: "application/json",
      body: JSON.stringify({ identifier, password: app_password }),
    },
  );
  const { accessJwt, didDoc } = fieldsOf(answer.body);
  const token = textOf(accessJwt);
  if (token === null) throw new SetAside("Bluesky has changed shape: a log-in gave no accessJwt.");
  const api = apiOf(io, { service: "Bluesky", secret_headers: { authorization: `Bearer ${token}` } });
  return { api, server: serverOf(fieldsOf(didDoc)) ?? login };
}

/** The server that holds the account: it alone takes the account's token. */
function serverOf(document: Fields): string | null {
  const services = Array.isArray(document.service) ? document.service.filter(isFields) : [];
  const own = services.find(({ type }) => type === "AtprotoPersonalDataServer");
  const url = textOf(own?.serviceEndpoint);
  return url !== null && /^https:\/\//.test(url) ? url : null;
}

export function address(
  server: string,
  method: string,
  query: Readonly<Record<string, string | null>>,
): string {
  const url = new URL(`/xrpc/${method}`, server);
  for (const [name, value] of Object.entries(query)) if (value !== null) url.searchParams.set(name, value);
  return url.href;
}

function listIn({ body }: ApiAnswer, name: string): readonly Fields[] {
  const list = fieldsOf(body)[name];
  if (!Array.isArray(list))
    throw new SetAside(`Bluesky has changed shape: its answer holds no list "${name}".`);
  return list.filter(isFields);
}

/** What the service says of an account that it does not show. */
export function accountRefusal(actor: string, body: unknown): SetAside | null {
  const { error, message } = fieldsOf(body);
  const said = `${textOf(error) ?? ""} ${textOf(message) ?? ""}`;
  if (/AccountTakedown|suspended/i.test(said)) return new SetAside(`${actor} was taken down by Bluesky.`);
  if (/AccountDeactivated/i.test(said)) return new SetAside(`${actor} has deactivated its account.`);
  if (/BlockedActor|BlockedByActor/.test(said)) return new SetAside(`${actor} is blocked for who asks.`);
  if (/Profile not found|Actor not found|could not be resolved|Unable to resolve/i.test(said)) {
    return new SetAside(`There is no account ${actor} on Bluesky: renamed, deleted, or never there.`);
  }
  return null;
}
