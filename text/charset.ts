import { isUtf8 } from "node:buffer";
import { analyse } from "chardet";

/** A body as text, with the encoding it was read in and what said so. */
export interface DecodedBody {
  readonly text: string;
  /** Name of the WHATWG Encoding Standard, e.g. `utf-8`, `gb18030`, `windows-1252`. */
  readonly charset: string;
  readonly basis: "bom" | "header" | "declared" | "detected";
}

/** What is needed of a fetched answer; header names in lower case. */
interface Body {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

type Basis = DecodedBody["basis"];

/** HTML asks for the declaration in the first 1024 bytes; pages with long comments put it later. */
const DECLARATION_BYTES = 4096;

/** Enough for the detector to tell languages apart; it counts every pair of bytes it is given. */
const DETECTION_BYTES = 32_768;

/** A label is given up when more than this share of what is not ASCII cannot be read with it. */
const BROKEN_SHARE = 0.1;

/** So many bytes outside ASCII are not valid UTF-8 by chance in GBK, Big5 or Shift_JIS: under one in 10^8. */
const UTF8_BY_CHANCE = 16;

/**
 * Decodes a page or feed: byte order mark, then the header's charset, then what the document declares, then
 * detection. A label that is unknown or that the bytes plainly contradict is passed over, because servers add one
 * to everything they send.
 */
export function decodeBody({ body, headers }: Body, hint?: "html" | "xml"): DecodedBody {
  const marked = byteOrderMark(body);
  if (marked !== null) return decoded(body, marked, "bom");
  const wide = wideWithoutMark(body);
  if (wide !== null) return decoded(body, wide, "detected");

  const candidates: readonly (readonly [string | null, Basis])[] = [
    [headerCharset(headers["content-type"]), "header"],
    [declaredCharset(body, hint), "declared"],
  ];
  const foreign = countForeign(body);
  const utf8 = isUtf8(body);
  for (const [label, basis] of candidates) {
    const charset = label === null ? null : standardName(label);
    if (charset === null) continue;
    // A document whose ASCII we just read is not UTF-16, whatever it says (HTML 13.2.3.2).
    if (charset.startsWith("utf-16")) continue;
    if (charset !== "utf-8" && utf8 && foreign >= (isSingleByte(charset) ? 2 : UTF8_BY_CHANCE)) continue;
    const reading = decoded(body, charset, basis);
    if (utf8 || brokenShare(reading.text) <= BROKEN_SHARE) return reading;
  }
  if (utf8) return decoded(body, "utf-8", "detected");
  return decoded(body, detect(body), "detected");
}

function decoded(body: Uint8Array, charset: string, basis: Basis): DecodedBody {
  return { text: new TextDecoder(charset).decode(body), charset, basis };
}

function byteOrderMark(body: Uint8Array): string | null {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return "utf-8";
  if (body[0] === 0xff && body[1] === 0xfe) return "utf-16le";
  if (body[0] === 0xfe && body[1] === 0xff) return "utf-16be";
  return null;
}

/** Markup and JSON begin with ASCII characters: two of them with zeros between are UTF-16 (XML 1.0, appendix F). */
function wideWithoutMark(body: Uint8Array): string | null {
  if (body.length < 4) return null;
  const [a, b, c, d] = body as unknown as readonly [number, number, number, number];
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return "utf-16le";
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return "utf-16be";
  return null;
}

function headerCharset(contentType: string | undefined): string | null {
  return /;\s*charset\s*=\s*["']?([^\s"';,]+)/i.exec(contentType ?? "")?.[1] ?? null;
}

function declaredCharset(body: Uint8Array, hint: "html" | "xml" | undefined): string | null {
  const head = new TextDecoder("latin1").decode(body.subarray(0, DECLARATION_BYTES));
  const xml = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']\s*([^\s"']+)/i.exec(head)?.[1] ?? null;
  if (hint === "xml") return xml;
  const html = /<meta\s[^>]*?charset\s*=\s*["']?\s*([^\s"'/>;]+)/i.exec(head)?.[1] ?? null;
  return hint === "html" ? (html ?? xml) : (xml ?? html);
}

/** Null for labels nobody knows and for plain ASCII, which says nothing of the bytes outside it. */
function standardName(label: string): string | null {
  if (/^(?:us-ascii|ascii|ansi_x3\.4-1968)$/i.test(label)) return null;
  try {
    const { encoding } = new TextDecoder(label);
    // GB 18030 holds all of GB 2312 and GBK, and pages labelled with the older names use its characters.
    return encoding === "gbk" || encoding === "gb2312" ? "gb18030" : encoding;
  } catch {
    return null;
  }
}

function isSingleByte(charset: string): boolean {
  return /^(?:windows-|iso-8859-|koi8|macintosh|x-mac|ibm866)/.test(charset);
}

function countForeign(body: Uint8Array): number {
  let count = 0;
  for (const byte of body) if (byte > 0x7f && ++count >= UTF8_BY_CHANCE) break;
  return count;
}

function brokenShare(text: string): number {
  let foreign = 0;
  let broken = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    foreign++;
    if (unit === 0xfffd) broken++;
  }
  return foreign === 0 ? 0 : broken / foreign;
}

function detect(body: Uint8Array): string {
  for (const { name } of analyse(withoutMarkup(body))) {
    const charset = standardName(name);
    if (charset === null || charset.startsWith("utf-16")) continue;
    if (brokenShare(new TextDecoder(charset).decode(body)) <= BROKEN_SHARE) return charset;
  }
  return "windows-1252";
}

/** Tags are ASCII in every encoding: they only make all of them look alike. */
function withoutMarkup(body: Uint8Array): Uint8Array {
  const kept = new Uint8Array(Math.min(body.length, DETECTION_BYTES));
  let length = 0;
  let inTag = false;
  for (const byte of body) {
    if (byte === 0x3c) inTag = true;
    if (!inTag) kept[length++] = byte;
    if (byte === 0x3e) inTag = false;
    if (length === kept.length) break;
  }
  return kept.subarray(0, length);
}
