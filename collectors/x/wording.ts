import type { Reference } from "../../contracts/post.ts";
import { resolveUrl } from "../../text/html.ts";
import { type Fields, fieldsOf, listOf, textOf } from "../fields.ts";

export interface Worded {
  readonly text: string;
  /** Where its links lead, those to its own pictures and to what it quotes left out. */
  readonly links: readonly string[];
}

/** A post's whole text: a long one is in `note_tweet`, and `text` its beginning. Short links give way to what they stand for. */
export function worded(tweet: Fields): Worded {
  const note = fieldsOf(tweet.note_tweet);
  const long = textOf(note.text);
  const entities = long === null ? tweet.entities : (note.entities ?? tweet.entities);
  const quoted = listOf(tweet.referenced_tweets).flatMap(({ id }) => textOf(id) ?? []);
  let text = long ?? textOf(tweet.text) ?? "";
  const links: string[] = [];
  for (const entity of listOf(fieldsOf(entities).urls)) {
    const short = textOf(entity.url);
    const url = resolveUrl(textOf(entity.unwound_url)) ?? resolveUrl(textOf(entity.expanded_url));
    if (short === null || url === null) continue;
    const own = textOf(entity.media_key) !== null || /\/status\/\d+\/(?:photo|video)\/\d+$/.test(url);
    const quote = quoted.includes(/\/status\/(\d+)/.exec(url)?.[1] ?? "");
    text = text.replaceAll(short, own || quote ? "" : url);
    if (!own && !quote) links.push(url);
  }
  return { text: unescaped(text).trim(), links };
}

/** X escapes three characters as HTML does, the ampersand last. */
function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

export function linkReferences(links: readonly string[]): readonly Reference[] {
  return [...new Set(links)].map((url) => ({ kind: "link", url }));
}

export function mentionsOf(tweet: Fields): readonly Reference[] {
  const names = listOf(fieldsOf(tweet.entities).mentions).flatMap(({ username }) => textOf(username) ?? []);
  return [...new Set(names)].map((handle) => ({ kind: "mention", handle }));
}
