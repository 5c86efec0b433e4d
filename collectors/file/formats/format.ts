import type { Mapped } from "../../../contracts/collector.ts";
import type { PostDraft } from "../../../contracts/post.ts";
import type { Fields } from "../../fields.ts";
import type { FileOptions } from "../options.ts";

export type Row = Readonly<Record<string, string>>;
export type Around = Readonly<Record<string, string>>;

/** A format whose records are JSON objects: lines, or values inside a document. */
export interface RecordFormat {
  /**
   * Paths of the records in a document that begins like this one (`""` is the document itself, `messages[]` the items
   * of a list), or null when this is another format. What is shown may end anywhere.
   */
  readonly find: (start: unknown) => readonly string[] | null;
  /** Posts that stand inside a post, as the one it repeats, each for itself. */
  readonly split?: (record: Fields) => readonly Fields[];
  /** Why the records standing here are not even to be kept; null for those that are read. */
  readonly refuse?: (around: Around) => string | null;
  readonly map: (record: Fields, options: FileOptions, around: Around) => Mapped;
}

/** A format whose records are the rows of a table. */
export interface RowFormat {
  /** Columns without which a row is no post, each by the names it has had; a table without one is refused by its name. */
  readonly needs: readonly (string | readonly string[])[];
  /** Further columns that a draft is made of, and those left alone by name. */
  readonly used: readonly string[];
  readonly ignored: readonly string[];
  /** Columns whose names vary, told by a pattern, left alone as well. */
  readonly ignoredLike?: RegExp;
  readonly map: (row: Row, options: FileOptions) => PostDraft | { readonly rejected: string };
}

export interface Format {
  /** What the file is, for people: `an export of CrowdTangle`. */
  readonly title: string;
  readonly records?: RecordFormat;
  /** More than one where a tool wrote several tables. */
  readonly rows?: readonly RowFormat[];
}

/** The names of a column that must be there, the present one first. */
export function namesOf(need: string | readonly string[]): readonly string[] {
  return typeof need === "string" ? [need] : need;
}

/** The first of several columns that says something. */
export function cell(row: Row, ...columns: readonly string[]): string | null {
  for (const column of columns) {
    const value = row[column]?.trim();
    if (value !== undefined && value !== "") return value;
  }
  return null;
}
