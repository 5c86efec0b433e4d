import type { Mapped } from "../../contracts/collector.ts";
import { isFields } from "../fields.ts";
import { mapMblog } from "./mblog.ts";
import type { MblogRecord } from "./record.ts";

/** One post as a draft. Pure: what Weibo wrote of "minutes ago" is read from the moment that the record names. */
export function map(raw: unknown): Mapped {
  if (isFields(raw) && typeof raw.problem === "string") return { rejected: raw.problem };
  if (!isFields(raw) || !isFields(raw.mblog))
    return { rejected: "this is no record of Weibo: it has no mblog" };
  const { mblog, seen_at, long_text = null, sha256 } = raw as unknown as MblogRecord;
  const mapped = mapMblog(mblog, { seen_at, long_text });
  return "rejected" in mapped ? mapped : { ...mapped, draft: { ...mapped.draft, sha256 } };
}
