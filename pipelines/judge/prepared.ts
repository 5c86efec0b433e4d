import { type Prepared, prepare } from "../../analyzers/links/prepare.ts";
import type { PostId } from "../../contracts/post.ts";
import type { StoredPost } from "../../contracts/store.ts";
import type { Parts } from "../parts.ts";

/** What a post costs beside its text, in characters. */
const COST_OF_A_POST = 120;

/** A post as it was read: all that judging it needs. */
export type ReadPost = Pick<StoredPost, "post" | "revision">;

export interface Entry {
  readonly prepared: Prepared;
  readonly revision: string;
}

/**
 * Posts ready to be compared, those put in last kept. Only a cache, and it may be behind the store, which another
 * process may have changed: what is made of its posts is saved with their revisions, and what was refused is forgotten.
 */
export class PreparedPosts {
  readonly #actorOf: Parts["actorOf"];
  readonly #most: number;
  readonly #kept = new Map<PostId, Entry>();
  #characters = 0;

  /** `most`: so many characters of text are kept, each of which takes about 13 bytes with its wording. */
  constructor({ actorOf }: Pick<Parts, "actorOf">, most: number) {
    this.#actorOf = actorOf;
    this.#most = most;
  }

  /** The post as it was just read, prepared unless it is already. */
  put({ post, revision }: ReadPost): Prepared {
    const before = this.#kept.get(post.id);
    if (before?.revision === revision) return before.prepared;
    this.forget([post.id]);
    const prepared = prepare(post, this.#actorOf(post));
    this.#kept.set(post.id, { prepared, revision });
    this.#characters += cost(prepared);
    return prepared;
  }

  get(id: PostId): Entry | undefined {
    return this.#kept.get(id);
  }

  /** Lets go of what was put in longest ago until the rest is not too much, and gives it away. */
  trim(): readonly Entry[] {
    const letGo: Entry[] = [];
    for (const [id, entry] of this.#kept) {
      if (this.#characters <= this.#most) break;
      this.forget([id]);
      letGo.push(entry);
    }
    return letGo;
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
