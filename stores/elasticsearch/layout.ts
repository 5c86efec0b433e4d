import { BUCKETS } from "../../contracts/run.ts";
import { FIELDS, type FieldType } from "../fields.ts";
import type { IndexKind } from "./names.ts";
import { NAMED, namedAt } from "./shown.ts";

/** Lucene refuses a term of more than 32,766 bytes; a character has up to four. A longer value is kept, not searched. */
export const LONGEST_TERM = 8_191;

type Properties = Readonly<Record<string, object>>;

const KEYWORD = { type: "keyword", ignore_above: LONGEST_TERM };
const DATE = { type: "date" };
/** A short value that posts are looked up by and nothing else. */
const CARRIED = { type: "keyword", doc_values: false };
/** The ledger keeps every post, whatever its time looks like. */
const AS_COLLECTED = { type: "date", ignore_malformed: true };
const NUMBER = { type: "double" };
/** A value that is compared whole. As a text it cannot be counted, sorted or listed, so that nobody reads names by it. */
const NAME = { type: "text", analyzer: "keyword", norms: false, index_options: "docs" };
/** A whole record, packed; read by us alone. */
const PACKED = { type: "binary" };
/** Kept as it is, and read by us alone. */
const KEPT = { type: "object", enabled: false };

const MAPPED: Readonly<Record<FieldType, object>> = {
  keyword: KEYWORD,
  lang: KEYWORD,
  contains: KEYWORD,
  date: DATE,
  number: NUMBER,
  // For people in Kibana. It gives single Chinese characters, so that a phrase finds any stretch of them.
  text: { type: "text", analyzer: "standard" },
};

/**
 * What people see of a post in Kibana beside the fields of a search. Lists of objects lose which value stood beside
 * which, which is enough to find by.
 */
const SHOWN_OF_POSTS: Readonly<Record<string, object>> = {
  "@timestamp": DATE,
  "published.earliest": DATE,
  "published.latest": DATE,
  "published.basis": KEYWORD,
  lang_declared: KEYWORD,
  "declared_source.kind": KEYWORD,
  "engagement.views": NUMBER,
  "engagement.likes": NUMBER,
  "engagement.reposts": NUMBER,
  "engagement.comments": NUMBER,
  "references.kind": KEYWORD,
  "media.kind": KEYWORD,
  "media.url": KEYWORD,
  "media.sha256": KEYWORD,
  "media.phash": KEYWORD,
  sha256: KEYWORD,
  // Its place in its story: see stores/places.ts.
  "parent.post": KEYWORD,
  "parent.status": KEYWORD,
  "parent.confidence": KEYWORD,
  "parent.relation": KEYWORD,
  "parent.credit": KEYWORD,
  "parent.score": NUMBER,
  "parent.lag_seconds": NUMBER,
  "first_in.language": KEYWORD,
  "first_in.platform": KEYWORD,
  "follows.actor": KEYWORD,
  "follows.affiliation": KEYWORD,
  // Folded as every store's full-text index is, one word between two spaces: what Headwater searches.
  "words.title": { type: "text", analyzer: "whitespace" },
  "words.text": { type: "text", analyzer: "whitespace" },
  ...Object.fromEntries(Object.keys(NAMED).map((field) => [namedAt(field), NAME])),
};

/** What people see of other records in Kibana beside the fields of a search. */
const SHOWN: Partial<Readonly<Record<IndexKind, Properties>>> = {
  traces: { posts: NUMBER },
  runs: { seen: NUMBER, ...Object.fromEntries(BUCKETS.map((bucket) => [`buckets.${bucket}`, NUMBER])) },
};

/** The properties of a record that are shown so, by their first names. */
export function shownOf(kind: IndexKind): readonly string[] {
  return [...new Set(Object.keys(SHOWN[kind] ?? {}).map((name) => name.split(".")[0]!))];
}

/** Of every record that can be listed: its place in the fixed order. */
const ORDER = { "order.at": DATE, "order.id": KEYWORD };
/** Of a document that several change: which write it comes from. */
const WRITTEN = { written: { type: "keyword", index: false, doc_values: false } };

/** The mapping of an index, made from the one table of fields. A field that is not in it is refused. */
export function mappingOf(kind: IndexKind): object {
  const properties = nested(flat(kind));
  const mapping = { dynamic: "strict", properties };
  // Both can be made again from the ledger; words nobody wants to read, and names nobody shall.
  return kind === "posts" ? { ...mapping, _source: { excludes: ["words", "named"] } } : mapping;
}

function flat(kind: IndexKind): Properties {
  switch (kind) {
    case "posts":
      return { ...fieldsOf("posts"), ...SHOWN_OF_POSTS, ...ORDER };
    case "ledger":
      return {
        id: KEYWORD,
        waits: KEYWORD,
        version: KEYWORD,
        month: KEYWORD,
        collected_at: AS_COLLECTED,
        entry: KEPT,
        ...WRITTEN,
      };
    case "keys":
      return { id: KEYWORD, collected_at: AS_COLLECTED, carries: CARRIED, entry: KEPT, ...WRITTEN };
    case "versions":
    case "cursors":
    case "meta":
      return { id: KEYWORD, entry: KEPT, ...WRITTEN };
    case "links":
      return { ...fieldsOf(kind), ...ORDER, body: PACKED, judged: KEPT, ...WRITTEN };
    default:
      return { ...fieldsOf(kind), ...SHOWN[kind], ...ORDER, body: PACKED, ...WRITTEN };
  }
}

function fieldsOf(kind: keyof typeof FIELDS): Properties {
  return Object.fromEntries(
    Object.entries(FIELDS[kind]).map(([name, type]) => [name, MAPPED[type as FieldType]]),
  );
}

/** `account.id` stands in the object `account`. */
function nested(properties: Properties): object {
  const all: Record<string, object> = {};
  for (const [name, mapped] of Object.entries(properties)) {
    const [first, rest] = name.split(".") as [string, string | undefined];
    if (rest === undefined) all[first] = mapped;
    else {
      all[first] ??= { properties: {} };
      (all[first] as { properties: Record<string, object> }).properties[rest] = mapped;
    }
  }
  return all;
}
