import type { CollectorIo } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import type { Post } from "../../contracts/post.ts";
import type { Remover, Revisited } from "../../contracts/revisit.ts";
import { type ApiAnswer, apiOf } from "../api.ts";
import { fieldsOf, listOf } from "../fields.ts";
import { accountRefusal, address } from "./lists.ts";
import type { BlueskyOptions } from "./options.ts";
import { type BlueskyRecord, POST, readAtUri } from "./record.ts";

/** Asks for the post, and where it is no longer shown, for its account: a post goes with it, or was taken alone. */
export async function revisit(post: Post, { appview }: BlueskyOptions, io: CollectorIo): Promise<Revisited> {
  const uri = post.id.replace(/^bluesky:/, "");
  const at = readAtUri(uri);
  if (at?.collection !== POST) {
    return { found: "unreachable", reason: "a repost is not shown by itself" };
  }
  const api = apiOf(io, { service: "Bluesky" });
  try {
    const { body, sha256 } = await api.ask(`${address(appview, "app.bsky.feed.getPosts", { uris: uri })}`);
    const posts = fieldsOf(body).posts;
    if (!Array.isArray(posts)) return { found: "unreachable", reason: "Bluesky gave no list of posts" };
    const [view] = listOf(posts);
    if (view !== undefined) {
      const raw: BlueskyRecord = { form: "view", view, signed_in: true, sha256 };
      return { found: "seen", records: [{ where: uri, raw }] };
    }
    const refusal = ({ body: answered }: ApiAnswer) => accountRefusal(at.did, answered);
    const said = await apiOf(io, { service: "Bluesky", refusal })
      .ask(address(appview, "app.bsky.actor.getProfile", { actor: at.did }))
      .then(() => "the post is no longer shown, its account is", whySetAside);
    return { found: "gone", by: removerIn(said), reason: said, sha256 };
  } catch (error) {
    if (error instanceof SetAside) return { found: "unreachable", reason: error.message };
    throw error;
  }
}

function whySetAside(error: unknown): string {
  if (error instanceof SetAside) return error.message;
  throw error;
}

function removerIn(said: string): Remover {
  if (/taken down/.test(said)) return "platform";
  return /deactivated|There is no account/.test(said) ? "account" : "unknown";
}
