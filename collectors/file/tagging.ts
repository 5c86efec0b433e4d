import type { RawRecord } from "../../contracts/collector.ts";
import { parseJsonExact } from "../../text/json-exact.ts";
import { isFields } from "../fields.ts";
import type { Element } from "./elements.ts";
import type { RecordFormat } from "./formats/format.ts";
import type { FormatName } from "./formats/names.ts";
import type { Line } from "./lines.ts";
import type { Unreadable } from "./record.ts";
import type { Tagged } from "./tagged.ts";

/** A line as a record of its format, or why it is none. */
export function* taggedLine(
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

/** The same for a value of a document, or of an answer. */
export function* taggedElement(
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
