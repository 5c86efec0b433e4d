import type { Query } from "../contracts/query.ts";
import {
  atEnd,
  atOperator,
  atQuote,
  mistake,
  partsBetweenStars,
  type Reader,
  skipSpace,
  starOf,
  take,
  takeOperator,
  takeQuoted,
  takeWord,
  unescaped,
} from "./query-reader.ts";

/** Elasticsearch refuses a query of more clauses than this by default; a query must mean the same in every store. */
const MOST_CLAUSES = 1024;
/** Ample for that many clauses; it bounds what a pasted article costs. */
const LONGEST = 100_000;
/** Deep enough for any query a person writes, shallow enough for every stack it passes through. */
const DEEPEST = 50;

/**
 * Reads a search: words (all must occur), "phrases", `field:value`, `field:"…"`, `field:(a OR b)`, `field:[a TO b]`,
 * `{a TO b}` without the bounds, `field:>=a`, `word*`, `field:a*b`, `field:*` (is there), `*` (everything), AND, OR, NOT or `-`,
 * parentheses; `\` before a character takes its meaning away. AND binds more tightly than OR. Only the first colon
 * parts field and value, so that `id:wechat:mp-1` works. Fields are checked by the store. An empty search finds
 * everything. Throws UsageError with the place of the mistake. Linear in the length of the text.
 */
export function parseQuery(text: string): Query {
  const reader: Reader = { text, at: 0, depth: 0, clauses: 0 };
  if (text.length > LONGEST) throw mistake(reader, `it is longer than ${LONGEST} characters`, LONGEST);
  skipSpace(reader);
  if (reader.at === text.length) return { kind: "all" };
  const query = either(reader, null);
  if (reader.at < text.length) throw mistake(reader, "this parenthesis was never opened");
  return query;
}

function either(reader: Reader, field: string | null): Query {
  const parts = [both(reader, field)];
  while (takeOperator(reader, "OR")) parts.push(both(reader, field));
  return parts.length === 1 ? parts[0]! : { kind: "or", parts };
}

function both(reader: Reader, field: string | null): Query {
  const parts = [negated(reader, field)];
  while (takeOperator(reader, "AND") || !(atEnd(reader) || atOperator(reader, "OR"))) {
    parts.push(negated(reader, field));
  }
  return parts.length === 1 ? parts[0]! : { kind: "and", parts };
}

function negated(reader: Reader, field: string | null): Query {
  let not = false;
  while (takeOperator(reader, "NOT") || take(reader, /-(?=[^\s)])/y)) not = !not;
  const part = clause(reader, field);
  skipSpace(reader);
  return not ? { kind: "not", part } : part;
}

function clause(reader: Reader, field: string | null): Query {
  if (atEnd(reader)) throw mistake(reader, "a word, a phrase or a field is missing here");
  if (atOperator(reader, "AND") || atOperator(reader, "OR")) {
    throw mistake(
      reader,
      "something to search for is missing before this word; in quotes it is searched for itself",
    );
  }
  // `https://…` and `10:30` are words, not fields; in `id:(web:1 OR web:2)` all are values of the one field.
  const name = field ?? take(reader, /([A-Za-z][\w.]*):(?!\/\/)/y)?.[1] ?? null;
  const opening = reader.text[reader.at] ?? "";
  if (opening === "(") return group(reader, name);
  if (++reader.clauses > MOST_CLAUSES) {
    throw mistake(reader, `more than ${MOST_CLAUSES} terms; search in several steps`);
  }
  if (name === null) return value(reader, null);
  if (opening === "[" || opening === "{") return range(reader, name);
  if (opening === ">" || opening === "<") return comparison(reader, name);
  return value(reader, name);
}

function group(reader: Reader, field: string | null): Query {
  const opened = reader.at++;
  if (++reader.depth > DEEPEST)
    throw mistake(reader, `more than ${DEEPEST} parentheses inside one another`, opened);
  skipSpace(reader);
  const query = either(reader, field);
  if (reader.at === reader.text.length) throw mistake(reader, "this parenthesis is never closed", opened);
  reader.at++;
  reader.depth--;
  return query;
}

function value(reader: Reader, field: string | null): Query {
  const start = reader.at;
  const quoted = atQuote(reader);
  let written = quoted ? takeQuoted(reader) : takeWord(reader);
  let prefix = quoted && take(reader, /\*/y) !== null;
  if (!quoted) {
    if (written === "*") return field === null ? { kind: "all" } : { kind: "exists", field };
    if (written === "") throw mistake(reader, `a value for ${field} is missing here`);
    const star = starOf(written);
    prefix = star === written.length - 1;
    if (star >= 0 && !prefix) {
      if (field !== null)
        return { kind: "wildcard", field, parts: partsBetweenStars(written).map(unescaped) };
      throw mistake(
        reader,
        "* is understood at the end of a word only, or in the value of a field; write \\* to search for it",
        start + star,
      );
    }
    written = unescaped(prefix ? written.slice(0, -1) : written);
  }
  if (field === null && !/[\p{L}\p{N}]/u.test(written)) {
    throw mistake(reader, "there is no letter or digit to search for", start);
  }
  return { kind: "text", field, value: written, prefix };
}

function range(reader: Reader, field: string): Query {
  const opened = reader.at;
  const fromInclusive = reader.text[reader.at++] === "[";
  const from = bound(reader, opened);
  skipSpace(reader);
  if (take(reader, /TO(?=\s|$)/y) === null)
    throw mistake(reader, `TO is missing here: write ${field}:[a TO b]`);
  const to = bound(reader, opened);
  skipSpace(reader);
  const close = take(reader, /[\]}]/y);
  if (close === null) throw mistake(reader, "this range is never closed with ] or }", opened);
  return { kind: "range", field, from, to, from_inclusive: fromInclusive, to_inclusive: close[0] === "]" };
}

/** One bound of a range; null for `*`. */
function bound(reader: Reader, opened: number): string | null {
  skipSpace(reader);
  if (atQuote(reader)) return takeQuoted(reader);
  const written = take(reader, /[^\s\]}"“]+/y)?.[0];
  if (written === undefined) {
    const at = reader.at === reader.text.length ? opened : reader.at;
    throw mistake(reader, "a bound of the range is missing; * leaves it open", at);
  }
  return written === "*" ? null : written;
}

function comparison(reader: Reader, field: string): Query {
  const sign = take(reader, /[<>]=?/y)![0];
  const written = atQuote(reader) ? takeQuoted(reader) : unescaped(takeWord(reader));
  if (written === "") throw mistake(reader, `a value to compare ${field} with is missing here`);
  const inclusive = sign.endsWith("=");
  return sign.startsWith(">")
    ? { kind: "range", field, from: written, to: null, from_inclusive: inclusive, to_inclusive: true }
    : { kind: "range", field, from: null, to: written, from_inclusive: true, to_inclusive: inclusive };
}
