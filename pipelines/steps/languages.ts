import { Worker } from "node:worker_threads";
import { detectLanguage, loadLanguageModels } from "../../analyzers/language/index.ts";
import type { LanguageFinding } from "../../contracts/finding.ts";
import type { Post } from "../../contracts/post.ts";

/** Texts remembered, and how long the longest of them may be: 20 MB at most. Copies mostly follow within a burst. */
const REMEMBERED = 10_000;
const LONGEST = 1_000;
/** From so many texts at once a second thread tells sooner, its models loaded anew and its texts copied. */
const MANY = 200;

/**
 * The languages of posts. Relays carry the same words again and again; those lately told are not told anew. Many texts
 * at once go to a thread of their own, so that the caller can go on meanwhile.
 */
export class Languages {
  readonly #told = new Map<string, LanguageFinding>();
  #thread: Thread | null = null;

  /** The languages of a batch, in its order. */
  async of(posts: readonly Post[]): Promise<readonly LanguageFinding[]> {
    const texts = posts.map(({ title, text }) => (title === null ? text : `${title}\n${text}`));
    const found = new Map<string, LanguageFinding>();
    const unknown: string[] = [];
    for (const text of new Set(texts)) {
      const told = this.#told.get(text);
      if (told === undefined) unknown.push(text);
      else found.set(text, told);
    }
    const findings = await this.#tell(unknown);
    for (const [i, text] of unknown.entries()) {
      found.set(text, findings[i]!);
      if (text.length > LONGEST) continue;
      if (this.#told.size >= REMEMBERED) this.#told.clear();
      this.#told.set(text, findings[i]!);
    }
    return texts.map((text) => found.get(text)!);
  }

  async #tell(texts: readonly string[]): Promise<readonly LanguageFinding[]> {
    if (texts.length < MANY) {
      await loadLanguageModels();
      return texts.map(detectLanguage);
    }
    this.#thread ??= new Thread();
    return this.#thread.tell(texts);
  }
}

interface Waiting {
  readonly resolve: (findings: readonly LanguageFinding[]) => void;
  readonly reject: (error: unknown) => void;
}

/** One thread for one process. It keeps the process alive only while it is asked something. */
class Thread {
  readonly #worker = new Worker(new URL("./language-thread.ts", import.meta.url));
  readonly #waiting: Waiting[] = [];

  constructor() {
    this.#worker.unref();
    this.#worker.on("message", (findings: readonly LanguageFinding[]) => this.#next()?.resolve(findings));
    this.#worker.on("error", (error) => {
      for (let waiting = this.#next(); waiting !== undefined; waiting = this.#next()) waiting.reject(error);
    });
  }

  tell(texts: readonly string[]): Promise<readonly LanguageFinding[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.ref();
      this.#worker.postMessage(texts);
    });
  }

  #next(): Waiting | undefined {
    const waiting = this.#waiting.shift();
    if (this.#waiting.length === 0) this.#worker.unref();
    return waiting;
  }
}
