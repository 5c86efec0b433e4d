import { deflateRawSync, inflateRawSync } from "node:zlib";

/**
 * A whole record as it lies in its index beside the fields that people see: in base64, so that names in its sentences are not
 * read by looking at it. A long one is deflated.
 */
export type Packed<R> = string & { readonly holds?: R };

/** Of a shorter text deflating saves some hundred bytes, and takes ten times as long as all the rest of packing. */
const DEFLATED_FROM = 2_000;
/** No deflated record begins with it: it would be one whose first letter is beyond ASCII (RFC 1951, 3.2.6). */
const PLAIN = "{".charCodeAt(0);

/** Our records find no more in a larger window, and it costs twice the time to make. */
const SMALL = { level: 1, memLevel: 3, windowBits: 10 };

export function packed<R>(record: R): Packed<R> {
  const text = JSON.stringify(record);
  return (text.length < DEFLATED_FROM ? Buffer.from(text) : deflateRawSync(text, SMALL)).toString("base64");
}

export function unpacked<R>(body: Packed<R>): R {
  const bytes = Buffer.from(body, "base64");
  return JSON.parse((bytes[0] === PLAIN ? bytes : inflateRawSync(bytes)).toString()) as R;
}
