import { resolveUrl } from "../../text/html.ts";
import type { Constant, ConstantObject } from "./constant.ts";
import { decodeEntities } from "./entities.ts";

export function isObject(value: Constant | undefined): value is ConstantObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The first of the values that says something, as text. Zero says nothing: it is what an empty `'' * 1` gives. */
export function firstText(...values: readonly (Constant | undefined)[]): string | null {
  for (const value of values) {
    const text = typeof value === "number" && value > 0 ? String(value) : value;
    if (typeof text === "string" && text.trim() !== "") return text.trim();
  }
  return null;
}

/** The first of the values that is an http(s) address. Pages write `&` in addresses as `&amp;`. */
export function firstUrl(base: string, ...values: readonly (Constant | undefined)[]): string | null {
  for (const value of values) {
    const url = typeof value === "string" ? resolveUrl(decodeEntities(value), base) : null;
    if (url !== null) return url;
  }
  return null;
}

/** One name for one article on all its addresses: account, push and place in the push; null unless all are known. */
export function articleId(biz: string | null, mid: string | null, idx: string | null): string | null {
  if (biz === null || mid === null || idx === null) return null;
  return /^[\w+/=-]+$/.test(biz) && /^\d+$/.test(mid) && /^\d+$/.test(idx) ? `${biz}_${mid}_${idx}` : null;
}

/** The same from a long address, `/s?__biz=…&mid=…&idx=…`. */
export function articleIdIn(url: string | null): string | null {
  const parameters = url === null ? null : new URL(url).searchParams;
  if (parameters === null) return null;
  // A plus sign of Base64 that was not escaped is read as a space.
  const biz = parameters.get("__biz")?.replaceAll(" ", "+") ?? null;
  return articleId(biz, parameters.get("mid"), parameters.get("idx"));
}
