import { linkPosts } from "../../analyzers/links/index.ts";
import { keysOf, type Prepared, passagesOf, prepare } from "../../analyzers/links/prepare.ts";
import { traceStory } from "../../analyzers/trace/index.ts";
import { byTimeAndAudience, type Member, memberOf } from "../../analyzers/trace/member.ts";
import { proposeParents } from "../../analyzers/trace/propose.ts";
import { type CopiesOptions, copiesSchema } from "../../config/copies.ts";
import { KEY_RULES } from "../../contracts/keys.ts";
import { type Link, tiesStory } from "../../contracts/link.ts";
import type { Post, PostDraft, PostId } from "../../contracts/post.ts";
import type { ParentChoice, Trace } from "../../contracts/trace.ts";
import { createMemoryKeys } from "../../keys/memory.ts";
import { identify } from "../../text/identify.ts";
import { Groups } from "../copies/groups.ts";

/** What was found of a set of posts. */
export interface Analysed {
  readonly posts: ReadonlyMap<PostId, Post>;
  readonly links: readonly Link[];
  readonly traces: readonly Trace[];
  /** The trace each member of a story is in. */
  readonly traceOf: ReadonlyMap<PostId, Trace>;
  readonly seconds: { readonly links: number; readonly traces: number };
}

/** Posts that are analysed together; what the pipeline takes at a time. */
const BATCH = 500;

/** Stories up to here are whole as the key index joins them (`pipelines/steps/complete.ts`). */
const SMALL_STORY = KEY_RULES.group.representatives;

/**
 * Analyses posts in memory by the pipeline's own steps: keys, candidates, links, what still shares enough keys, and
 * the traces of what the links tie. No store, so that figures about quality do not wait for a disk.
 */
export async function analyseInMemory(drafts: Iterable<PostDraft>): Promise<Analysed> {
  const options = copiesSchema.parse({});
  const posts = new Map<PostId, Post>();
  for (const draft of drafts) {
    const identified = identify(draft, { source: "bench", collected_at: "2026-01-01T00:00:00.000Z" });
    if ("post" in identified) posts.set(identified.post.id, identified.post);
  }
  const index = createMemoryKeys();
  const prepared = new Map<PostId, Prepared>();
  const links = new Map<string, Link>();
  const all = [...posts.values()];
  const started = performance.now();
  for (let i = 0; i < all.length; i += BATCH) {
    const entries = all.slice(i, i + BATCH).map((post) => prepare(post, null));
    for (const entry of entries) prepared.set(entry.post.id, entry);
    const { pairs } = await index.addAndAsk(
      entries.map((entry) => ({ post: entry.post.id, keys: keysOf(entry) })),
    );
    for (const [one, other] of pairs) {
      const pair = one < other ? `${one}\n${other}` : `${other}\n${one}`;
      if (links.has(pair)) continue;
      const link = linkPosts(prepared.get(one)!, prepared.get(other)!, options, "bench");
      if (link !== null) links.set(pair, link);
    }
  }
  const kept = await settled([...links.values()], index);
  const linked = performance.now();
  const traces = tracesOf(posts, kept, (members, own) => completed(members, own, prepared, options));
  const traceOf = new Map<PostId, Trace>();
  for (const trace of traces) for (const id of trace.order) traceOf.set(id, trace);
  const seconds = { links: (linked - started) / 1000, traces: (performance.now() - linked) / 1000 };
  return { posts, links: kept, traces, traceOf, seconds };
}

/** A link holds while its posts share enough keys: the last posts may have made hubs. */
async function settled(
  links: readonly Link[],
  index: ReturnType<typeof createMemoryKeys>,
): Promise<readonly Link[]> {
  const shared = await index.share(links.map(({ child, parent }) => [child, parent] as const));
  return links.filter((_, i) => shared[i]);
}

/** The links of a large story with those of its likeliest parents, as the pipeline's trace step adds them. */
function completed(
  members: readonly Member[],
  links: readonly Link[],
  prepared: ReadonlyMap<PostId, Prepared>,
  options: CopiesOptions,
): readonly Link[] {
  if (members.length <= SMALL_STORY) return links;
  const posts = [...members].sort(byTimeAndAudience).map(({ id }) => prepared.get(id)!);
  const known = new Set(links.flatMap(({ child, parent }) => [`${child}\n${parent}`, `${parent}\n${child}`]));
  const found: Link[] = [];
  for (const [later, earlier] of proposeParents(posts.map((post) => passagesOf(post)))) {
    const [a, b] = [posts[later]!, posts[earlier]!];
    if (known.has(`${a.post.id}\n${b.post.id}`)) continue;
    const link = linkPosts(a, b, options, "bench");
    if (link !== null) found.push(link);
  }
  return [...links, ...found];
}

function tracesOf(
  posts: ReadonlyMap<PostId, Post>,
  links: readonly Link[],
  complete: (members: readonly Member[], links: readonly Link[]) => readonly Link[],
): readonly Trace[] {
  const ids = [...posts.keys()];
  const numbers = new Map(ids.map((id, i) => [id, i]));
  const groups = new Groups(ids.length);
  for (const link of links)
    if (tiesStory(link)) groups.join(numbers.get(link.child)!, numbers.get(link.parent)!);
  const members = new Map<number, Post[]>();
  for (const [i, id] of ids.entries()) push(members, groups.of(i), posts.get(id)!);
  const own = new Map<number, Link[]>();
  for (const link of links) {
    const [child, parent] = [groups.of(numbers.get(link.child)!), groups.of(numbers.get(link.parent)!)];
    push(own, child, link);
    if (parent !== child) push(own, parent, link);
  }
  const traces: Trace[] = [];
  for (const [group, list] of members) {
    if (list.length < 2) continue;
    const story = list.map((post) => memberOf(post, "und", null));
    const whole = {
      members: story,
      links: complete(story, own.get(group) ?? []),
      actors: new Map(),
      version: "bench",
    };
    traces.push(traceStory(whole).trace);
  }
  return traces;
}

/** The first post of a member's line of parents. */
export function rootOf(
  id: PostId,
  { parents }: Trace,
): { readonly post: PostId; readonly choice: ParentChoice } {
  let at = id;
  for (let parent = parents[at]!.parent; parent !== null; parent = parents[at]!.parent) at = parent;
  return { post: at, choice: parents[at]! };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
