import type { PostId } from "../../contracts/post.ts";
import type { Query } from "../../contracts/query.ts";
import type { Store, StoredPost } from "../../contracts/store.ts";
import { collectedSince } from "../restore-keys.ts";
import { Count, type Tally } from "./tally.ts";

export interface PostsAsked {
  readonly store: Store;
  /** What was collected before this goes, ISO 8601. */
  readonly before: string;
  readonly holds: readonly Query[];
  /** Posts that alerts which stay rest on. */
  readonly cited: ReadonlySet<PostId>;
  readonly progress: (done: number) => void;
}

export interface PostsPlan {
  readonly tallies: readonly Tally[];
  readonly remove: readonly PostId[];
}

/** Ids asked about together: a search takes 1,024 clauses. */
const AT_ONCE = 500;

/**
 * Which posts go, decided before the first does. Whoever is in a story that is watched stays with it, so that what is
 * decided once is decided so again after a crash: only stories that nobody watches are cut.
 */
export async function planPosts({ store, before, holds, cited, progress }: PostsAsked): Promise<PostsPlan> {
  const posts = new Count("posts");
  const links = new Count("links");
  const remove = new Set<PostId>();
  const watched = new Map<string, boolean>();
  const cut = new Map<string, number>();

  async function isWatched({ findings, story }: StoredPost): Promise<boolean> {
    if ((findings?.watches.length ?? 0) > 0) return true;
    if (story === null) return false;
    let known = watched.get(story);
    if (known === undefined) {
      const members = (await store.getTrace(story))?.story.members ?? [];
      known = await someWatched(store, members);
      watched.set(story, known);
    }
    return known;
  }

  async function plan(batch: readonly StoredPost[]): Promise<void> {
    const ids = batch.map(({ post }) => post.id);
    const found = await store.linksOf(ids);
    const judged = new Set(
      found.flatMap(({ verdict, child, parent }) => (verdict === null ? [] : [child, parent])),
    );
    const held = await heldOf(store, ids, holds);
    const own = new Set<PostId>();
    for (const stored of batch) {
      const { id } = stored.post;
      if (judged.has(id)) posts.keep("a person judged a link of it");
      else if (cited.has(id)) posts.keep("an alert rests on it");
      else if (await isWatched(stored)) posts.keep("its story is watched");
      else if (held.has(id)) posts.keep("held");
      else {
        posts.remove();
        own.add(id);
        if (stored.story !== null) cut.set(stored.story, (cut.get(stored.story) ?? 0) + 1);
      }
    }
    // A link of two that go is counted with the first of them.
    links.remove(
      found.filter(
        ({ child, parent }) =>
          (own.has(child) || own.has(parent)) && !remove.has(child) && !remove.has(parent),
      ).length,
    );
    for (const id of own) remove.add(id);
  }

  let done = 0;
  for await (const batch of batches(store.collectedBefore(before))) {
    await plan(batch);
    done += batch.length;
    progress(done);
  }
  posts.keep("recent", await store.count("posts", collectedSince(before)));
  links.keep("both posts stay", (await store.count("links", { kind: "all" })) - links.tally.removed);
  const stories = await storiesCut(store, cut);
  return { tallies: [posts.tally, links.tally, stories], remove: [...remove] };
}

async function someWatched(store: Store, members: readonly PostId[]): Promise<boolean> {
  for (let i = 0; i < members.length; i += AT_ONCE) {
    const posts = await store.getPosts(members.slice(i, i + AT_ONCE));
    if (posts.some(({ findings }) => (findings?.watches.length ?? 0) > 0)) return true;
  }
  return false;
}

/** Those that a search for what is held finds, and those that no search finds: of them it cannot be asked. */
async function heldOf(
  store: Store,
  ids: readonly PostId[],
  holds: readonly Query[],
): Promise<ReadonlySet<PostId>> {
  if (holds.length === 0) return new Set();
  const own: Query = {
    kind: "or",
    parts: ids.map((value) => ({ kind: "text", field: "id", value, prefix: false })),
  };
  const found = new Set<PostId>();
  for await (const { post } of store.find("posts", own)) found.add(post.id);
  const held = new Set(ids.filter((id) => !found.has(id)));
  for (const hold of holds)
    for await (const { post } of store.find("posts", { kind: "and", parts: [own, hold] })) held.add(post.id);
  return held;
}

/** A story that loses posts and has two or more left is traced anew; it may end in several, or in none. */
async function storiesCut(store: Store, cut: ReadonlyMap<string, number>): Promise<Tally> {
  const stories = new Count("stories");
  let anew = 0;
  for (const [name, posts] of cut) {
    const members = (await store.getTrace(name))?.story.members.length ?? 0;
    if (members - posts < 2) stories.remove();
    else anew++;
  }
  stories.keep("traced anew", anew);
  const total = await store.count("stories", { kind: "all" });
  stories.keep("whole", total - stories.tally.seen);
  return stories.tally;
}

async function* batches<T>(items: AsyncIterable<T>): AsyncGenerator<readonly T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    if (batch.push(item) < AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
