import type { Mapped } from "../../contracts/collector.ts";
import { parseJsonExact } from "../../text/json-exact.ts";
import { isFields } from "../fields.ts";
import type { Around, Row } from "./formats/format.ts";
import { formats } from "./formats/index.ts";
import type { FileOptions } from "./options.ts";
import { jsonProblem } from "./record.ts";

type Name = keyof typeof formats;

/** A record of a format with a name: JSON as it was written, or a row by the names of its columns. */
export interface Tagged {
  readonly format: Name;
  readonly json?: string;
  readonly around?: Around;
  readonly row?: Row;
  /** Which of the format's tables the row is from. */
  readonly table?: number;
}

export function isTagged(raw: unknown): raw is Tagged {
  if (!isFields(raw) || typeof raw.format !== "string" || !Object.hasOwn(formats, raw.format)) return false;
  return typeof raw.json === "string" || isFields(raw.row);
}

export function mapTagged(
  { format: name, json, around = {}, row, table = 0 }: Tagged,
  options: FileOptions,
): Mapped {
  const { title, records, rows } = formats[name];
  if (row !== undefined) {
    const reading = rows?.[table];
    if (reading === undefined) return { rejected: `${title} has no such table` };
    const known = new Set([...reading.needs.flat(), ...reading.used, ...reading.ignored]);
    const unknown_fields = Object.keys(row).filter(
      (column) => column !== "" && !known.has(column) && reading.ignoredLike?.test(column) !== true,
    );
    const draft = reading.map(row, options);
    return "rejected" in draft ? draft : { draft, unknown_fields };
  }
  if (records === undefined) return { rejected: `${title} is a table, and this is a record of JSON` };
  let record: unknown;
  try {
    record = parseJsonExact(json!);
  } catch (error) {
    if (error instanceof SyntaxError) return { rejected: jsonProblem(json!, error) };
    throw error;
  }
  if (!isFields(record)) return { rejected: `the record is no object, as those of ${title} are` };
  const mapped = records.map(record, options, around);
  const { seen_at } = around;
  if (seen_at === undefined || "rejected" in mapped) return mapped;
  return { ...mapped, draft: { ...mapped.draft, observed_at: seen_at } };
}
