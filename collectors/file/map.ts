import type { Mapped } from "../../contracts/collector.ts";
import type { DeclaredSource, Engagement, Media, PostDraft, Reference } from "../../contracts/post.ts";
import type { FileOptions } from "./options.ts";

/** A record that reading already found to be no post. */
export interface Unreadable {
  readonly problem: string;
  readonly raw: string;
}

type Fields = Readonly<Record<string, unknown>>;

const KNOWN = new Set([
  "platform",
  "id",
  "url",
  "account",
  "published_at",
  "published_zone",
  "published_basis",
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
  "lang_second",
  "second_lang",
  "actor",
  "story",
  "version",
  "findings",
  "affiliation",
]);

/** Gives a line of JSON, or a row of a CSV by field name, its shape; or says which field is wrong. */
export function map(raw: unknown, options: FileOptions): Mapped {
  if (isUnreadable(raw)) return { rejected: raw.problem };
  const record = typeof raw === "string" ? parse(raw) : raw;
  if (record instanceof SyntaxError) return { rejected: `no JSON: ${record.message}` };
  if (!isFields(record)) return { rejected: "not an object with the fields of a post" };
  try {
    return { draft: draftOf(record, options), unknown_fields: unknownFields(record) };
  } catch (error) {
    if (error instanceof WrongField) return { rejected: error.message };
    throw error;
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    return error;
  }
}

function draftOf(record: Fields, options: FileOptions): PostDraft {
  const platform = text(record, "platform") ?? options.platform;
  if (platform === undefined || platform === "")
    throw new WrongField("platform is missing; name it in the record or give --platform");
  const exported = record.published_at === null && isFields(record.published);
  return {
    platform,
    id: text(record, "id") ?? null,
    url: text(record, "url") ?? null,
    account: accountOf(record),
    published_at: text(record, "published_at") ?? null,
    ...(options.zone === undefined ? {} : { published_zone: options.zone }),
    ...basisOf(record, exported),
    title: text(record, "title") ?? null,
    text: text(record, "text") ?? null,
    lang: text(record, "lang_declared") ?? text(record, "lang") ?? null,
    engagement: engagementOf(record),
    references: list(record, "references", referenceOf),
    media: list(record, "media", mediaOf),
    declared_source: declaredOf(record),
    sha256: text(record, "sha256") ?? null,
  };
}

/** An exported post says how its time was known; anyone else's record speaks for the platform. */
function basisOf(record: Fields, undated: boolean): Pick<PostDraft, "published_basis"> {
  const basis = isFields(record.published) ? record.published.basis : undefined;
  if (undated || (basis !== "feed" && basis !== "page" && basis !== "guessed")) return {};
  return { published_basis: basis };
}

function accountOf(record: Fields): NonNullable<PostDraft["account"]> | null {
  const account = record.account;
  if (account === undefined || account === null) return null;
  if (typeof account === "string") return { id: account };
  if (!isFields(account))
    throw new WrongField(`account must be an object with id, handle, name; it is ${kindOf(account)}`);
  return {
    id: text(account, "id", "account.") ?? null,
    handle: text(account, "handle", "account.") ?? null,
    name: text(account, "name", "account.") ?? null,
  };
}

function engagementOf(record: Fields): Partial<Engagement> | null {
  const given = record.engagement;
  if (given === undefined || given === null) return null;
  if (!isFields(given))
    throw new WrongField(`engagement must be an object with counts; it is ${kindOf(given)}`);
  const count = (name: keyof Engagement) => {
    const value = given[name];
    if (value === undefined || value === null || value === "") return null;
    const number = typeof value === "string" ? Number(value.replaceAll(",", "")) : value;
    if (typeof number !== "number" || !Number.isFinite(number) || number < 0) {
      throw new WrongField(`engagement.${name} must be a count; it is ${JSON.stringify(value)}`);
    }
    return number;
  };
  return {
    views: count("views"),
    likes: count("likes"),
    reposts: count("reposts"),
    comments: count("comments"),
  };
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

function unknownFields(record: Fields): readonly string[] {
  const unknown: string[] = [];
  for (const name in record) if (!KNOWN.has(name) && !OWN_EXPORT.has(name)) unknown.push(name);
  return unknown;
}

function isUnreadable(raw: unknown): raw is Unreadable {
  return (
    isFields(raw) &&
    typeof raw.problem === "string" &&
    typeof raw.raw === "string" &&
    Object.keys(raw).length === 2
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number") return `the number ${value}`;
  return typeof value === "object" ? "an object" : `${typeof value} ${JSON.stringify(value)}`;
}

/** A field that cannot be what it must; its message is the reason of the refusal. */
class WrongField extends Error {}
