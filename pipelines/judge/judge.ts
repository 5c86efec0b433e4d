import type { PostFindings } from "../../contracts/finding.ts";
import type { Link } from "../../contracts/link.ts";
import type { Pairs } from "../../contracts/pairs.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Reading } from "../../contracts/store.ts";
import type { Parts } from "../parts.ts";
import { createDesk, type Desk } from "./desk.ts";
import type { ReadPost } from "./prepared.ts";
import { type Room, roomIn } from "./room.ts";
import { ThreadedDesk } from "./threaded.ts";

/** From so many posts, or so much text, at once a thread is worth its language models, which it loads anew. */
const MANY = { posts: 200, characters: 100_000 };

export interface Judged {
  readonly links: readonly Link[];
  /** The posts that were compared, as they were read. */
  readonly read: readonly Reading[];
}

/**
 * What posts say by themselves, and what links any two of them. Nothing else goes in, so it may be found out anywhere:
 * here while posts come a few at a time, and once many come in a thread of its own, so that the caller goes on meanwhile.
 */
export class Judge {
  readonly #parts: Parts;
  readonly #room: Room;
  readonly #here: Desk;
  #thread: ThreadedDesk | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#room = roomIn(parts.config.analysis.cache_mb);
    this.#here = createDesk(parts, this.#room);
  }

  /** The findings of each post, in order. */
  read(posts: readonly ReadPost[]): Promise<readonly PostFindings[]> {
    const characters = posts.reduce((sum, { post: { text } }) => sum + text.length, 0);
    const many = posts.length >= MANY.posts || characters >= MANY.characters;
    return this.#desk(many).read(posts.map(({ post, revision }) => ({ post, revision })));
  }

  /**
   * The links of pairs, each once. Posts that are not at hand are read; a pair of which one is not stored has no link.
   */
  async compare({ posts: ids, places: pairs }: Pairs): Promise<Judged> {
    const desk = this.#desk(false);
    const absent = new Set<PostId>();
    const posts: ReadPost[] = [];
    for (;;) {
      const answer = await desk.compare({ ids, pairs, posts, absent: [...absent] });
      if (!("missing" in answer)) return { links: answer.links, read: readingsOf(ids, answer.revisions) };
      for (const id of answer.missing) absent.add(id);
      for (const { post, revision } of await this.#parts.store.getPosts(answer.missing)) {
        absent.delete(post.id);
        posts.push({ post, revision });
      }
    }
  }

  /** Posts that have changed meanwhile are read anew. */
  async forget(posts: readonly PostId[]): Promise<void> {
    await this.#here.forget(posts);
    await this.#thread?.forget(posts);
  }

  #desk(many: boolean): Desk {
    if (this.#thread?.ended) this.#thread = null;
    if (this.#thread === null && many) {
      const { config, copies, version, store } = this.#parts;
      const { actors, watches } = config;
      const file = store.file === undefined ? {} : { file: store.file };
      this.#thread = new ThreadedDesk({ actors, watches, copies, version, room: this.#room, ...file });
    }
    return this.#thread ?? this.#here;
  }
}

function readingsOf(ids: readonly PostId[], revisions: readonly (string | null)[]): readonly Reading[] {
  const read: Reading[] = [];
  for (const [i, revision] of revisions.entries())
    if (revision !== null) read.push({ post: ids[i]!, revision });
  return read;
}
