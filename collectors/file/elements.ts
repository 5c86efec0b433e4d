import { isUtf8 } from "node:buffer";
import { SetAside } from "../../contracts/errors.ts";
import { LONGEST_LINE, SHOWN } from "./lines.ts";

/** A value inside a JSON document, as it is written there, or why it cannot be one. */
export interface Element {
  /** Counts from 1 over the document. */
  readonly number: number;
  readonly text: string;
  readonly problem: string | null;
  /** Plain members, read so far, of the objects it stands in; the inner ones win. */
  readonly around: Readonly<Record<string, string>>;
}

/** Deeper documents are somebody's attempt to fill the memory. */
const DEEPEST = 100;
/** A plain member is a name or an id; longer ones are left out of `around`. */
const LONGEST_MEMBER = 1_000;
const MOST_PATHS = 1_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const isOpening = (byte: number) => byte === 0x7b || byte === 0x5b;
const isClosing = (byte: number) => byte === 0x7d || byte === 0x5d;
/** What a value can begin with: `{ [ " - 0 … 9 t f n`. */
const isStart = (byte: number) =>
  isOpening(byte) ||
  byte === QUOTE ||
  byte === 0x2d ||
  (byte >= 0x30 && byte <= 0x39) ||
  "tfn".includes(String.fromCharCode(byte));

interface Level {
  readonly isList: boolean;
  readonly path: string;
  readonly members: Record<string, string>;
  key: string | null;
}

/** `[]` for the items of a list, `messages[]` for those of a member, `a.b` for a member's member, `*` for any name. */
export function isAt(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const [names, wanted] = [path.split("."), pattern.split(".")];
    return names.length === wanted.length && wanted.every((name, i) => name === "*" || name === names[i]);
  });
}

/**
 * Takes the values at some paths out of a JSON document of any size, one by one and as they are written, so that long
 * ids keep their digits and a document that breaks off loses only what comes after. The document may be several
 * values one after another. Throws SetAside where it is no JSON, after the values before that.
 */
export async function* elementsOf(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  patterns: readonly string[],
): AsyncGenerator<readonly Element[]> {
  const walk = new Walk(name, patterns);
  for await (const raw of chunks) {
    const chunk = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
    let failure: SetAside | null = null;
    try {
      walk.read(chunk);
    } catch (error) {
      if (!(error instanceof SetAside)) throw error;
      failure = error;
    }
    const found = walk.take();
    if (found.length > 0) yield found;
    if (failure !== null) throw failure;
  }
  const cut = walk.end();
  const rest = walk.take();
  if (rest.length > 0) yield rest;
  if (cut) {
    throw new SetAside(`${name} is cut short: its JSON does not end. What came before was read; get it anew`);
  }
}

