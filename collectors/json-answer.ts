import { SetAside } from "../contracts/errors.ts";
import type { Fetched } from "../contracts/fetcher.ts";
import { decodeBody } from "../text/charset.ts";
import { parseJsonExact } from "../text/json-exact.ts";

/** The JSON that an address of a platform's own pages gave; a page in its place is a block, and thrown as one. */
export function jsonOf(fetched: Fetched, advice: string): unknown {
  const text = decodeBody(fetched).text;
  try {
    return parseJsonExact(text);
  } catch (cause) {
    const isPage = /^\s*</.test(text);
    const what = isPage ? "a page where JSON was expected: it blocks us" : "an answer that is no whole JSON";
    throw new SetAside(`${fetched.url} gave ${what}. ${advice}`, { cause });
  }
}
