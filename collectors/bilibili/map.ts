import type { Mapped } from "../../contracts/collector.ts";
import { isFields } from "../fields.ts";
import { firstText } from "../values.ts";
import { absence } from "./refusal.ts";
import { mapVideo } from "./video.ts";

/** One video as a draft, or why there is none. */
export function map(raw: unknown): Mapped {
  if (isFields(raw) && typeof raw.problem === "string") return { rejected: raw.problem };
  if (!isFields(raw) || typeof raw.code !== "string") {
    return { rejected: "this is no record of Bilibili: it has neither a video nor a code" };
  }
  const { code, message, data, sha256 } = raw;
  if (code !== "0" || !isFields(data)) {
    const why = absence(code) ?? `Bilibili refuses (${code})`;
    const said = firstText(message);
    return { rejected: said === null || said === code ? why : `${why}; Bilibili says: ${said}` };
  }
  const mapped = mapVideo(data);
  if ("rejected" in mapped) return mapped;
  return { ...mapped, draft: { ...mapped.draft, sha256: firstText(sha256) } };
}
