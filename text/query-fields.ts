import { UsageError } from "../contracts/errors.ts";
import type { Kind } from "../contracts/store.ts";
import { nearest } from "./nearest.ts";

/**
 * How a field is searched: `text` by its folded words, `keyword` by its exact value or how it begins, `lang` also by
 * the wider tag (`zh` finds `zh-Hans`), `contains` by any part of it, `date` and `number` by value and range.
 */
export type FieldType = "keyword" | "lang" | "text" | "contains" | "date" | "number";

/** The fields a search may name. They are those of the export and of Kibana, the same in every store. */
export const FIELDS = {
  posts: {
    id: "keyword",
    platform: "keyword",
    source: "keyword",
    "account.id": "keyword",
    "account.handle": "keyword",
    "account.name": "keyword",
    url: "keyword",
    title: "text",
    text: "text",
    lang: "lang",
    published_at: "date",
    collected_at: "date",
    story: "keyword",
    actor: "keyword",
    "declared_source.name": "keyword",
    /** Names of the watches it belongs to, and of those it belongs to for sure. */
    watches: "keyword",
    watches_confirmed: "keyword",
    /** `present`, `unconfirmed`, `deleted`, `unreachable`: of posts that were looked at again. */
    existence: "keyword",
    /** Of what is deleted: `author`, `platform`, `account`, `unknown`, and when that was first found. */
    deleted_by: "keyword",
    deleted_at: "date",
    /** When another wording was first seen. */
    edited_at: "date",
    revisit_at: "date",
  },
  links: {
    child: "keyword",
    parent: "keyword",
    relation: "keyword",
    credit: "keyword",
    status: "keyword",
    confidence: "keyword",
    score: "number",
    verdict: "keyword",
  },
  stories: {
    story: "keyword",
    members: "keyword",
    platforms: "keyword",
    languages: "lang",
    first: "date",
    last: "date",
  },
  traces: { story: "keyword", origin: "keyword", origin_status: "keyword" },
  runs: { run: "keyword", source: "keyword", collector: "keyword", status: "keyword", started_at: "date" },
  quarantine: { id: "keyword", run: "keyword", source: "keyword", reason: "contains", at: "date" },
  alerts: {
    id: "keyword",
    rule: "keyword",
    kind: "keyword",
    severity: "keyword",
    state: "keyword",
    /** `true` or `false` */
    holds: "keyword",
    subject: "keyword",
    story: "keyword",
    watch: "keyword",
    source: "keyword",
    items: "keyword",
    since: "date",
    until: "date",
    size: "number",
    raised_at: "date",
    updated_at: "date",
  },
  deliveries: {
    key: "keyword",
    channel: "keyword",
    alert: "keyword",
    rule: "keyword",
    mode: "keyword",
    batch: "keyword",
    state: "keyword",
    created_at: "date",
    due_at: "date",
  },
  captures: {
    id: "keyword",
    at: "date",
    url: "keyword",
    requested_url: "keyword",
    status: "number",
    sha256: "keyword",
    file: "keyword",
  },
} as const satisfies Record<Kind, Readonly<Record<string, FieldType>>>;

export type FieldOf<K extends Kind> = keyof (typeof FIELDS)[K] & string;

/** The type of a field; throws a UsageError that names the nearest one when there is no such field. */
export function fieldType(kind: Kind, field: string): FieldType {
  const fields: Readonly<Record<string, FieldType>> = FIELDS[kind];
  if (Object.hasOwn(fields, field)) return fields[field]!;
  const known = Object.keys(fields);
  throw new UsageError(
    `There is no field "${field}" in ${kind}; did you mean "${nearest(field, known)}"? Known are ${known.join(", ")}. ` +
      `To search for the words themselves, put them in quotes.`,
  );
}

/** A number as a search gives it. */
export function numberOf(field: string, value: string): number {
  const number = value.trim() === "" ? Number.NaN : Number(value);
  if (Number.isNaN(number)) throw new UsageError(`${field} is a number; "${value}" is not.`);
  return number;
}
