import type { Mapped } from "../../contracts/collector.ts";
import type {
  DeclaredSource,
  Engagement,
  Media,
  PostDraft,
  Reference,
  RoundedCount,
} from "../../contracts/post.ts";
import { readCount } from "../../text/counts.ts";
import { parseJsonExact } from "../../text/json-exact.ts";
import { isCapture, mapCapture } from "./capture.ts";
import type { FileOptions } from "./options.ts";
import { exportedTime } from "./published.ts";
import { type Fields, isFields, isRow, isUnreadable, jsonProblem, LIST, recordOfRow } from "./record.ts";
import { isTagged, mapTagged } from "./tagged.ts";

const KNOWN = new Set([
  "platform",
  "id",
  "url",
  "account",
  "followers",
  "published_at",
  "title",
  "text",
  "lang",
  "engagement",
  "references",
  "media",
  "declared_source",
  "sha256",
]);

/** Fields of Headwater's own export: findings that are found anew, and facts of an earlier collection. */
const OWN_EXPORT = new Set([
  "published",
  "collected_at",
  "source",
  "lang_declared",
  "lang_confidence",
  "existence",
  "edited",
  "actor",
  "story",
  "version",
  "findings",
  "watches",
]);

/** Gives a line of JSON or a row of a table its shape; or says which field is wrong. */
export function map(raw: unknown, options: FileOptions): Mapped {
  if (isUnreadable(raw)) return { rejected: raw.problem };
  if (isTagged(raw)) return mapTagged(raw, options);
  if (isCapture(raw)) return mapCapture(raw.capture, options);
  try {
    if (isRow(raw)) {
      const { record, unknown } = recordOfRow(raw, options);
      return mapped(draftOf(record, options), unknown);
    }
    const record = typeof raw === "string" ? parseJsonExact(raw) : raw;
    if (Array.isArray(record)) return { rejected: LIST };
    if (!isFields(record))
      return { rejected: `the record is ${kindOf(record)}, not an object with the fields of a post` };
    return mapped(draftOf(record, options), unknownFields(record));
  } catch (error) {
    if (error instanceof WrongField) return { rejected: error.message };
    if (error instanceof SyntaxError && typeof raw === "string") return { rejected: jsonProblem(raw, error) };
    if (error instanceof SyntaxError && isRow(raw))
      return { rejected: `a list in the row is no JSON: ${error.message}` };
    throw error;
  }
}

function mapped(draft: PostDraft, unknown_fields: readonly string[]): Mapped {
  const { text, title, media, references } = draft;
  if (!text && !title && !media?.length && !references?.length) {
    return { rejected: "no text, title, media or reference: nothing to analyse" };
  }
  return { draft, unknown_fields };
}

function draftOf(record: Fields, options: FileOptions): PostDraft {
  const platform = text(record, "platform") ?? options.platform;
  if (platform === undefined || platform === "")
    throw new WrongField("platform is missing; name it in the record, or set one for the file");
  return {
    platform,
    id: text(record, "id") ?? null,
    url: text(record, "url") ?? null,
    account: accountOf(record),
    published_at: text(record, "published_at") ?? null,
    ...(options.zone === undefined ? {} : { published_zone: options.zone }),
    ...exportedTime(record.published),
    title: text(record, "title") ?? null,
    text: text(record, "text") ?? null,
    // In an export `lang` is what the analyzers found, and stands beside what was declared.
    lang: text(record, "lang_declared" in record ? "lang_declared" : "lang") ?? null,
    engagement: engagementOf(record),
    references: list(record, "references", referenceOf),
    media: list(record, "media", mediaOf),
    declared_source: declaredOf(record),
    sha256: text(record, "sha256") ?? null,
  };
}

function accountOf(record: Fields): NonNullable<PostDraft["account"]> | null {
  const account = record.account;
  const beside = countOf(record.followers, "followers");
  const followed = (count: number | null) => (count === null ? {} : { followers: count });
  if (account === undefined || account === null) return beside === null ? null : followed(beside);
  if (typeof account === "string") return { id: account, ...followed(beside) };
  if (!isFields(account))
    throw new WrongField(`account must be an object with id, handle, name; it is ${kindOf(account)}`);
  return {
    id: text(account, "id", "account.") ?? null,
    handle: text(account, "handle", "account.") ?? null,
    name: text(account, "name", "account.") ?? null,
    ...followed(countOf(account.followers, "account.followers") ?? beside),
  };
}

function countOf(value: unknown, name: string): number | null {
  if (value === undefined || value === null || value === "") return null;
  const number = typeof value === "string" ? Number(value.replaceAll(",", "")) : value;
  if (typeof number !== "number" || !Number.isFinite(number) || number < 0) {
    throw new WrongField(`${name} must be a count; it is ${JSON.stringify(value)}`);
  }
  return number;
}

function engagementOf(record: Fields): Partial<Engagement> | null {
  const given = record.engagement;
  if (given === undefined || given === null) return null;
  if (!isFields(given))
    throw new WrongField(`engagement must be an object with counts; it is ${kindOf(given)}`);
  const counts: Record<string, number | null> = {};
  const rounded: Record<string, RoundedCount> = {};
  for (const name of COUNTS) {
    const read = readCount(given[name]);
    counts[name] = read.value ?? countOf(given[name], `engagement.${name}`);
    const kept = read.rounded ?? roundedIn(given, name);
    if (kept !== null) rounded[name] = kept;
  }
  return { ...counts, ...(Object.keys(rounded).length === 0 ? {} : { rounded }) };
}

