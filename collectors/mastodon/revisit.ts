import type { CollectorIo } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import type { Post } from "../../contracts/post.ts";
import type { Revisited } from "../../contracts/revisit.ts";
import { type ApiAnswer, apiOf } from "../api.ts";
import { fieldsOf, isFields, textOf } from "../fields.ts";
import type { MastodonOptions } from "./options.ts";
import type { StatusRecord } from "./record.ts";

/**
 * Asks the server where the post was written: this one by its interface, another one for the post as servers ask each
 * other. 404 is a post that is deleted or no longer public; 410 or a tombstone is one that was deleted.
 */
export async function revisit(post: Post, { server }: MastodonOptions, io: CollectorIo): Promise<Revisited> {
  const uri = post.id.replace(/^mastodon:/, "");
  const here = new URL(server);
  const own = URL.parse(post.url ?? "");
  const number = own?.host === here.host ? /\/(\d+)$/.exec(own.pathname)?.[1] : undefined;
  const url = number === undefined ? uri : new URL(`/api/v1/statuses/${number}`, here).href;
  if (URL.parse(url) === null) return { found: "unreachable", reason: "the post has no address" };
  const gone: { answer: ApiAnswer | null } = { answer: null };
  const api = apiOf(io, {
    service: new URL(url).host,
    refusal: (answer) => {
      const { status, body } = answer;
      if (status !== 404 && status !== 410 && fieldsOf(body).type !== "Tombstone") return null;
      gone.answer = answer;
      return new SetAside(textOf(fieldsOf(body).error) ?? `the server says ${status}`);
    },
  });
  try {
    const accept = number === undefined ? "application/activity+json" : "application/json";
    const { body, sha256 } = await api.ask(url, { accept });
    if (number === undefined || !isFields(body)) return { found: "seen", records: [] };
    const raw: StatusRecord = { server, status: body, sha256 };
    return { found: "seen", records: [{ where: uri, raw }] };
  } catch (error) {
    if (!(error instanceof SetAside)) throw error;
    if (gone.answer === null) return { found: "unreachable", reason: error.message };
    const { status, sha256 } = gone.answer;
    return { found: "gone", by: status === 404 ? "unknown" : "author", reason: error.message, sha256 };
  }
}
