import type { CollectorIo } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import type { Post } from "../../contracts/post.ts";
import type { Remover, Revisited } from "../../contracts/revisit.ts";
import { unreachable } from "../revisit.ts";
import { answerOn, pageAt } from "./answer.ts";
import { map } from "./map.ts";
import type { BilibiliOptions } from "./options.ts";

/**
 * Codes by which Bilibili says that a video is not there for anybody, with who took it away where the code says so. A
 * video in review (62003, 62004) or for some only (-403) is not shown, but may be there: of it nothing is told.
 */
const GONE: Readonly<Record<string, Remover>> = { "-404": "unknown", "62002": "unknown", "62012": "author" };

/** Bilibili says of each absence what it is, by its code, and answers 200 for all of them. */
export async function revisit(post: Post, options: BilibiliOptions, io: CollectorIo): Promise<Revisited> {
  const video = post.id.replace(/^bilibili:/, "");
  try {
    const raw = await answerOn(video, options, io);
    const mapped = map(raw);
    if ("draft" in mapped) return { found: "seen", records: [{ where: pageAt(video, options), raw }] };
    const by = GONE[raw.code];
    return by === undefined
      ? unreachable(mapped.rejected)
      : { found: "gone", by, reason: mapped.rejected, sha256: raw.sha256 };
  } catch (error) {
    if (error instanceof SetAside && !io.signal.aborted) return unreachable(error.message);
    throw error;
  }
}
