import { language } from "../../analyzers/language/index.ts";
import type { LanguageFinding } from "../../contracts/finding.ts";
import type { Post } from "../../contracts/post.ts";

/** Texts remembered, and how long the longest of them may be: 20 MB at most. Copies mostly follow within a burst. */
const REMEMBERED = 10_000;
const LONGEST = 1_000;

/** The languages of posts. Relays carry the same words again and again; those lately told are not told anew. */
export class Languages {
  readonly #told = new Map<string, LanguageFinding>();

  of(post: Post): LanguageFinding {
    const text = post.title === null ? post.text : `${post.title}\n${post.text}`;
    if (text.length > LONGEST) return language.analyze(post, [], {});
    const told = this.#told.get(text);
    if (told !== undefined) return told;
    if (this.#told.size >= REMEMBERED) this.#told.clear();
    const finding = language.analyze(post, [], {});
    this.#told.set(text, finding);
    return finding;
  }
}
