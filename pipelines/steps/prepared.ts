import { type Prepared, prepare } from "../../analyzers/links/prepare.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Parts } from "../parts.ts";

/** Characters of text kept prepared. Each takes about 20 bytes with its wording, so this is some 160 MB at most. */
const KEPT_CHARACTERS = 8_000_000;
/** What a post costs beside its text, in characters. */
const COST_OF_A_POST = 40;

/** Posts ready to be compared, the most recently used kept. Only a cache: the store has everything. */
export class PreparedPosts {
  readonly #parts: Pick<Parts, "store" | "actorOf">;
  readonly #kept = new Map<PostId, Prepared>();
  #characters = 0;

  constructor(parts: Pick<Parts, "store" | "actorOf">) {
    this.#parts = parts;
  }

  put(entry: Prepared): Prepared {
    const before = this.#kept.get(entry.post.id);
    if (before !== undefined) this.#drop(before);
    this.#kept.set(entry.post.id, entry);
    this.#characters += cost(entry);
    return entry;
  }

  get(id: PostId): Prepared | undefined {
    return this.#kept.get(id);
  }

  /** Loads what is missing of the named posts, and only then lets go of what was put in longest ago. */
  async load(ids: readonly PostId[]): Promise<void> {
    const needed = new Set(ids);
    const missing = [...needed].filter((id) => !this.#kept.has(id));
    for (const { post } of await this.#parts.store.getPosts(missing)) {
      this.put(prepare(post, this.#parts.actorOf(post)));
    }
    for (const [id, entry] of this.#kept) {
      if (this.#characters <= KEPT_CHARACTERS) break;
      if (!needed.has(id)) this.#drop(entry);
    }
  }

  #drop(entry: Prepared): void {
    this.#kept.delete(entry.post.id);
    this.#characters -= cost(entry);
  }
}

function cost({ body, title }: Prepared): number {
  return body.text.length + (title?.text.length ?? 0) + COST_OF_A_POST;
}
