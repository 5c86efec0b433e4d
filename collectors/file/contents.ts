import { parseJsonExact } from "../../text/json-exact.ts";
import { fieldsOf } from "../fields.ts";
import { linesOf } from "./lines.ts";
import type { Packed } from "./zip.ts";

/** Which of the captured addresses somebody looked at; null when the archive does not say. */
export type Pages = ReadonlySet<string> | null;

const RECORDS = /\.(?:jsonl?|ndjson|csv|tsv|warc)(?:\.gz)?$/i;
/** What packers of archives add, and the parts of a WACZ that only serve to find records. */
const OWN = /(?:^|\/)(?:__MACOSX\/|\.)|^(?:indexes\/|datapackage(?:-digest)?\.json$|logs?\/|pages\/)/;

/**
 * What of an archive's files holds records. A collection of captures (WACZ) has its WARC files under `archive/` and a list
 * of the pages that were looked at: frames and scripts of those pages are then told from them.
 */
export async function sorted(
  files: readonly Packed[],
  name: string,
): Promise<{ readonly records: readonly Packed[]; readonly pages: Pages; readonly left: string | null }> {
  const isCollection = files.some((file) => /^archive\/.*\.warc(?:\.gz)?$/i.test(file.name));
  const lists = isCollection ? files.filter((file) => /^pages\/.*\.jsonl$/i.test(file.name)) : [];
  const records = files.filter(
    (file) => RECORDS.test(file.name) && !(isCollection ? OWN : MADE_BY_PACKERS).test(file.name),
  );
  const left = files.filter((file) => !records.includes(file) && !OWN.test(file.name));
  const pages = new Set<string>();
  for (const list of lists) {
    for await (const lines of linesOf(list.read())) {
      for (const { text } of lines) {
        const { url } = fieldsOf(parsed(text));
        if (typeof url === "string") pages.add(url.replace(/#.*$/, ""));
      }
    }
  }
  return {
    records,
    pages: pages.size === 0 ? null : pages,
    left: left.length === 0 ? null : toldOf(left, name),
  };
}

const MADE_BY_PACKERS = /(?:^|\/)(?:__MACOSX\/|\.)/;

function parsed(line: string): unknown {
  try {
    return parseJsonExact(line);
  } catch {
    return null;
  }
}

function toldOf(left: readonly Packed[], name: string): string {
  const shown = left.slice(0, 3).map((file) => file.name);
  const more = left.length > shown.length ? ` and ${left.length - shown.length} more` : "";
  return `${name} holds files that no posts are read from: ${shown.join(", ")}${more}`;
}
