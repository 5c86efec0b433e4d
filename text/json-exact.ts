/** A whole number of so many digits may be larger than a number of JavaScript holds exactly. */
const LONG_NUMBER = /\d{16}/;

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/**
 * Reads JSON so that no digit is lost: a whole number beyond 2^53 becomes the string of its digits. Ids are such
 * numbers on many platforms, and JSON.parse gives another id for them without a word. Throws as JSON.parse does.
 */
export function parseJsonExact(text: string): unknown {
  if (!LONG_NUMBER.test(text)) return JSON.parse(text);
  const keepDigits: Reviver = (_key, value, { source }) =>
    typeof value === "number" &&
    !Number.isSafeInteger(value) &&
    source !== undefined &&
    /^-?\d+$/.test(source)
      ? source
      : value;
  // The reviver's third argument is of ECMAScript 2026, which the types do not know yet.
  return JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown);
}
