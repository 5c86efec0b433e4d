/** An object of an answer whose fields nobody has checked yet. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one when it is none, so that a missing part reads as missing fields. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** The objects of a list; whatever else stands in it is passed over. */
export function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** A text that says something. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

/** An id, which stays a string: digits of a number are kept as long as they are exact. */
export function idOf(value: unknown): string | null {
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : null;
  return textOf(value)?.trim() ?? null;
}

/** A count that the platform gave exactly, as a number or in digits; zero or more. */
export function countOf(value: unknown): number | null {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** The latest second that a date can hold. */
const LAST_SECOND = 8_640_000_000_000;

/** Seconds since 1970 as ISO 8601; zero is a default value, not a time. */
export function secondsOf(value: unknown): string | null {
  const seconds = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  if (typeof seconds !== "number" || !(seconds > 0) || seconds > LAST_SECOND) return null;
  return new Date(seconds * 1000).toISOString();
}

/** Names of fields, each with those inside it; `true` stands for all that is inside. */
export type KnownFields = ReadonlyMap<string, KnownFields | true>;
type Branch = Map<string, Branch | true>;

/**
 * Fields by their paths, in words: `id author.name` knows `id`, and of `author` only `name`; `author` knows all that is
 * in it. Lists are passed through: the path of `tags[0].name` is `tags.name`. `*` stands for any name.
 */
export function knownFields(...words: readonly string[]): KnownFields {
  const root: Branch = new Map();
  for (const path of words.join(" ").split(/\s+/).filter(Boolean)) {
    const names = path.split(".");
    const last = names.pop()!;
    let at: Branch | true = root;
    for (const name of names) {
      const deeper: Branch | true = at.get(name) ?? new Map();
      at.set(name, deeper);
      at = deeper;
      if (at === true) break;
    }
    if (at !== true) at.set(last, true);
  }
  return root;
}

/** A hostile record has any number of fields; so many tell a person enough. */
const MOST_UNKNOWN = 100;

/** Paths of the fields that are not known, each once. */
export function unknownFields(value: unknown, known: KnownFields): readonly string[] {
  const found = new Set<string>();
  const walk = (here: unknown, inside: KnownFields, path: string): void => {
    if (Array.isArray(here)) {
      for (const one of here) walk(one, inside, path);
      return;
    }
    if (!isFields(here)) return;
    for (const name of Object.keys(here)) {
      if (found.size >= MOST_UNKNOWN) return;
      const deeper = inside.get(name) ?? inside.get("*");
      if (deeper === undefined) found.add(`${path}${name}`);
      else if (deeper !== true) walk(here[name], deeper, `${path}${name}.`);
    }
  };
  walk(value, known, "");
  return [...found];
}
