import { traceStory } from "../../analyzers/trace/index.ts";
import { memberOf } from "../../analyzers/trace/member.ts";
import { type Link, pairKey } from "../../contracts/link.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Job } from "../../contracts/queue.ts";
import type { Reading, StoredPost } from "../../contracts/store.ts";
import type { Story, Trace } from "../../contracts/trace.ts";
import { raiseAlerts, raiseStored, type TracedStory } from "../alerts/raise.ts";
import { PreparedPosts } from "../judge/prepared.ts";
import type { Parts } from "../parts.ts";
import { planRevisits } from "../revisits.ts";
import { furtherLinks } from "./complete.ts";
import { type Component, componentsOf, type Surroundings } from "./components.ts";
import { notifyJob, traceJob } from "./jobs.ts";

/** Posts whose stories are traced and saved together. */
const SEEDS_A_JOB = 2_000;
/** Characters of text kept prepared, 40 MB: only the members of large stories are compared here. */
const KEPT_CHARACTERS = 3_000_000;

const preparedFor = (parts: Parts) => new PreparedPosts(parts, KEPT_CHARACTERS);

/**
 * Traces the stories of posts that wait for it. A story is walked anew along its links, so it comes out the same
 * whatever came first, and may grow, split or end. Several may trace at once: posts are read before their links, and
 * what was marked since is not saved. Says whether more may wait.
 */
export async function traceWaiting(parts: Parts, prepared = preparedFor(parts)): Promise<boolean> {
  const { store } = parts;
  const seeds = await store.waiting("trace", SEEDS_A_JOB);
  if (seeds.length === 0) return false;
  const stories: TracedStory[] = [];
  const waited = new Set(seeds);
  const seen = new Map<PostId, StoredPost>();
  const alone: PostId[] = [];
  const read: Reading[] = [];
  const doubtful = new Map<string, Link>();
  const further = new Map<string, Link>();
  for (let open = seeds; open.length > 0; ) {
    const components = await componentsOf(open, (posts) => look(parts, posts, doubtful));
    for (const { members, links } of components) {
      for (const member of members) {
        const { post, revision, mark } = member;
        seen.set(post.id, member);
        read.push({ post: post.id, revision, mark });
      }
      if (members.length < 2) {
        alone.push(members[0]!.post.id);
        continue;
      }
      const found = furtherLinks(parts, prepared, members, links);
      for (const link of found) further.set(pairKey(link), link);
      stories.push({ ...explain(parts, members, [...links, ...found]), members });
    }
    prepared.trim();
    open = await leftBehind(parts, components, seen);
  }
  const links = [...further].filter(([pair]) => !doubtful.has(pair)).map(([, link]) => link);
  const withdrawn = [...doubtful].filter(([pair]) => !further.has(pair)).map(([, link]) => link);
  if (links.length + withdrawn.length > 0) {
    const changed = await store.saveAnalysis({ read, findings: [], links, withdrawn, retrace: [] });
    if (changed.length > 0) return true;
  }
  const all = [...seen.values()];
  const former = [...new Set(all.flatMap(({ story }) => story ?? []))];
  const alerted = await raiseAlerts(parts, {
    stories,
    former,
    seeds: all.filter(({ post }) => waited.has(post.id)),
  });
  await planRevisits(parts, { stories, alerted, alone: alone.flatMap((id) => seen.get(id) ?? []) });
  const refused = await store.saveTraces({ stories, alone, read });
  // What was refused is out of date, and so may be its alerts: they are asked for again of what is stored.
  if (refused.length > 0) await raiseStored(parts, refused);
  return refused.length > 0 || seeds.length === SEEDS_A_JOB;
}

/**
 * Posts, and then those of their links that hold with the posts that are there now. A link is doubtful when what its
 * posts share has become a hub that no longer proposes it: only a comparison of the whole story keeps it.
 */
async function look(
  { store, keys }: Parts,
  ids: readonly PostId[],
  doubtful: Map<string, Link>,
): Promise<Surroundings> {
  const posts = await store.getPosts(ids);
  const links = await store.linksOf(ids);
  // A person's verdict outranks the index.
  const open = links.filter(({ verdict }) => verdict === null);
  if (open.length === 0) return { posts, links };
  const index = await keys();
  const still = await index.share(open.map(({ child, parent }) => [child, parent] as const));
  for (const [i, link] of open.entries()) if (!still[i]) doubtful.set(pairKey(link), link);
  return { posts, links: links.filter((link) => !doubtful.has(pairKey(link))) };
}

function explain(
  { actors, version }: Parts,
  members: readonly StoredPost[],
  links: readonly Link[],
): { story: Story; trace: Trace } {
  const told = members.map(({ post, findings }) =>
    memberOf(post, findings?.language.lang ?? "und", findings?.actor ?? null),
  );
  return traceStory({ members: told, links, actors, version });
}

/** Former companions that no tie reaches any more: they need stories of their own. */
async function leftBehind(
  { store }: Parts,
  components: readonly Component[],
  seen: ReadonlyMap<PostId, unknown>,
): Promise<readonly PostId[]> {
  const former = new Set(components.flatMap(({ members }) => members.flatMap(({ story }) => story ?? [])));
  const stories = await store.getStories([...former]);
  return [...new Set(stories.flatMap(({ members }) => members.filter((id) => !seen.has(id))))];
}

/** The queue's face of the step. */
export function traceStep(parts: Parts): () => Promise<readonly Job[]> {
  const prepared = preparedFor(parts);
  return async () => ((await traceWaiting(parts, prepared)) ? [traceJob] : [notifyJob]);
}
