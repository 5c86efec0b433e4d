import type { Query } from "../contracts/query.ts";

/** The words and phrases that a search asks for in the text, without those it excludes. */
export function wordsOf(query: Query): readonly string[] {
  if (query.kind === "and" || query.kind === "or") return query.parts.flatMap(wordsOf);
  return query.kind === "text" && (query.field === null || query.field === "text") ? [query.value] : [];
}
