import type { CollectorIo } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import { headOf, MOST_BYTES } from "../warc.ts";

/** One record of a WARC file. */
export interface WarcRecord {
  /** Counts from 1. */
  readonly number: number;
  readonly type: string;
  readonly url: string;
  /** When it was captured, as the record has it. */
  readonly at: string | null;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly block: Uint8Array;
  /** Why the block is not whole: the file breaks off, it is too large, or its writer cut it and says so. */
  readonly cut: string | null;
}

/** No head of a record is longer; where none ends, the file is damaged. */
const LONGEST_HEAD = 65_536;
const FIRST = "WARC/1.";

/**
 * The records of a WARC file, unpacked, one by one: in memory is the one that is read. Where the file breaks off, the
 * record begun comes with what there is of it; bytes between records are told and passed over.
 */
export async function* warcRecords(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  warn: CollectorIo["warn"],
): AsyncGenerator<WarcRecord> {
  const bytes = new Bytes(chunks);
  for (let number = 1; ; number++) {
    await bytes.skipBlankLines();
    if (!(await bytes.startsWith(FIRST))) {
      // Writers get a length wrong at times; the next record begins a line.
      const dropped = await bytes.skipTo(`\n${FIRST}`);
      if (dropped > 0)
        warn(`${name} record ${number - 1}`, `${dropped} bytes that no record claims follow it`);
    }
    const found = await bytes.head(LONGEST_HEAD);
    if (found === null) {
      if (bytes.failure !== null) throw bytes.failure;
      return;
    }
    const head = headOf(found);
    const length = Number(head?.headers["content-length"]);
    if (head === null || !/^WARC\/[\d.]+$/.test(head.first) || !Number.isSafeInteger(length) || length < 0) {
      if (bytes.failure !== null) throw bytes.failure;
      throw new SetAside(
        `${name} breaks off in its record ${number}, before its block. What came before was read`,
      );
    }
    const { headers } = head;
    const block = await bytes.take(Math.min(length, MOST_BYTES));
    await bytes.skip(length - Math.min(length, MOST_BYTES));
    const cut = cutOf(headers["warc-truncated"], length, block.length);
    yield {
      number,
      type: headers["warc-type"] ?? "",
      url: (headers["warc-target-uri"] ?? "").replace(/^<|>$/g, ""),
      at: headers["warc-date"] ?? null,
      headers,
      block,
      cut,
    };
  }
}

function cutOf(declared: string | undefined, length: number, read: number): string | null {
  if (declared !== undefined) return `its writer cut it (WARC-Truncated: ${declared})`;
  if (length > MOST_BYTES) return `it has ${length.toLocaleString("en")} bytes`;
  return read < length ? `the file breaks off inside it, after ${read} of ${length} bytes` : null;
}

/** A stream read in lengths instead of chunks. A failure of the stream is kept until what came before it is read. */
class Bytes {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);
  ended = false;
  failure: unknown = null;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#source = chunks[Symbol.asyncIterator]();
  }

  async #more(): Promise<boolean> {
    if (this.ended) return false;
    try {
      const next = await this.#source.next();
      if (next.done === true) this.ended = true;
      else this.#held = Buffer.concat([this.#held, next.value]);
    } catch (error) {
      this.failure = error;
      this.ended = true;
    }
    return !this.ended;
  }

  async skipBlankLines(): Promise<void> {
    for (;;) {
      let at = 0;
      while (this.#held[at] === 0x0d || this.#held[at] === 0x0a) at++;
      this.#held = this.#held.subarray(at);
      if (this.#held.length > 0 || !(await this.#more())) return;
    }
  }

  async startsWith(text: string): Promise<boolean> {
    while (this.#held.length < text.length && (await this.#more()));
    return this.#held.length === 0 || this.#held.subarray(0, text.length).toString("latin1") === text;
  }

  /** Drops all before the line that begins so, or all there is; how many bytes that were. */
  async skipTo(mark: string): Promise<number> {
    let dropped = 0;
    for (;;) {
      const at = this.#held.indexOf(mark, 0, "latin1");
      const end = at >= 0 ? at + 1 : Math.max(0, this.#held.length - mark.length);
      dropped += this.#cut(end).length;
      if (at >= 0) return dropped;
      if (!(await this.#more())) return dropped + this.#cut(this.#held.length).length;
    }
  }

  /** Up to the empty line that ends a head; what there is when none ends within `most`; null at the end. */
  async head(most: number): Promise<Uint8Array | null> {
    for (;;) {
      const crlf = this.#held.indexOf("\r\n\r\n");
      const end = crlf >= 0 ? crlf + 4 : this.#held.indexOf("\n\n") + 2;
      if (end >= 4 || (end > 1 && crlf < 0)) return this.#cut(end);
      if (this.#held.length > most || !(await this.#more())) {
        return this.#held.length === 0 ? null : this.#cut(Math.min(this.#held.length, most));
      }
    }
  }

  async take(length: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let wanted = length;
    while (wanted > 0) {
      if (this.#held.length === 0 && !(await this.#more())) break;
      const part = this.#cut(Math.min(wanted, this.#held.length));
      parts.push(part);
      wanted -= part.length;
    }
    return Buffer.concat(parts);
  }

  async skip(length: number): Promise<void> {
    let left = length;
    while (left > 0) {
      if (this.#held.length === 0 && !(await this.#more())) return;
      left -= this.#cut(Math.min(left, this.#held.length)).length;
    }
  }

  #cut(length: number): Uint8Array {
    const part = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    return part;
  }
}
