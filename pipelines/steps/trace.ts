import { traceStory } from "../../analyzers/trace/index.ts";
import { memberOf } from "../../analyzers/trace/member.ts";
import type { Link } from "../../contracts/link.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Job } from "../../contracts/queue.ts";
import type { Story, Trace } from "../../contracts/trace.ts";
import type { Parts } from "../parts.ts";
import { completeLinks } from "./complete.ts";
import { componentsOf } from "./components.ts";
import { traceJob } from "./jobs.ts";
import { PreparedPosts } from "./prepared.ts";

/** Posts whose stories are traced and saved together. */
const SEEDS_A_JOB = 2_000;

/**
 * Traces the stories of posts that wait for it. A story is walked anew along its links, so it comes out the same
 * whatever came first, and may grow, split or end. Says whether more may wait.
 */
export async function traceWaiting(parts: Parts, prepared = new PreparedPosts(parts)): Promise<boolean> {
  const seeds = await parts.store.waiting("trace", SEEDS_A_JOB);
  if (seeds.length === 0) return false;
  const stories: { story: Story; trace: Trace }[] = [];
  const alone: PostId[] = [];
  const seen = new Set<PostId>();
  for (let open: readonly PostId[] = seeds; open.length > 0; ) {
    const components = await componentsOf(open, (posts) => settledLinks(parts, posts));
    const former = new Set<string>();
    for (const { members, links } of components) {
      for (const id of members) seen.add(id);
      const posts = await parts.store.getPosts(members);
      for (const { story } of posts) if (story !== null) former.add(story);
      if (members.length < 2) {
        alone.push(...members);
        continue;
      }
      const story = posts.map(({ post, findings }) =>
        memberOf(post, findings?.language.lang ?? "und", findings?.actor ?? null),
      );
      const all = await completeLinks(parts, prepared, story, links);
      stories.push(traceStory({ members: story, links: all, actors: parts.actors, version: parts.version }));
    }
    open = await leftBehind(parts, former, seen);
  }
  await parts.store.saveTraces({ stories, alone, traced: seeds });
  return seeds.length === SEEDS_A_JOB;
}

/** Former companions that no tie reaches any more: they need stories of their own. */
async function leftBehind(
  parts: Parts,
  former: ReadonlySet<string>,
  seen: ReadonlySet<PostId>,
): Promise<readonly PostId[]> {
  const left = new Set<PostId>();
  for (const id of former) {
    const before = await parts.store.getTrace(id);
    for (const member of before?.story.members ?? []) if (!seen.has(member)) left.add(member);
  }
  return [...left];
}

/**
 * The links of posts that hold with the posts that are there now. A link that rests on wording alone is withdrawn
 * when its passage has become a hub that no longer proposes it.
 */
async function settledLinks(parts: Parts, posts: readonly PostId[]): Promise<readonly Link[]> {
  const links = await parts.store.linksOf(posts);
  const onWording = links.filter(
    ({ evidence, verdict }) =>
      verdict === null &&
      !evidence.some((kind) => kind === "stated" || kind === "declared" || kind === "link"),
  );
  if (onWording.length === 0) return links;
  const index = await parts.keys();
  const still = await index.share(onWording.map(({ child, parent }) => [child, parent] as const));
  const withdrawn = onWording.filter((_, i) => !still[i]);
  if (withdrawn.length === 0) return links;
  await parts.store.saveAnalysis({ findings: [], links: [], withdrawn, retrace: [] });
  const gone = new Set(withdrawn);
  return links.filter((link) => !gone.has(link));
}

/** The queue's face of the step. */
export async function traceStep(parts: Parts, prepared: PreparedPosts): Promise<readonly Job[]> {
  return (await traceWaiting(parts, prepared)) ? [traceJob] : [];
}
