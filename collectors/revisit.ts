import type { CollectorIo } from "../contracts/collector.ts";
import type { Fetched } from "../contracts/fetcher.ts";
import type { Post } from "../contracts/post.ts";
import type { Gone, Revisited, Unreachable } from "../contracts/revisit.ts";
import { refusalIn } from "../text/article-refusal.ts";
import { htmlToText } from "../text/html.ts";
import { wordingOf, wordingText } from "../text/wording.ts";
import { type VisitedPage, visited } from "./visit.ts";

/** Answers that tell of an absence: not found, gone, withheld for legal reasons. */
export const ABSENT: readonly number[] = [404, 410, 451];

/** Folded characters that must stand on the page: no other page says the same so long. */
const PASSAGE = 24;

/**
 * Asks the address of a post. `read` judges a page that came; left out, the post counts as seen when its title or a
 * passage of it stands there. 451 is the platform's doing; of 404 and 410 nobody can tell.
 */
export async function revisitPage(
  post: Post,
  { fetch, signal }: CollectorIo,
  read: (page: VisitedPage) => Revisited = (page) => stillShown(post, page),
): Promise<Revisited> {
  if (post.url === null) return unreachable("it has no address");
  const accept = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1";
  const answer = await fetch(post.url, { accept, signal, statuses: ABSENT });
  return ABSENT.includes(answer.status) ? absent(answer) : read(visited(answer));
}

export function unreachable(reason: string): Unreachable {
  return { found: "unreachable", reason };
}

export function absent({ status, sha256 }: Fetched): Gone {
  if (status === 451)
    return { found: "gone", by: "platform", reason: "451: withheld for legal reasons", sha256 };
  const reason = status === 410 ? "410: gone for good" : "404: there is no such page";
  return { found: "gone", by: "unknown", reason, sha256 };
}

/** Many sites answer 200 with their front page, or with an apology, for what is not there: that is no sighting. */
function stillShown({ title, text }: Post, { html, url }: VisitedPage): Revisited {
  const shown = htmlToText(html, url).text;
  const refusal = refusalIn(html, shown);
  if (refusal !== null) return unreachable(`instead of the page the site sent ${refusal}`);
  const page = folded(shown);
  const passages = [folded(title ?? ""), ...passagesOf(folded(text))].filter((part) => part !== "");
  if (passages.length === 0) return unreachable("the post has no words that a page could show");
  if (passages.some((part) => page.includes(part))) return { found: "seen", records: [] };
  return unreachable("the page that answers shows neither its title nor its wording");
}

/** From the beginning, the middle and the end: a page may show a part. */
function passagesOf(text: string): readonly string[] {
  if (text.length <= PASSAGE) return [text];
  const starts = [0, (text.length - PASSAGE) >> 1, text.length - PASSAGE];
  return starts.map((start) => text.slice(start, start + PASSAGE));
}

function folded(text: string): string {
  return wordingText(wordingOf(text));
}