/** What an export of ours says beside a rounded count. */
function roundedIn(engagement: Fields, name: string): RoundedCount | null {
  const all = engagement.rounded;
  const given = isFields(all) ? all[name] : null;
  if (given === undefined || given === null) return null;
  if (isFields(given)) {
    const { raw, at_least, at_most } = given;
    if (
      typeof raw === "string" &&
      typeof at_least === "number" &&
      (at_most === null || typeof at_most === "number")
    )
      return { raw, at_least, at_most };
  }
  throw new WrongField(`engagement.rounded.${name} must have raw, at_least and at_most`);
}

const KINDS_OF_REFERENCE = new Set(["repost", "quote", "reply", "link", "mention"]);
const KINDS_OF_MEDIA = new Set(["image", "video", "audio", "document"]);

function referenceOf(item: Fields, at: string): Reference {
  const kind = text(item, "kind", `${at}.`);
  if (kind === undefined || !KINDS_OF_REFERENCE.has(kind)) {
    throw new WrongField(
      `${at}.kind must be one of ${[...KINDS_OF_REFERENCE].join(", ")}; it is ${JSON.stringify(item.kind)}`,
    );
  }
  const [id, url, handle] = [
    text(item, "id", `${at}.`),
    text(item, "url", `${at}.`),
    text(item, "handle", `${at}.`),
  ];
  return {
    kind: kind as Reference["kind"],
    ...(id && { id }),
    ...(url && { url }),
    ...(handle && { handle }),
  };
}

function mediaOf(item: Fields, at: string): Media {
  const kind = text(item, "kind", `${at}.`);
  if (kind === undefined || !KINDS_OF_MEDIA.has(kind)) {
    throw new WrongField(
      `${at}.kind must be one of ${[...KINDS_OF_MEDIA].join(", ")}; it is ${JSON.stringify(item.kind)}`,
    );
  }
  const [url, sha256, phash] = [
    text(item, "url", `${at}.`),
    text(item, "sha256", `${at}.`),
    text(item, "phash", `${at}.`),
  ];
  return {
    kind: kind as Media["kind"],
    ...(url && { url }),
    ...(sha256 && { sha256 }),
    ...(phash && { phash }),
  };
}

const KINDS_OF_SOURCE = new Set(["reprint", "source-line", "feed-source", "forward", "byline"]);

function declaredOf(record: Fields): DeclaredSource | null {
  const given = record.declared_source;
  if (given === undefined || given === null) return null;
  if (!isFields(given)) throw new WrongField(`declared_source must be an object; it is ${kindOf(given)}`);
  const kind = text(given, "kind", "declared_source.") ?? "source-line";
  if (!KINDS_OF_SOURCE.has(kind))
    throw new WrongField(
      `declared_source.kind must be one of ${[...KINDS_OF_SOURCE].join(", ")}; it is "${kind}"`,
    );
  const at = "declared_source.";
  const [name, url, account] = [text(given, "name", at), text(given, "url", at), text(given, "account", at)];
  return {
    kind: kind as DeclaredSource["kind"],
    ...(name && { name }),
    ...(url && { url }),
    ...(account && { account }),
  };
}

function list<T>(record: Fields, name: string, read: (item: Fields, at: string) => T): readonly T[] {
  const given = record[name];
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) throw new WrongField(`${name} must be a list; it is ${kindOf(given)}`);
  return given.map((item, i) => {
    if (!isFields(item)) throw new WrongField(`${name}[${i}] must be an object; it is ${kindOf(item)}`);
    return read(item, `${name}[${i}]`);
  });
}

/** Text, or a number written as one: platforms' ids often come as numbers, and stay strings here. */
function text(record: Fields, name: string, at = ""): string | undefined {
  const value = record[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  throw new WrongField(`${at}${name} must be text; it is ${kindOf(value)}`);
}

/** Names that nobody here knows, those inside objects with their path. */
function unknownFields(record: Fields): readonly string[] {
  const unknown: string[] = [];
  for (const name in record) if (!KNOWN.has(name) && !OWN_EXPORT.has(name)) unknown.push(name);
  unknownInside(unknown, "account", record.account, IN_ACCOUNT);
  unknownInside(unknown, "engagement", record.engagement, IN_ENGAGEMENT);
  unknownInside(unknown, "declared_source", record.declared_source, IN_SOURCE);
  unknownInside(unknown, "references", record.references, IN_REFERENCE);
  unknownInside(unknown, "media", record.media, IN_MEDIA);
  return unknown.length < 2 ? unknown : [...new Set(unknown)];
}

const IN_ACCOUNT = new Set(["id", "handle", "name", "followers"]);
const COUNTS = ["views", "likes", "reposts", "comments"] as const;
const IN_ENGAGEMENT = new Set([...COUNTS, "rounded"]);
const IN_SOURCE = new Set(["kind", "name", "url", "account"]);
const IN_REFERENCE = new Set(["kind", "id", "url", "handle"]);
const IN_MEDIA = new Set(["kind", "url", "sha256", "phash"]);

function unknownInside(unknown: string[], at: string, value: unknown, known: ReadonlySet<string>): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) for (const item of value) unknownInside(unknown, at, item, known);
  else for (const name in value) if (!known.has(name)) unknown.push(`${at}.${name}`);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number") return `the number ${value}`;
  return typeof value === "object" ? "an object" : `${typeof value} ${JSON.stringify(value)}`;
}

/** A field that cannot be what it must; its message is the reason of the refusal. */
class WrongField extends Error {}
