import type { estypes } from "@elastic/elasticsearch";
import type { Query } from "../../contracts/query.ts";
import type { Kind } from "../../contracts/store.ts";
import { spacedWords } from "../../text/searchable.ts";
import { askedField, askedWords, rangeType, wildcardType } from "../asked.ts";
import { dateSpan, rangeSpan, type TimeSpan } from "../dates.ts";
import { fieldType, numberOf } from "../fields.ts";
import { NAMED, namedAt } from "./shown.ts";

type Dsl = estypes.QueryDslQueryContainer;

const EVERYTHING: Dsl = { match_all: {} };
const NOTHING: Dsl = { match_none: {} };

/**
 * Words of an index that a beginning may stand for within a phrase. A Chinese character begins some thousands of
 * pairs.
 */
const MOST_EXPANSIONS = 50_000;

/** What a query asks of a document of `kind`. Throws UsageError for a field that is not there or a value it cannot have. */
export function compiled(kind: Kind, query: Query): Dsl {
  switch (query.kind) {
    case "all":
      return EVERYTHING;
    case "and":
      return query.parts.length === 0
        ? EVERYTHING
        : { bool: { filter: query.parts.map((part) => compiled(kind, part)) } };
    case "or":
      return either(query.parts.map((part) => compiled(kind, part)));
    case "not":
      return { bool: { must_not: [compiled(kind, query.part)] } };
    case "exists":
      fieldType(kind, query.field);
      return { exists: { field: at(kind, query.field) } };
    case "text":
      return isWords(kind, query) ? words(query) : equal(kind, query);
    case "wildcard": {
      const case_insensitive = wildcardType(kind, query.field) === "contains";
      const value = query.parts.map(literally).join("*");
      return { wildcard: { [at(kind, query.field)]: { value, case_insensitive } } };
    }
    case "range":
      return within(kind, query);
  }
}

/** All words and phrases that a query asks for: what a post is ranked by. */
export function ranking(query: Query): readonly Dsl[] {
  if (query.kind === "and" || query.kind === "or") return query.parts.flatMap(ranking);
  return query.kind === "text" && isWords("posts", query) ? [words(query)] : [];
}

/** Where the values of a field stand as they are: what readers see of it may be a pseudonym. */
function at(kind: Kind, field: string): string {
  return kind === "posts" && Object.hasOwn(NAMED, field) ? namedAt(field) : field;
}

type Text = Query & { readonly kind: "text" };

function isWords(kind: Kind, { field }: Text): boolean {
  return kind === "posts" && (field === null || fieldType(kind, field) === "text");
}

/** The words of a text one after the other, in one field or in either. */
function words({ field, value, prefix }: Text): Dsl {
  const wanted = askedWords(value);
  const query = spacedWords(wanted.words);
  const open = prefix || wanted.prefix;
  const one = !query.includes(" ");
  return either(
    (field === null ? ["title", "text"] : [field]).map((name) => {
      const words = `words.${name}`;
      if (one)
        return open ? { prefix: { [words]: { value: query } } } : { term: { [words]: { value: query } } };
      return open
        ? { match_phrase_prefix: { [words]: { query, max_expansions: MOST_EXPANSIONS } } }
        : { match_phrase: { [words]: { query } } };
    }),
  );
}

function equal(kind: Kind, query: Text): Dsl {
  const { value, prefix } = query;
  const { name: field, type } = askedField(kind, query);
  const name = at(kind, field);
  switch (type) {
    case "date":
      return between(name, dateSpan(field, value));
    case "number":
      return { term: { [name]: { value: numberOf(field, value) } } };
    case "contains":
      return { wildcard: { [name]: { value: `*${literally(value)}*`, case_insensitive: true } } };
    case "lang":
      return prefix ? beginning(name, value) : either([exactly(name, value), beginning(name, `${value}-`)]);
    default:
      return prefix ? beginning(name, value) : exactly(name, value);
  }
}

function within(kind: Kind, range: Query & { readonly kind: "range" }): Dsl {
  const { field, from, to, from_inclusive, to_inclusive } = range;
  const type = rangeType(kind, field);
  if (from === null && to === null) return { exists: { field: at(kind, field) } };
  if (type === "date") return between(field, rangeSpan(range));
  const bound = (value: string) => (type === "number" ? numberOf(field, value) : value);
  return {
    range: {
      [at(kind, field)]: {
        ...(from === null ? {} : { [from_inclusive ? "gte" : "gt"]: bound(from) }),
        ...(to === null ? {} : { [to_inclusive ? "lte" : "lt"]: bound(to) }),
      },
    },
  };
}

function between(field: string, { from, until }: TimeSpan): Dsl {
  return {
    range: {
      [field]: {
        format: "epoch_millis",
        ...(from === null ? {} : { gte: from }),
        ...(until === null ? {} : { lt: until }),
      },
    },
  };
}

function exactly(field: string, value: string): Dsl {
  return { term: { [field]: { value } } };
}

function beginning(field: string, value: string): Dsl {
  return { prefix: { [field]: { value } } };
}

function literally(value: string): string {
  return value.replace(/[\\*?]/g, "\\$&");
}

function either(parts: readonly Dsl[]): Dsl {
  if (parts.length === 0) return NOTHING;
  if (parts.length === 1) return parts[0]!;
  return { bool: { should: [...parts], minimum_should_match: 1 } };
}
