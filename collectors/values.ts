import { readCount } from "../text/counts.ts";

/** What web pages of some platforms write where they mean nothing. */
const NOTHING = new Set(["", "$undefined", "undefined", "null", "None"]);

/** The first of the values that says something, as text; ids that came as numbers are written out. */
export function firstText(...values: readonly unknown[]): string | null {
  for (const value of values) {
    if (typeof value === "number" && Number.isFinite(value)) return String(value);
    if (typeof value === "string" && !NOTHING.has(value.trim())) return value.trim();
  }
  return null;
}

/** The first that is an id: text that is not the `0` by which platforms say that there is none. */
export function firstId(...values: readonly unknown[]): string | null {
  for (const value of values) {
    const id = firstText(value);
    if (id !== null && !/^0+$/.test(id)) return id;
  }
  return null;
}

/** The first that is an http(s) address; one without a scheme (`//host/…`) is read as https. */
export function firstUrl(...values: readonly unknown[]): string | null {
  for (const value of values) {
    const written = firstText(value);
    if (written === null) continue;
    const url = written.startsWith("//") ? `https:${written}` : written;
    if (/^https?:\/\//i.test(url) && URL.canParse(url)) return url;
  }
  return null;
}

/** Unix seconds or milliseconds as ISO 8601; null for anything else. */
export function unixTime(value: unknown): string | null {
  const digits = firstText(value);
  if (digits === null || !/^[1-9]\d{9}(?:\d{3})?(?:\.\d+)?$/.test(digits)) return null;
  const number = Number(digits);
  return new Date(number < 1e11 ? number * 1000 : number).toISOString();
}

/** How many follow an account, for a draft's account; nothing when the platform did not say. */
export function followersOf(raw: unknown): { readonly followers?: number } {
  const { value } = readCount(raw);
  return value === null ? {} : { followers: value };
}
