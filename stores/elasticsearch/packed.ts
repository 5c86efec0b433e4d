import { deflateRawSync, inflateRawSync } from "node:zlib";

/**
 * A whole record as it lies in its index beside the fields that people see: names in its sentences are not read by looking
 * at it, and it takes less room.
 */
export type Packed<R> = string & { readonly holds?: R };

/** Records are short: a larger window finds no more in them, and costs twice the time to make. */
const FOR_SHORT = { level: 1, memLevel: 3, windowBits: 10 };

export function packed<R>(record: R): Packed<R> {
  return deflateRawSync(JSON.stringify(record), FOR_SHORT).toString("base64");
}

export function unpacked<R>(body: Packed<R>): R {
  return JSON.parse(inflateRawSync(Buffer.from(body, "base64")).toString()) as R;
}
