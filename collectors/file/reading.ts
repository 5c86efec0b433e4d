import { startOfJson } from "./elements.ts";
import type { Format } from "./formats/format.ts";
import { formats } from "./formats/index.ts";
import { FORMATS, type FormatName } from "./formats/names.ts";

/** How the bytes of a file are taken apart, and what its records are. */
export type Reading =
  | { readonly by: "rows"; readonly format: FormatName | null }
  | { readonly by: "lines"; readonly format: FormatName }
  | { readonly by: "elements"; readonly format: FormatName; readonly paths: readonly string[] };

/** Wide captures put what tells them at the end of a line; the widest seen have 150 KB. */
export const TOLD_BY = 262_144;

/**
 * Tells how a file is written from how it begins. A name in `format` outranks that; the file's name decides only where the
 * beginning leaves it open.
 */
export function readingOf(start: string, name: string, format: FormatName | undefined): Reading {
  const text = start.replace(/^\ufeff/, "").trimStart();
  const isTable =
    format === undefined
      ? /\.(?:csv|tsv)(?:\.gz)?$/i.test(name) || (text !== "" && !/^[{[]/.test(text) && !isJsonName(name))
      : format === "csv" ||
        (format !== "jsonl" && !/^[{[]/.test(text) && formatNamed(format)?.rows !== undefined);
  if (isTable) return { by: "rows", format: format ?? null };

  const json = startOfJson(text);
  const found = json === undefined ? null : recordsIn(json.value, format);
  // Records that are one line each are read faster line by line, and a bad one costs no other.
  const isLines = json === undefined || json.lines === 1;
  if (found === null) {
    const isList = json !== undefined && Array.isArray(json.value) && !(isLines && isOneOfMany(text));
    if (isList) return { by: "elements", format: format ?? "jsonl", paths: ["[]"] };
    return isLines || format === "jsonl"
      ? { by: "lines", format: format ?? "jsonl" }
      : { by: "elements", format: format ?? "jsonl", paths: [""] };
  }
  const { format: told, paths } = found;
  return isLines && paths[0] === "" ? { by: "lines", format: told } : { by: "elements", format: told, paths };
}

/** Whether a list that is one line is followed by a line that is none: then it is a bad line among others. */
const isOneOfMany = (text: string) => /^[^\n]*\n\s*[^\s[]/.test(text);

const isJsonName = (name: string) => /\.(?:jsonl|ndjson|json)(?:\.gz)?$/i.test(name);

export function formatNamed(name: FormatName): Format | null {
  return Object.hasOwn(formats, name) ? formats[name as keyof typeof formats] : null;
}

function recordsIn(
  start: unknown,
  only: FormatName | undefined,
): { readonly format: FormatName; readonly paths: readonly string[] } | null {
  for (const [format, { records }] of Object.entries(formats) as [FormatName, Format][]) {
    if (only !== undefined && only !== format) continue;
    const paths = records?.find(start) ?? null;
    if (paths !== null) return { format, paths };
  }
  return null;
}

/** Posts in an answer that a platform's pages were given. */
export interface Answer {
  readonly format: FormatName;
  readonly paths: readonly string[];
}

/** Where the posts are in an answer of this platform; null when nobody knows its answers, or this one has none. */
export function answerReading(json: string, platform: string | null): Answer | null {
  const format = FORMATS.find((name) => name === platform);
  if (format === undefined) return null;
  const start = startOfJson(
    json
      .slice(0, TOLD_BY)
      .replace(/^\ufeff/, "")
      .trimStart(),
  );
  return start === undefined ? null : recordsIn(start.value, format);
}
