import { RE2JS } from "re2js";
import { UsageError } from "../../contracts/errors.ts";
import type { LanguageFinding, WatchMatch } from "../../contracts/finding.ts";
import type { Post } from "../../contracts/post.ts";
import type { Query } from "../../contracts/query.ts";
import { type Matcher, matcherOf, type Subject, subjectOf } from "../../text/match-query.ts";
import { parseQuery } from "../../text/query.ts";

/** Raised when posts join watches differently. */
export const WATCHES_VERSION = 1;

/** What a watch is made of; see config/watches.ts. */
export interface WatchRules {
  readonly name: string;
  readonly queries: readonly string[];
  readonly terms: Readonly<Record<string, readonly string[]>>;
  readonly confirm_terms: number;
  readonly patterns: readonly string[];
  readonly exclude: readonly string[];
}

/** The watches that a post belongs to, by name. Pure, and of the post alone: no other post changes it. */
export type WatchesOf = (
  post: Post,
  language: LanguageFinding,
  actor: string | null,
) => readonly WatchMatch[];

/** Characters of a text that patterns are run on: RE2 takes about a microsecond for each. */
const PATTERN_UNITS = 20_000;

interface Ready {
  readonly watch: WatchRules;
  readonly exclude: readonly Matcher[];
  readonly queries: readonly Reason[];
  readonly terms: readonly Reason[];
  readonly patterns: readonly { readonly told: string; readonly pattern: RE2JS }[];
}

interface Reason {
  readonly told: string;
  readonly matches: Matcher;
}

/** Makes the watches ready. Throws UsageError for the first that cannot be read; `watchProblems` tells all. */
export function watchIndex(watches: readonly WatchRules[]): WatchesOf {
  const ready = [...watches].sort((a, b) => (a.name < b.name ? -1 : 1)).map(readied);
  if (ready.length === 0) return () => [];
  return (post, language, actor) => {
    const subject = subjectOf(post, language, actor);
    return ready.flatMap((watch) => matchOf(watch, subject) ?? []);
  };
}

/** The search that finds a watch's posts in a store: all but those that only a pattern finds. */
export function watchQuery({ queries, terms, exclude }: WatchRules): Query {
  const found: Query = {
    kind: "or",
    parts: [...queries.map(parseQuery), ...termsOf(terms).map(({ term }) => termQuery(term))],
  };
  if (exclude.length === 0) return found;
  return {
    kind: "and",
    parts: [found, { kind: "not", part: { kind: "or", parts: exclude.map(parseQuery) } }],
  };
}

/** What cannot be read in a watch: which part of it, and why. */
export function watchProblems(
  watch: WatchRules,
): readonly { readonly path: readonly (string | number)[]; readonly sentence: string }[] {
  const tried = (path: readonly (string | number)[], read: () => unknown) => {
    try {
      read();
      return [];
    } catch (error) {
      return [
        { path, sentence: error instanceof Error ? error.message.replace(/\n.*$/s, "") : String(error) },
      ];
    }
  };
  return [
    ...watch.queries.flatMap((query, i) => tried(["queries", i], () => matcherOf(parseQuery(query)))),
    ...watch.exclude.flatMap((query, i) => tried(["exclude", i], () => matcherOf(parseQuery(query)))),
    ...Object.entries(watch.terms).flatMap(([lang, terms]) =>
      terms.flatMap((term, i) => tried(["terms", lang, i], () => matcherOf(termQuery(term)))),
    ),
    ...watch.patterns.flatMap((pattern, i) => tried(["patterns", i], () => compiled(pattern))),
  ];
}

function readied(watch: WatchRules): Ready {
  return {
    watch,
    exclude: watch.exclude.map((query) => matcherOf(parseQuery(query))),
    queries: watch.queries.map((query) => ({
      told: `query ${query}`,
      matches: matcherOf(parseQuery(query)),
    })),
    terms: termsOf(watch.terms).map(({ lang, term }) => ({
      told: `term "${term}" (${lang})`,
      matches: matcherOf(termQuery(term)),
    })),
    patterns: watch.patterns.map((pattern) => ({ told: `pattern ${pattern}`, pattern: compiled(pattern) })),
  };
}

function matchOf({ watch, exclude, queries, terms, patterns }: Ready, subject: Subject): WatchMatch | null {
  const found = queries.filter(({ matches }) => matches(subject)).map(({ told }) => told);
  const words = terms.filter(({ matches }) => matches(subject)).map(({ told }) => told);
  if (patterns.length > 0) {
    const { title, text } = subject.post;
    const read = `${title ?? ""}\n${text}`.slice(0, PATTERN_UNITS);
    for (const { told, pattern } of patterns) if (pattern.matcher(read).find()) found.push(told);
  }
  if (found.length === 0 && words.length === 0) return null;
  if (exclude.some((matches) => matches(subject))) return null;
  const confirmed = found.length > 0 || words.length >= watch.confirm_terms;
  return {
    watch: watch.name,
    status: confirmed ? "confirmed" : "suggested",
    // Each further term halves the doubt; a query or a pattern was written to leave none.
    score: found.length > 0 ? 1 : Math.round((1 - 0.5 ** words.length) * 100) / 100,
    reasons: [...found, ...words],
  };
}

function termsOf(terms: WatchRules["terms"]): readonly { readonly lang: string; readonly term: string }[] {
  return Object.entries(terms).flatMap(([lang, words]) => words.map((term) => ({ lang, term })));
}

function termQuery(term: string): Query {
  const prefix = term.endsWith("*");
  return { kind: "text", field: null, value: prefix ? term.slice(0, -1) : term, prefix };
}

/** RE2 runs in linear time whatever the expression: a slip of a person's cannot stop the analysis. */
function compiled(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`"${pattern}" is no regular expression in RE2 syntax: ${why}`, 78, { cause });
  }
}
