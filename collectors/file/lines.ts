/** A line, or why it cannot be one. Numbers count from 1, as editors do. */
export interface Line {
  readonly number: number;
  readonly text: string;
  readonly problem: string | null;
}

/** No real post has this many bytes; a file without line ends must not fill the memory. */
export const LONGEST_LINE = 10_000_000;
const SHOWN_OF_LONG = 2_000;

const NEWLINE = 0x0a;

/** Splits bytes into lines, strict about UTF-8. A byte order mark and carriage returns are left out. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Line[]> {
  const strict = new TextDecoder("utf-8", { fatal: true });
  const lenient = new TextDecoder("utf-8");
  let parts: Uint8Array[] = [];
  let held = 0;
  let skipped = 0;
  let number = 0;
  const finish = (): Line => {
    const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    const length = held + skipped;
    parts = [];
    held = 0;
    skipped = 0;
    number++;
    if (length > LONGEST_LINE) {
      const problem = `the line has ${length} bytes; more than ${LONGEST_LINE} is no post`;
      return { number, text: lenient.decode(bytes.subarray(0, SHOWN_OF_LONG)), problem };
    }
    try {
      return { number, text: strict.decode(bytes).replace(/\r$/, ""), problem: null };
    } catch {
      return {
        number,
        text: lenient.decode(bytes),
        problem: "the line is not valid UTF-8; save the file as UTF-8",
      };
    }
  };
  const hold = (part: Uint8Array) => {
    if (held + part.length > LONGEST_LINE) skipped += part.length;
    else {
      parts.push(part);
      held += part.length;
    }
  };
  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      hold(chunk.subarray(start, end));
      lines.push(finish());
      start = end + 1;
    }
    // A copy: the stream may use the chunk's memory again.
    if (start < chunk.length) hold(chunk.slice(start));
    if (lines.length > 0) yield lines;
  }
  if (held + skipped > 0) yield [finish()];
}
