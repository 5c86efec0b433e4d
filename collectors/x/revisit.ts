import type { CollectorIo } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import type { Post } from "../../contracts/post.ts";
import type { Revisited } from "../../contracts/revisit.ts";
import { type ApiAnswer, apiOf } from "../api.ts";
import { fieldsOf, idOf, listOf, textOf } from "../fields.ts";
import type { XOptions } from "./options.ts";
import { FIELDS, itemsOf, refusalOf } from "./timeline.ts";

/** By the interface; each look is paid for as a post is. X says that a post is not found, and never who removed it. */
export async function revisit(post: Post, { api: server }: XOptions, io: CollectorIo): Promise<Revisited> {
  const id = post.id.replace(/^x:/, "");
  const token = io.secrets.bearer_token;
  if (token === undefined || !/^\d+$/.test(id)) {
    return { found: "unreachable", reason: "without a token X does not say what became of a post" };
  }
  const api = apiOf(io, {
    service: "X",
    secret_headers: { authorization: `Bearer ${token}` },
    // That there is no such post is an answer here, and comes with status 200.
    refusal: (answer) => (answer.status < 300 ? null : refusalOf(answer, io.now())),
  });
  const look = (which: string) =>
    api.ask(`${new URL(`/2/tweets/${which}`, server).href}?${new URLSearchParams(FIELDS)}`);
  try {
    let answer = await look(id);
    const newest = newestOf(answer);
    if (newest !== null && newest !== id) answer = await look(newest);
    const [item] = itemsOf(answer);
    if (item !== undefined) return { found: "seen", records: [{ where: item.where, raw: item.raw }] };
    return notShown(answer);
  } catch (error) {
    if (error instanceof SetAside) return { found: "unreachable", reason: error.message };
    throw error;
  }
}

/** The last version: the post is known by its first. */
function newestOf({ body }: ApiAnswer): string | null {
  const { edit_history_tweet_ids: versions } = fieldsOf(fieldsOf(body).data);
  return Array.isArray(versions) ? idOf(versions.at(-1)) : null;
}

function notShown({ body, sha256 }: ApiAnswer): Revisited {
  const [error] = listOf(fieldsOf(body).errors);
  const reason = textOf(error?.detail) ?? textOf(error?.title) ?? "X gives no such post";
  if (/suspended/i.test(reason)) return { found: "gone", by: "platform", reason, sha256 };
  if (/not-found/.test(textOf(error?.type) ?? "") || /not found|could not find/i.test(reason)) {
    return { found: "gone", by: "unknown", reason, sha256 };
  }
  return { found: "unreachable", reason };
}
