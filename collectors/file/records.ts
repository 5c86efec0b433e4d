import type { RawRecord } from "../../contracts/collector.ts";
import { parseJsonExact } from "../../text/json-exact.ts";
import { isFields } from "../fields.ts";
import { type Element, elementsOf } from "./elements.ts";
import type { RecordFormat } from "./formats/format.ts";
import type { FormatName } from "./formats/names.ts";
import { type Line, linesOf } from "./lines.ts";
import { peek } from "./open.ts";
import type { FileOptions } from "./options.ts";
import { formatNamed, readingOf, TOLD_BY } from "./reading.ts";
import type { Unreadable } from "./record.ts";
import { rowsOf } from "./rows.ts";
import type { Tagged } from "./tagged.ts";

/** The records of a file, however it is written. `told` hears which format it was found to have. */
export async function* recordsOf(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  options: FileOptions,
  told: (format: FormatName) => void,
): AsyncGenerator<RawRecord> {
  const { start, whole } = await peek(chunks, TOLD_BY);
  const reading = readingOf(new TextDecoder().decode(start), name, options.format);
  if (reading.by === "rows") {
    yield* rowsOf(whole, name, options, told);
    return;
  }
  told(reading.format);
  const { records } = formatNamed(reading.format) ?? {};
  if (reading.by === "lines") {
    for await (const lines of linesOf(whole)) {
      for (const line of lines) {
        if (line.problem !== null || /\S/.test(line.text))
          yield* taggedLine(line, name, reading.format, records);
      }
    }
    return;
  }
  for await (const elements of elementsOf(whole, name, reading.paths)) {
    for (const element of elements) yield* taggedElement(element, name, reading.format, records);
  }
}

function* taggedLine(
  { number, text, problem }: Line,
  name: string,
  format: FormatName,
  records: RecordFormat | undefined,
): Generator<RawRecord> {
  const where = `${name} line ${number}`;
  if (problem !== null) yield { where, raw: { problem, raw: text } satisfies Unreadable };
  else if (records === undefined) yield { where, raw: text };
  else yield* withThoseInside(where, { format: format as Tagged["format"], json: text }, records);
}

function* taggedElement(
  { number, text, problem, around }: Element,
  name: string,
  format: FormatName,
  records: RecordFormat | undefined,
): Generator<RawRecord> {
  const where = `${name} record ${number}`;
  const refused = records?.refuse?.(around) ?? null;
  if (refused !== null) yield { where, raw: { problem: refused, raw: "" } satisfies Unreadable };
  else if (problem !== null) yield { where, raw: { problem, raw: text } satisfies Unreadable };
  else if (records === undefined) yield { where, raw: text };
  else yield* withThoseInside(where, { format: format as Tagged["format"], json: text, around }, records);
}

/** The record, and before it the posts that stand inside it: what it repeats was there first. */
function* withThoseInside(where: string, tagged: Tagged, { split }: RecordFormat): Generator<RawRecord> {
  if (split !== undefined) {
    for (const inner of split(parsed(tagged.json!))) {
      yield { where: `${where}, the post inside`, raw: { ...tagged, json: JSON.stringify(inner) } };
    }
  }
  yield { where, raw: tagged };
}

/** What is no object holds nothing; `map` will say why it is none. */
function parsed(json: string) {
  try {
    const record = parseJsonExact(json);
    return isFields(record) ? record : {};
  } catch {
    return {};
  }
}
