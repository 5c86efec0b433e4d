import type { CollectorIo } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import type { Post } from "../../contracts/post.ts";
import type { Remover, Revisited } from "../../contracts/revisit.ts";
import { fieldsOf, listOf, textOf } from "../fields.ts";
import { logIn } from "./listing.ts";
import { whyGone } from "./map.ts";
import type { RedditOptions } from "./options.ts";
import type { RedditRecord } from "./record.ts";

/** By the interface, which goes on giving a removed post and says who removed it. Without an application nothing is told. */
export async function revisit(post: Post, options: RedditOptions, io: CollectorIo): Promise<Revisited> {
  const name = post.id.replace(/^reddit:/, "");
  if (io.secrets.client_id === undefined) {
    return {
      found: "unreachable",
      reason: "without an application Reddit does not say what became of a post",
    };
  }
  try {
    const api = await logIn(options, io);
    const url = `${new URL("/api/info", options.oauth).href}?${new URLSearchParams({ id: name, raw_json: "1" })}`;
    const { body, sha256 } = await api.ask(url);
    const { children } = fieldsOf(fieldsOf(body).data);
    if (!Array.isArray(children)) return { found: "unreachable", reason: "Reddit gave no Listing" };
    const [thing] = listOf(children);
    if (thing === undefined)
      return { found: "gone", by: "unknown", reason: "Reddit knows no such post", sha256 };
    const link = fieldsOf(thing.data);
    const reason = whyGone(link);
    if (reason !== null)
      return { found: "gone", by: removerOf(textOf(link.removed_by_category), reason), reason, sha256 };
    const raw: RedditRecord = { form: "link", link, sha256 };
    return { found: "seen", records: [{ where: post.url ?? name, raw }] };
  } catch (error) {
    if (error instanceof SetAside) return { found: "unreachable", reason: error.message };
    throw error;
  }
}

/** Moderators keep the rules of a place on the platform: to its author and its readers they are the platform. */
function removerOf(category: string | null, reason: string): Remover {
  return category === "deleted" || category === "author" || /by its author/.test(reason)
    ? "author"
    : "platform";
}
