import { type Prepared, prepare } from "../../analyzers/links/prepare.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Reading, StoredPost } from "../../contracts/store.ts";
import type { Parts } from "../parts.ts";

/** Characters of text kept prepared. Each takes about 20 bytes with its wording, so this is some 160 MB at most. */
const KEPT_CHARACTERS = 8_000_000;
/** What a post costs beside its text, in characters. */
const COST_OF_A_POST = 40;

interface Entry {
  readonly prepared: Prepared;
  readonly revision: string;
}

/**
 * Posts ready to be compared, the most recently used kept. Only a cache, and it may be behind the store, which another
 * process may have changed: what is made of its posts is saved with their revisions, and what was refused is forgotten.
 */
export class PreparedPosts {
  readonly #parts: Pick<Parts, "store" | "actorOf">;
  readonly #kept = new Map<PostId, Entry>();
  #characters = 0;

  constructor(parts: Pick<Parts, "store" | "actorOf">) {
    this.#parts = parts;
  }

  /** The post as it was just read, prepared unless it is already. */
  put({ post, revision }: StoredPost): Prepared {
    const before = this.#kept.get(post.id);
    if (before?.revision === revision) return before.prepared;
    this.forget([post.id]);
    const prepared = prepare(post, this.#parts.actorOf(post));
    this.#kept.set(post.id, { prepared, revision });
    this.#characters += cost(prepared);
    return prepared;
  }

  get(id: PostId): Prepared | undefined {
    return this.#kept.get(id)?.prepared;
  }

  /** For what was made of the post. */
  readingOf(id: PostId): Reading {
    return { post: id, revision: this.#kept.get(id)!.revision };
  }

  /** Loads what is missing of the named posts; these are there until the next load. */
  async load(ids: readonly PostId[]): Promise<void> {
    const needed = new Set(ids);
    const missing = [...needed].filter((id) => !this.#kept.has(id));
    for (const stored of await this.#parts.store.getPosts(missing)) this.put(stored);
    this.trim(needed);
  }

  /** Lets go of what was put in longest ago, save what is needed, until the rest is not too much. */
  trim(needed: ReadonlySet<PostId> = new Set()): void {
    for (const id of this.#kept.keys()) {
      if (this.#characters <= KEPT_CHARACTERS) break;
      if (!needed.has(id)) this.forget([id]);
    }
  }

  forget(ids: readonly PostId[]): void {
    for (const id of ids) {
      const entry = this.#kept.get(id);
      if (entry === undefined) continue;
      this.#kept.delete(id);
      this.#characters -= cost(entry.prepared);
    }
  }
}

function cost({ body, title }: Prepared): number {
  return body.text.length + (title?.text.length ?? 0) + COST_OF_A_POST;
}
