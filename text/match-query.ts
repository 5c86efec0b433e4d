import { UsageError } from "../contracts/errors.ts";
import type { LanguageFinding } from "../contracts/finding.ts";
import type { Post } from "../contracts/post.ts";
import type { Query } from "../contracts/query.ts";
import { dateSpan, rangeSpan } from "./query-dates.ts";
import { fieldType } from "./query-fields.ts";
import { hasPhrase, indexWords, phraseOf, type WordsIndex } from "./words-index.ts";

/** A post as a query is asked of it, its words ready. */
export interface Subject {
  readonly post: Post;
  readonly language: LanguageFinding;
  readonly actor: string | null;
  readonly title: WordsIndex;
  readonly text: WordsIndex;
}

export function subjectOf(post: Post, language: LanguageFinding, actor: string | null): Subject {
  return { post, language, actor, title: indexWords(post.title ?? ""), text: indexWords(post.text) };
}

export type Matcher = (subject: Subject) => boolean;

/** Values of the fields that are a post's own. What depends on when it came, or on other posts, is not among them. */
const VALUES: Readonly<Record<string, (subject: Subject) => string | null>> = {
  id: ({ post }) => post.id,
  platform: ({ post }) => post.platform,
  "account.id": ({ post }) => post.account.id,
  "account.handle": ({ post }) => post.account.handle ?? null,
  "account.name": ({ post }) => post.account.name ?? null,
  url: ({ post }) => post.url,
  title: ({ post }) => post.title || null,
  text: ({ post }) => post.text || null,
  lang: ({ language }) => language.lang,
  published_at: ({ post }) => post.published_at,
  actor: ({ actor }) => actor,
  "declared_source.name": ({ post }) => post.declared_source?.name ?? null,
};

/**
 * A query as a function of one post, with the answer that a store's search gives. Throws UsageError for a field that
 * is not there, or that says something of the collection and not of the post.
 */
export function matcherOf(query: Query): Matcher {
  switch (query.kind) {
    case "all":
      return () => true;
    case "and": {
      const parts = query.parts.map(matcherOf);
      return (subject) => parts.every((part) => part(subject));
    }
    case "or": {
      const parts = query.parts.map(matcherOf);
      return (subject) => parts.some((part) => part(subject));
    }
    case "not": {
      const part = matcherOf(query.part);
      return (subject) => !part(subject);
    }
    case "exists": {
      const value = reading(query.field);
      return (subject) => value(subject) !== null;
    }
    case "text":
      return textMatcher(query);
    case "wildcard":
      return wildcardMatcher(query);
    case "range":
      return rangeMatcher(query);
  }
}

function wildcardMatcher({ field, parts }: Query & { readonly kind: "wildcard" }): Matcher {
  const type = fieldType("posts", field);
  if (type !== "keyword" && type !== "lang")
    throw new UsageError(
      `${field} cannot be searched with * in the middle; * may stand at the end of a word.`,
    );
  const read = reading(field);
  const [first = "", ...rest] = parts;
  const last = rest.pop() ?? "";
  return (subject) => {
    const value = read(subject);
    if (value === null || !value.startsWith(first) || value.length < first.length + last.length) return false;
    // The first place for each part leaves most room for the next.
    let at = first.length;
    for (const part of rest) {
      const found = value.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return value.endsWith(last) && value.length - last.length >= at;
  };
}

function textMatcher({ field, value, prefix }: Query & { readonly kind: "text" }): Matcher {
  const type = field === null ? "text" : fieldType("posts", field);
  if (field === null || type === "text") {
    const phrase = phraseOf(value, prefix);
    if (phrase === null) throw new UsageError(`There is no letter or digit to search for in "${value}".`);
    if (field === "title") return ({ title }) => hasPhrase(title, phrase);
    if (field === "text") return ({ text }) => hasPhrase(text, phrase);
    return ({ title, text }) => hasPhrase(title, phrase) || hasPhrase(text, phrase);
  }
  const read = reading(field);
  const test = (is: (found: string) => boolean): Matcher => {
    return (subject) => {
      const found = read(subject);
      return found !== null && is(found);
    };
  };
  if (type === "date") {
    if (prefix)
      throw new UsageError(`${field} cannot be searched by its beginning; write ${field}:[a TO b].`);
    const { from, until } = dateSpan(field, value);
    return test((found) => Date.parse(found) >= from && Date.parse(found) < until);
  }
  if (prefix) return test((found) => found.startsWith(value));
  if (type === "lang") return test((found) => found === value || found.startsWith(`${value}-`));
  return test((found) => found === value);
}

function rangeMatcher(range: Query & { readonly kind: "range" }): Matcher {
  const { field, from, to, from_inclusive, to_inclusive } = range;
  const type = fieldType("posts", field);
  if (type === "text") throw new UsageError(`${field} is searched by its words, not by range.`);
  const read = reading(field);
  if (from === null && to === null) return (subject) => read(subject) !== null;
  if (type === "date") {
    const span = rangeSpan(range);
    return (subject) => {
      const found = read(subject);
      if (found === null) return false;
      const at = Date.parse(found);
      return (span.from === null || at >= span.from) && (span.until === null || at < span.until);
    };
  }
  return (subject) => {
    const found = read(subject);
    if (found === null) return false;
    const low = from === null ? 1 : compared(found, from);
    const high = to === null ? -1 : compared(found, to);
    return (low > 0 || (low === 0 && from_inclusive)) && (high < 0 || (high === 0 && to_inclusive));
  };
}

function reading(field: string): (subject: Subject) => string | null {
  fieldType("posts", field);
  if (Object.hasOwn(VALUES, field)) return VALUES[field]!;
  throw new UsageError(
    `${field} cannot be asked of a post alone: it says something of the collection. A watch may ask for ${Object.keys(VALUES).join(", ")}.`,
  );
}

/** By code point, as stores compare. */
function compared(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
