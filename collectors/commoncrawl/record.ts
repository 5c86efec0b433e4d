import { constants, gunzipSync } from "node:zlib";
import { SetAside } from "../../contracts/errors.ts";
import { answerIn, headOf, MOST_BYTES } from "../warc.ts";

/** The answer that a WARC record holds. */
export interface RecordedAnswer {
  readonly url: string;
  /** ISO 8601, as the record has it. */
  readonly at: string | null;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded of chunks and content encoding. */
  readonly body: Uint8Array;
}

/** Reads one `response` record: a member of gzip, or bare. One that was cut short is read as far as it goes. */
export function readRecord(bytes: Uint8Array, where: string): RecordedAnswer {
  const record = headOf(unzipped(bytes, where));
  if (record === null || !/^WARC\/[\d.]+$/.test(record.first)) {
    throw new SetAside(`${where} is no WARC record; the index and the archive's files do not fit together.`);
  }
  const { headers: warc } = record;
  if (warc["warc-type"] !== "response") {
    throw new SetAside(`${where} is a WARC record of the type "${warc["warc-type"] ?? ""}", not an answer.`);
  }
  const length = Number(warc["content-length"]);
  const block = record.rest.subarray(0, Number.isSafeInteger(length) ? length : undefined);
  const answer = answerIn(block);
  if (answer === null) throw new SetAside(`${where} holds no answer of HTTP.`);
  return {
    url: (warc["warc-target-uri"] ?? "").replace(/^<|>$/g, ""),
    at: warc["warc-date"] ?? null,
    ...answer,
  };
}

function unzipped(bytes: Uint8Array, where: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (cause) {
    throw new SetAside(`${where} cannot be unpacked (${(cause as Error).message}).`, { cause });
  }
}
