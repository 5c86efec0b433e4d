import type { CollectorIo } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import type { Post } from "../../contracts/post.ts";
import type { Revisited } from "../../contracts/revisit.ts";
import { fieldsOf, listOf, textOf } from "../fields.ts";
import { whyGone } from "./map.ts";
import type { VkOptions } from "./options.ts";
import { FIELDS, itemsOf, peopleIn, vkApi } from "./wall.ts";

/** By `wall.getById`, which leaves out a post that is not there, without saying why. */
export async function revisit(post: Post, options: VkOptions, io: CollectorIo): Promise<Revisited> {
  const id = post.id.replace(/^vk:/, "");
  try {
    const { body, sha256 } = await vkApi(options, io).call("wall.getById", {
      posts: id,
      extended: "1",
      fields: FIELDS,
    });
    const response = fieldsOf(fieldsOf(body).response);
    if (!Array.isArray(response.items)) return { found: "unreachable", reason: "VK gave no list of posts" };
    const [found] = listOf(response.items);
    if (found === undefined) return { found: "gone", by: "unknown", reason: "VK gives no such post", sha256 };
    const reason = whyGone(found);
    if (reason !== null) {
      return {
        found: "gone",
        by: textOf(found.deleted_reason) === null ? "unknown" : "platform",
        reason,
        sha256,
      };
    }
    const { where, raw } = itemsOf(found, peopleIn(response), sha256)[0]!;
    return { found: "seen", records: [{ where, raw }] };
  } catch (error) {
    if (error instanceof SetAside) return { found: "unreachable", reason: error.message };
    throw error;
  }
}
