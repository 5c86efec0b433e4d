import type { Query } from "../../contracts/query.ts";
import type { Kind } from "../../contracts/store.ts";
import { askedWords } from "../asked.ts";
import { fieldType } from "../fields.ts";

/** A query that asks for words alone as one expression of FTS5; null when anything else is in it. */
export function wordsOnly(kind: Kind, query: Query): string | null {
  if (kind !== "posts") return null;
  switch (query.kind) {
    case "text":
      if (query.field !== null && fieldType(kind, query.field) !== "text") return null;
      return phrase(query.field, query.value, query.prefix);
    case "and":
    case "or": {
      const parts = query.parts.map((part) => wordsOnly(kind, part));
      if (parts.length === 0 || parts.includes(null)) return null;
      return `(${parts.join(query.kind === "and" ? " AND " : " OR ")})`;
    }
    default:
      return null;
  }
}

/** All words and phrases that a query asks for, any of them: what a post is ranked by. Null when there are none. */
export function rankedBy(query: Query): string | null {
  const phrases: string[] = [];
  const visit = (part: Query): void => {
    if (part.kind === "and" || part.kind === "or") part.parts.forEach(visit);
    const words = part.kind === "text" ? wordsOnly("posts", part) : null;
    if (words !== null) phrases.push(words);
  };
  visit(query);
  return phrases.length === 0 ? null : phrases.join(" OR ");
}

function phrase(field: string | null, value: string, prefix: boolean): string {
  const wanted = askedWords(value);
  const column = field === null ? "" : `${field} : `;
  return `${column}"${wanted.words.replaceAll('"', " ")}"${prefix || wanted.prefix ? " *" : ""}`;
}
