import { changesBetween, editedPair } from "../../analyzers/edits/index.ts";
import type { BlindSpan } from "../../analyzers/health/blind.ts";
import type { Config } from "../../config/schema.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Store, StoredPost } from "../../contracts/store.ts";
import type { Story } from "../../contracts/trace.ts";
import { namingOf } from "../../reports/names.ts";
import type { EditedWording, FindingInput } from "../../reports/story.ts";
import { blindIn } from "./coverage.ts";

export interface FindingOptions {
  readonly config: Config;
  /** Show private accounts by name, whatever the config says. */
  readonly names: boolean;
}

/** Gathers all that a story's finding is told from; null when there is no such story. */
export async function readFinding(
  store: Store,
  story: string,
  { config, names }: FindingOptions,
): Promise<FindingInput | null> {
  const found = await store.getTrace(story);
  if (found === null) return null;
  const { members } = found.story;
  const posts = await store.getPosts([...members, ...found.trace.suggested]);
  return {
    ...found,
    posts: new Map(posts.map((stored) => [stored.post.id, stored])),
    links: await store.linksOf(members),
    edits: await editsOf(store, posts),
    blind: await blindDuring(store, config, found.story),
    ...namingOf(config, names),
    lang: "en",
    zone: config.schedule.zone,
  };
}

async function blindDuring(
  store: Store,
  config: Config,
  { first, last }: Story,
): Promise<readonly BlindSpan[]> {
  if (first === null || last === null) return [];
  return blindIn(store, config, { from: Date.parse(first), to: Date.parse(last) });
}

/** What was changed in posts whose wording is known to have been another. */
async function editsOf(
  store: Store,
  posts: readonly StoredPost[],
): Promise<ReadonlyMap<PostId, EditedWording>> {
  const edits = new Map<PostId, EditedWording>();
  for (const { post, edited } of posts) {
    if (edited === undefined) continue;
    const pair = editedPair(await store.versionsOf(post.id), edited);
    if (pair !== null) edits.set(post.id, { ...pair, ...changesBetween(pair.before, pair.after) });
  }
  return edits;
}

/** The stories with the most posts, at most `limit` of them, each with at least `least` posts. Ties by time, then id. */
export async function largestStories(store: Store, limit: number, least = 2): Promise<readonly Story[]> {
  let largest: Story[] = [];
  for await (const story of store.find("stories", { kind: "all" })) {
    if (story.members.length < least) continue;
    largest.push(story);
    // Cut now and then, so that a million stories are never held at once.
    if (largest.length >= 2 * limit + 1000) largest = largest.sort(bySize).slice(0, limit);
  }
  return largest.sort(bySize).slice(0, limit);
}

function bySize(a: Story, b: Story): number {
  const [p, q] = [a.first ?? "", b.first ?? ""];
  return b.members.length - a.members.length || (p === q ? (a.story < b.story ? -1 : 1) : p < q ? -1 : 1);
}
