import type { Query } from "../../contracts/query.ts";
import type { Kind } from "../../contracts/store.ts";
import { askedField, rangeType, wildcardType } from "../asked.ts";
import { dateSpan, rangeSpan, type TimeSpan } from "../dates.ts";
import { fieldType, numberOf } from "../fields.ts";
import { COLUMNS, type Column } from "./columns.ts";
import { wordsOnly } from "./match.ts";

/** A condition with its values, in the order of their question marks. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** The last code point: no text that begins with a prefix comes after the prefix and this. */
const LAST = "\u{10ffff}";

/** What a query asks of a row of `kind`. Throws UsageError for a field that is not there or a value it cannot have. */
export function where(kind: Kind, query: Query): Condition {
  const words = wordsOnly(kind, query);
  if (words !== null) return matching(words);
  switch (query.kind) {
    case "all":
      return { sql: "TRUE", values: [] };
    case "and":
    case "or":
      return joined(query.kind, partsOf(kind, query.kind, query.parts));
    case "not": {
      const { sql, values } = where(kind, query.part);
      // A row without the field is not one that has the value.
      return { sql: `(${sql}) IS NOT TRUE`, values };
    }
    case "exists": {
      fieldType(kind, query.field);
      return on(kind, query.field, (value) => ({ sql: `${value} IS NOT NULL`, values: [] }));
    }
    case "text":
      return equal(kind, query);
    case "wildcard": {
      const folds = wildcardType(kind, query.field) === "contains";
      const pattern = query.parts.map((part) => part.replace(/[*?[]/g, "[$&]")).join("*");
      return on(kind, query.field, (sql) =>
        folds
          ? { sql: `lower(${sql}) GLOB lower(?)`, values: [pattern] }
          : { sql: `${sql} GLOB ?`, values: [pattern] },
      );
    }
    case "range":
      return within(kind, query);
  }
}

function matching(words: string): Condition {
  return { sql: "p.key IN (SELECT rowid FROM search WHERE search MATCH ?)", values: [words] };
}

/** The parts' conditions; those that ask for words alone are one search of the index. */
function partsOf(kind: Kind, operator: "and" | "or", parts: readonly Query[]): readonly Condition[] {
  const words = parts.map((part) => wordsOnly(kind, part));
  const others = parts.filter((_, i) => words[i] === null).map((part) => where(kind, part));
  const together = words.filter((part) => part !== null).join(operator === "and" ? " AND " : " OR ");
  return together === "" ? others : [matching(together), ...others];
}

/** Balanced, because SQLite refuses an expression deeper than 1,000. */
function joined(operator: "and" | "or", parts: readonly Condition[]): Condition {
  if (parts.length === 0) return { sql: operator === "and" ? "TRUE" : "FALSE", values: [] };
  if (parts.length === 1) return parts[0]!;
  const half = parts.length >> 1;
  const left = joined(operator, parts.slice(0, half));
  const right = joined(operator, parts.slice(half));
  return { sql: `(${left.sql} ${operator} ${right.sql})`, values: [...left.values, ...right.values] };
}

function equal(kind: Kind, query: Query & { readonly kind: "text" }): Condition {
  const { value, prefix } = query;
  const { name, type } = askedField(kind, query);
  return on(kind, name, (sql) => {
    switch (type) {
      case "date":
        return between(sql, dateSpan(name, value));
      case "number":
        return { sql: `${sql} = ?`, values: [numberOf(name, value)] };
      case "contains":
        return { sql: `instr(lower(${sql}), lower(?)) > 0`, values: [value] };
      case "lang":
        if (!prefix) {
          return {
            sql: `(${sql} = ? OR (${sql} > ? AND ${sql} < ?))`,
            values: [value, `${value}-`, `${value}-${LAST}`],
          };
        }
        return beginning(sql, value);
      default:
        return prefix ? beginning(sql, value) : { sql: `${sql} = ?`, values: [value] };
    }
  });
}

function within(kind: Kind, range: Query & { readonly kind: "range" }): Condition {
  const { field, from, to, from_inclusive, to_inclusive } = range;
  const type = rangeType(kind, field);
  if (from === null && to === null) return where(kind, { kind: "exists", field });
  return on(kind, field, (sql) => {
    if (type === "date") return between(sql, rangeSpan(range));
    const bound = (value: string) => (type === "number" ? numberOf(field, value) : value);
    return bounded(sql, [
      from === null ? null : [from_inclusive ? ">=" : ">", bound(from)],
      to === null ? null : [to_inclusive ? "<=" : "<", bound(to)],
    ]);
  });
}

function between(sql: string, { from, until }: TimeSpan): Condition {
  return bounded(sql, [from === null ? null : [">=", from], until === null ? null : ["<", until]]);
}

function beginning(sql: string, prefix: string): Condition {
  return bounded(sql, [
    [">=", prefix],
    ["<", `${prefix}${LAST}`],
  ]);
}

function bounded(
  sql: string,
  bounds: readonly (readonly [sign: string, value: string | number] | null)[],
): Condition {
  const given = bounds.filter((bound) => bound !== null);
  return {
    sql: `(${given.map(([sign]) => `${sql} ${sign} ?`).join(" AND ")})`,
    values: given.map(([, value]) => value),
  };
}

function on(kind: Kind, field: string, condition: (sql: string) => Condition): Condition {
  const columns: Readonly<Record<string, Column>> = COLUMNS[kind];
  const { sql, within: wrap } = columns[field]!;
  const asked = condition(sql);
  return wrap === undefined ? asked : { sql: wrap(asked.sql), values: asked.values };
}
