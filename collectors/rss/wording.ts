import { htmlToText, resolveUrl } from "../../text/html.ts";

/** What a piece of HTML says, links to and shows. */
export interface Written {
  readonly text: string;
  readonly links: readonly string[];
  readonly images: readonly string[];
}

const TAG =
  /<\/?(?:p|br|a|div|span|img|b|i|em|strong|ul|ol|li|h[1-6]|blockquote|table|figure)(?:\s[^<>]*)?\/?>/i;

/** Whether a text that should be plain has tags or entities in it. */
export function isHtml(text: string): boolean {
  return TAG.test(text) || /&(?:#\d{2,6}|#x[\da-f]{2,6}|[a-z]{2,8});/i.test(text);
}

/** HTML as text. Some feeds escape it twice, so that the tags come out as words: then it is read once more. */
export function written(html: string, base: string): Written {
  const markup = html.replace(/<(\/?)[a-z]+:(?=[a-z])/gi, "<$1");
  const once = htmlToText(markup, base);
  const found = !TAG.test(markup) && TAG.test(once.text) ? htmlToText(once.text, base) : once;
  return { ...found, text: repaired(found.text) };
}

const WINDOWS = new TextDecoder("windows-1252");

/** Characters of windows-1252 that were written as if they were of Unicode: they are controls there, never text. */
function repaired(text: string): string {
  return text.replace(/[\x80-\x9f]/g, (character) => WINDOWS.decode(Uint8Array.of(character.charCodeAt(0))));
}

/** An address as feeds write it: with spaces around, or escaped once too often. Null when it is none. */
export function addressText(text: string | null | undefined, base?: string): string | null {
  const trimmed = text?.trim().replaceAll("&amp;", "&");
  if (!trimmed || /\s/.test(trimmed)) return null;
  return resolveUrl(trimmed, base);
}
