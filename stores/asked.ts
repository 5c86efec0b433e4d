import { UsageError } from "../contracts/errors.ts";
import type { Query } from "../contracts/query.ts";
import type { Kind } from "../contracts/store.ts";
import { type SearchPhrase, searchPhrase } from "../text/searchable.ts";
import { FIELDS, type FieldType, fieldType } from "./fields.ts";

/**
 * Which field a search for a value means, and its type; `field` is null when it names none. Throws UsageError for a
 * field that is not there, and for one that has no beginning to search by.
 */
export function askedField(
  kind: Kind,
  { field, value, prefix }: Query & { readonly kind: "text" },
): { readonly name: string; readonly type: FieldType } {
  const name = field ?? defaultField(kind, value);
  const type = fieldType(kind, name);
  if (prefix && (type === "date" || type === "number")) {
    throw new UsageError(`${name} cannot be searched by its beginning; write ${name}:[a TO b].`);
  }
  return { name, type };
}

/** The type of a field that a search asks a range of. */
export function rangeType(kind: Kind, field: string): FieldType {
  const type = fieldType(kind, field);
  if (type === "text" || type === "contains") {
    throw new UsageError(`${field} is searched by its words, not by range.`);
  }
  return type;
}

/** Checks that a field may be searched with a star in its value. */
export function wildcardType(kind: Kind, field: string): FieldType {
  const type = fieldType(kind, field);
  if (type === "keyword" || type === "lang" || type === "contains") return type;
  throw new UsageError(`${field} cannot be searched with * in the middle; * may stand at the end of a word.`);
}

/** The words to search the full-text index for. */
export function askedWords(value: string): SearchPhrase {
  const wanted = searchPhrase(value);
  if (wanted === null) throw new UsageError(`There is no letter or digit to search for in "${value}".`);
  return wanted;
}

/** Posts are searched in title and text before this is asked. */
function defaultField(kind: Kind, value: string): string {
  if (kind === "quarantine") return "reason";
  throw new UsageError(
    `Say in which field of ${kind} to look for "${value}", e.g. ${Object.keys(FIELDS[kind])[0]}:${value}`,
  );
}
