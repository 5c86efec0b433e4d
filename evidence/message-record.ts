import type { StreamMessage } from "../contracts/capture.ts";
import { sha256Digest } from "./digest.ts";
import type { FileContext } from "./exchange-records.ts";
import { deflated } from "./gzip.ts";
import { recordBytes, recordId } from "./record.ts";

/** A message as a record: its block is the message and nothing else, for no request asked for it and no header came with it. */
export function messageRecord(
  { at, url, content_type, payload, sha256 }: StreamMessage,
  id: string,
  { info }: FileContext,
  payloadDigest: string,
): Promise<Buffer> {
  return deflated(
    recordBytes(
      [
        ["WARC-Type", "resource"],
        ["WARC-Record-ID", recordId(id)],
        ["WARC-Date", at],
        ["WARC-Target-URI", url],
        ["WARC-Warcinfo-ID", recordId(info)],
        ["WARC-Block-Digest", sha256Digest(payload)],
        ["WARC-Payload-Digest", payloadDigest],
        ["Headwater-Body-Digest", `sha256:${sha256}`],
        ["Headwater-Body-Length", String(payload.length)],
        ["Content-Type", content_type],
      ],
      payload,
    ),
  );
}
