import { detectLanguage, loadLanguageModels } from "../../analyzers/language/index.ts";
import type { LanguageFinding } from "../../contracts/finding.ts";
import type { Post } from "../../contracts/post.ts";

/** Texts remembered, and how long the longest of them may be: 20 MB at most. Copies mostly follow within a burst. */
const REMEMBERED = 10_000;
const LONGEST = 1_000;

/** The languages of posts. Relays carry the same words again and again; those lately told are not told anew. */
export class Languages {
  readonly #told = new Map<string, LanguageFinding>();

  /** The languages of a batch, in its order. */
  async of(posts: readonly Post[]): Promise<readonly LanguageFinding[]> {
    await loadLanguageModels();
    return posts.map(({ title, text }) => this.#tell(title === null ? text : `${title}\n${text}`));
  }

  #tell(text: string): LanguageFinding {
    const told = this.#told.get(text);
    if (told !== undefined) return told;
    const found = detectLanguage(text);
    if (text.length > LONGEST) return found;
    if (this.#told.size >= REMEMBERED) this.#told.clear();
    this.#told.set(text, found);
    return found;
  }
}
