import { isUtf8 } from "node:buffer";

/** A line, or why it cannot be one. Numbers count from 1, as editors do. */
export interface Line {
  readonly number: number;
  readonly text: string;
  readonly problem: string | null;
}

/** No real post has this many bytes; a file without line ends must not fill the memory. */
export const LONGEST_LINE = 10_000_000;
/** So much of a line that is too long is kept, to recognise it by. */
export const SHOWN = 2_000;

const NEWLINE = 0x0a;

/** Splits bytes into lines, strict about UTF-8. A byte order mark and carriage returns are left out. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Line[]> {
  let held: Buffer[] = [];
  let size = 0;
  let number = 0;

  const hold = (part: Buffer): void => {
    size += part.length;
    if (size <= LONGEST_LINE) held.push(part);
    else held = [Buffer.concat(held).subarray(0, SHOWN)];
  };
  const finish = (): Line => {
    const bytes = held.length === 1 ? held[0]! : Buffer.concat(held);
    const problem = problemOf(bytes, size);
    held = [];
    size = 0;
    number += 1;
    const from = number === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    const to = bytes.at(-1) === 0x0d ? bytes.length - 1 : bytes.length;
    return { number, text: bytes.toString("utf8", from, to), problem };
  };

  for await (const raw of chunks) {
    const chunk = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      hold(chunk.subarray(start, end));
      lines.push(finish());
      start = end + 1;
    }
    // A copy: the stream may use the chunk's memory again.
    if (start < chunk.length) hold(Buffer.from(chunk.subarray(start)));
    if (lines.length > 0) yield lines;
  }
  if (size > 0) yield [finish()];
}

function problemOf(bytes: Buffer, size: number): string | null {
  if (size > LONGEST_LINE) {
    return `the line has ${size.toLocaleString("en")} bytes; a record of more than ${LONGEST_LINE.toLocaleString("en")} is no post`;
  }
  if (isUtf8(bytes)) return null;
  return "the line is not valid UTF-8; name the file's encoding if it is another, or save it as UTF-8";
}