class Walk {
  readonly #name: string;
  readonly #patterns: readonly string[];
  /** Values that stand beside the lists are items too: none is passed over. */
  readonly #isOfLists: boolean;
  readonly #levels: Level[] = [];
  /** Whether a path is wanted; there are few paths and many values. */
  readonly #wanted = new Map<string, boolean>();
  #found: Element[] = [];
  #number = 0;
  /** The value being read: its bytes, how deep we are in it, and whether it is wanted. */
  #value: {
    parts: Buffer[];
    size: number;
    depth: number;
    kind: "nest" | "text" | "word";
    wanted: boolean;
  } | null = null;
  #inText = false;
  #escaped = false;
  #bom = 0;

  constructor(name: string, patterns: readonly string[]) {
    this.#name = name;
    this.#patterns = patterns;
    this.#isOfLists = patterns.every((pattern) => pattern.startsWith("[]"));
  }

  take(): readonly Element[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  read(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) at = this.#value === null ? this.#between(chunk, at) : this.#inside(chunk, at);
  }

  /** True when the document breaks off. */
  end(): boolean {
    const value = this.#value;
    if (value?.kind === "word" && this.#levels.length === 0) this.#finish();
    else if (value?.wanted) this.#emit("the record is cut short: its JSON does not end");
    return this.#value !== null || this.#levels.length > 0;
  }

  #between(chunk: Buffer, at: number): number {
    const byte = chunk[at]!;
    if (isSpace(byte) || byte === COMMA || byte === COLON) return at + 1;
    if (this.#bom < 3 && byte === [0xef, 0xbb, 0xbf][this.#bom]) {
      this.#bom++;
      return at + 1;
    }
    this.#bom = 3;
    const level = this.#levels.at(-1);
    if (isClosing(byte)) {
      if (level === undefined || level.isList !== (byte === 0x5d)) throw this.#broken(byte);
      this.#levels.pop();
      this.#leave();
      return at + 1;
    }
    const isKey = level !== undefined && !level.isList && level.key === null;
    if (isKey && byte !== QUOTE) throw this.#broken(byte);
    const path = this.#pathHere();
    const isBeside = this.#isOfLists && level === undefined && byte !== 0x5b;
    const wanted = !isKey && (isBeside || this.#isWanted(path));
    if (isOpening(byte) && !wanted) {
      if (this.#levels.length >= DEEPEST) {
        throw new SetAside(`${this.#name} nests deeper than ${DEEPEST} levels; it is no export`);
      }
      this.#levels.push({ isList: byte === 0x5b, path, members: {}, key: null });
      return at + 1;
    }
    if (!isStart(byte)) throw this.#broken(byte);
    const kind = isOpening(byte) ? "nest" : byte === QUOTE ? "text" : "word";
    this.#value = { parts: [], size: 0, depth: 0, kind, wanted };
    return at;
  }

  /** Goes to the end of the value, or of the chunk. */
  #inside(chunk: Buffer, from: number): number {
    const value = this.#value!;
    let at = from;
    let ended = false;
    for (; at < chunk.length && !ended; at++) {
      const byte = chunk[at]!;
      if (this.#inText) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) {
          this.#inText = false;
          ended = value.kind === "text";
        }
      } else if (value.kind === "word") {
        if (isSpace(byte) || byte === COMMA || isClosing(byte)) {
          ended = true;
          break;
        }
      } else if (byte === QUOTE) this.#inText = true;
      else if (isOpening(byte)) value.depth++;
      else if (isClosing(byte)) ended = --value.depth === 0;
    }
    this.#keep(chunk.subarray(from, at));
    if (ended) this.#finish();
    return at;
  }

  #keep(part: Buffer): void {
    const value = this.#value!;
    value.size += part.length;
    // A copy: the stream may use the chunk's memory again.
    if (value.size <= LONGEST_LINE) value.parts.push(Buffer.from(part));
    else value.parts = [Buffer.concat(value.parts).subarray(0, SHOWN)];
  }

  #finish(): void {
    const value = this.#value!;
    const level = this.#levels.at(-1);
    if (value.wanted) this.#emit(null);
    else if (level !== undefined && !level.isList) {
      const text =
        value.size > LONGEST_MEMBER ? null : plainText(Buffer.concat(value.parts).toString("utf8"));
      if (level.key === null) {
        this.#value = null;
        level.key = text ?? "";
        return;
      }
      if (text !== null) level.members[level.key] = text;
    }
    this.#value = null;
    this.#leave();
  }

  /** A value of the level is over: its object waits for the next name. */
  #leave(): void {
    const level = this.#levels.at(-1);
    if (level !== undefined) level.key = null;
  }

  #emit(cut: string | null): void {
    const { parts, size } = this.#value!;
    const bytes = Buffer.concat(parts);
    const problem =
      size > LONGEST_LINE
        ? `the record has ${size.toLocaleString("en")} bytes; one of more than ${LONGEST_LINE.toLocaleString("en")} is no post`
        : (cut ??
          (isUtf8(bytes)
            ? null
            : "the record is not valid UTF-8; name the file's encoding if it is another"));
    const text = problem === null ? bytes.toString("utf8") : bytes.toString("utf8", 0, SHOWN);
    const around = Object.assign({}, ...this.#levels.map(({ members }) => members)) as Record<string, string>;
    this.#found.push({ number: ++this.#number, text, problem, around });
  }

  #pathHere(): string {
    const level = this.#levels.at(-1);
    if (level === undefined) return "";
    if (level.isList) return `${level.path}[]`;
    return level.path === "" ? level.key! : `${level.path}.${level.key}`;
  }

  #isWanted(path: string): boolean {
    const known = this.#wanted.get(path);
    if (known !== undefined) return known;
    // Documents whose names are ids have as many paths as ids.
    if (this.#wanted.size > MOST_PATHS) this.#wanted.clear();
    const wanted = isAt(path, this.#patterns);
    this.#wanted.set(path, wanted);
    return wanted;
  }

  #broken(byte: number): SetAside {
    const shown = byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `byte ${byte}`;
    return new SetAside(
      `${this.#name} is no JSON after its record ${this.#number}: ${shown} stands where it cannot. What came before was read`,
    );
  }
}

/** The text of a plain value; null for one that cannot be read. */
function plainText(written: string): string | null {
  try {
    return written.startsWith('"') ? (JSON.parse(written) as string) : written;
  } catch {
    return null;
  }
}

/** The first value of a JSON text of which only the start may be known, as far as it goes; undefined when it is none. */
export function startOfJson(start: string): { readonly value: unknown; readonly lines: number } | undefined {
  const closers: string[] = [];
  let cut = { at: 0, closing: "" };
  let inText = false;
  const value = (at: number, closing: string): unknown => {
    try {
      return JSON.parse(start.slice(0, at) + closing);
    } catch {
      return undefined;
    }
  };
  for (let at = 0; at < start.length; at++) {
    const mark = start[at]!;
    if (inText) {
      if (mark === "\\") at++;
      else if (mark === '"') inText = false;
      continue;
    }
    if (mark === '"') inText = true;
    else if (mark === "{" || mark === "[") {
      closers.unshift(mark === "{" ? "}" : "]");
      if (closers.length > DEEPEST) return undefined;
      cut = { at: at + 1, closing: closers.join("") };
    } else if (mark === "}" || mark === "]") {
      closers.shift();
      cut = { at: at + 1, closing: closers.join("") };
      if (closers.length === 0) break;
    } else if (mark === ",") cut = { at, closing: closers.join("") };
  }
  if (cut.at === 0) return undefined;
  const read = value(cut.at, cut.closing);
  return read === undefined
    ? undefined
    : { value: read, lines: start.slice(0, cut.at).trim().split("\n").length };
}
