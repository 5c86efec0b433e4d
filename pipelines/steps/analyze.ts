import { COMPARED_UNITS } from "../../analyzers/links/prepare.ts";
import type { Crowd } from "../../contracts/keys.ts";
import { type Link, pairKey } from "../../contracts/link.ts";
import { Pairs } from "../../contracts/pairs.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Job } from "../../contracts/queue.ts";
import type { Reading, StoredPost } from "../../contracts/store.ts";
import type { Judge } from "../judge/judge.ts";
import type { Parts } from "../parts.ts";
import { traceJob } from "./jobs.ts";

/**
 * Characters that are judged together: long posts take some hundred bytes each while that goes on, and what waits for
 * them, other threads and servers, waits as long.
 */
const BATCH_CHARACTERS = 1_000_000;

/** What the key index said and is not saved yet: it says each thing once. */
class Owed {
  /** Pairs to compare. Comparing one that has parted meanwhile does no harm: the trace asks. */
  pairs = new Pairs();
  /** Posts whose stories are to be traced again. */
  readonly unsettled = new Set<PostId>();

  add(pairs: Pairs, unsettled: Iterable<PostId>): void {
    this.pairs = this.pairs.length === 0 ? pairs : Pairs.of([...this.pairs, ...pairs]);
    for (const id of unsettled) this.unsettled.add(id);
  }

  /** Takes over all that another owes. */
  take(other: Owed): void {
    this.add(other.pairs, other.unsettled);
    other.pairs = new Pairs();
    other.unsettled.clear();
  }
}

/**
 * Judges a batch of posts: language, actor, keys, and the links to every other post that shares enough keys. Links
 * depend on the two posts alone, so a batch that comes twice, or two batches at once, end in the same links. When a post
 * changes meanwhile, the batch is read and judged again.
 */
async function analyze(parts: Parts, posts: readonly StoredPost[], judge: Judge, owed: Owed): Promise<void> {
  const index = await parts.keys();
  for (let batch = posts; ; batch = await parts.store.getPosts(posts.map(({ post }) => post.id))) {
    const generation = await index.generation();
    const analysis = await judged(parts, batch, judge, owed);
    const changed = await parts.store.saveAnalysis(analysis);
    if (changed.length > 0) {
      await judge.forget(changed);
      continue;
    }
    // What was lost with the keys meanwhile has to stand there for those who come after.
    if ((await index.generation()) === generation) return;
  }
}

/** One batch after the other, each with so much text at most, or one post. */
function batchesOf(posts: readonly StoredPost[]): readonly (readonly StoredPost[])[] {
  const batches: StoredPost[][] = [[]];
  let characters = 0;
  for (const each of posts) {
    characters += each.post.text.length;
    if (characters > BATCH_CHARACTERS && batches.at(-1)!.length > 0) {
      batches.push([]);
      characters = each.post.text.length;
    }
    batches.at(-1)!.push(each);
  }
  return batches;
}

type Analysis = Parameters<Parts["store"]["saveAnalysis"]>[0];

async function judged(
  parts: Parts,
  batch: readonly StoredPost[],
  judge: Judge,
  owed: Owed,
): Promise<Analysis> {
  // Before the keys are asked: a link that another saves after this is not taken for one that no longer holds.
  const former = await linksBefore(parts, batch);
  const findings = await judge.read(batch);
  for (const { post } of batch) {
    if (post.text.length > COMPARED_UNITS) {
      parts.log.warn(
        `${post.id}: only the first ${COMPARED_UNITS} characters of its ${post.text.length} are compared`,
      );
    }
  }
  const index = await parts.keys();
  const answer = await index.addAndAsk(findings.map(({ post, keys }) => ({ post, keys })));
  owed.add(answer.pairs, answer.unsettled);
  for (const crowd of answer.crowded) parts.log.warn(crowdSentence(crowd));
  const compared = await judge.compare(owed.pairs);
  const own = new Set(batch.map(({ post }) => post.id));
  const read: Reading[] = compared.read.filter(({ post }) => !own.has(post));
  for (const { post, revision, mark } of batch) read.push({ post: post.id, revision, mark });
  const withdrawn = former.length === 0 ? [] : missingIn(compared.links, former);
  const retrace = new Set<PostId>(await parted(parts, [...owed.unsettled]));
  for (const { child, parent } of compared.links) retrace.add(child).add(parent);
  for (const { child, parent } of withdrawn) retrace.add(child).add(parent);
  // Alerts are raised where stories are traced, so a post that joins or leaves a watch waits for that as well.
  for (const { post, watches } of findings) if (watches.length > 0) retrace.add(post);
  for (const { post, findings: before } of batch) if ((before?.watches.length ?? 0) > 0) retrace.add(post.id);
  return { read, findings, links: compared.links, withdrawn, retrace: [...retrace] };
}

/** Of the links that were, those that are no more. */
function missingIn(links: readonly Link[], former: readonly Link[]): readonly Link[] {
  const found = new Set(links.map(pairKey));
  return former.filter((link) => !found.has(pairKey(link)));
}

function crowdSentence({ what, count, post }: Crowd): string {
  const carried = what === "wording" ? "its whole wording" : "a passage of it";
  return `${post}: ${carried} stands in ${count} posts by now; they are compared with a few of them, not each with each${what === "passage" ? ", and only where they say little else" : ""}`;
}

/** Links of posts analysed before; those that do not come out again no longer hold: a text or the analyzers changed. */
async function linksBefore(parts: Parts, batch: readonly StoredPost[]): Promise<readonly Link[]> {
  const again = batch.filter(({ findings }) => findings !== null).map(({ post }) => post.id);
  return again.length === 0 ? [] : parts.store.linksOf(again);
}

/** Those of posts whose links no longer all hold. One that is saved after this marks its posts itself. */
async function parted({ store, keys }: Parts, unsettled: readonly PostId[]): Promise<readonly PostId[]> {
  const asked = new Set(unsettled);
  const links = (await store.linksOf(unsettled)).filter(({ verdict }) => verdict === null);
  const still = await (await keys()).share(links.map(({ child, parent }) => [child, parent] as const));
  const ends = links.flatMap(({ child, parent }, i) => (still[i] ? [] : [child, parent]));
  return ends.filter((id) => asked.has(id));
}

/** The queue's face of the step. Several batches may be under way at once. */
export function analyzeStep(parts: Parts, judge: Judge): (job: Job) => Promise<readonly Job[]> {
  // What batches that failed owe: the next one settles it.
  const left = new Owed();
  let done = 0;
  return async (job) => {
    const { posts } = job.data as { readonly posts: readonly PostId[] };
    const owed = new Owed();
    owed.take(left);
    try {
      for (const batch of batchesOf(await parts.store.getPosts(posts)))
        await analyze(parts, batch, judge, owed);
    } catch (error) {
      left.take(owed);
      throw error;
    }
    done += posts.length;
    parts.log.progress("posts analysed", done, null);
    return [traceJob];
  };
}
