import { COMPARED_UNITS } from "../../analyzers/links/prepare.ts";
import type { Crowd } from "../../contracts/keys.ts";
import { type Link, pairKey } from "../../contracts/link.ts";
import { Pairs } from "../../contracts/pairs.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Job } from "../../contracts/queue.ts";
import type { Reading, StoredPost } from "../../contracts/store.ts";
import type { Judge, Judged } from "../judge/judge.ts";
import type { Parts } from "../parts.ts";
import { traceJob } from "./jobs.ts";

/**
 * Characters that are judged together: long posts take some hundred bytes each while that goes on, and what waits for
 * them, other threads and servers, waits as long.
 */
const BATCH_CHARACTERS = 1_000_000;

/** Pairs compared and saved together: of those of a crowd nearly each has a link, of a kilobyte. */
const PAIRS_AT_ONCE = 20_000;

const UNSETTLED_AT_ONCE = 100;

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
    const changed = await judgeAndSave(parts, batch, judge, owed);
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

/** Gives the posts that were changed meanwhile; nothing is said of the batch then. */
async function judgeAndSave(
  parts: Parts,
  batch: readonly StoredPost[],
  judge: Judge,
  owed: Owed,
): Promise<readonly PostId[]> {
  const { store } = parts;
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
  const read = new Map<PostId, Reading>();
  const retrace = new Set<PostId>();
  const found = new Set<string>();
  let part: Judged = { links: [], read: [] };
  for (const pairs of owed.pairs.parts(PAIRS_AT_ONCE)) {
    if (part.links.length > 0) {
      // Neither findings nor marks go with it: whoever is cut off finds them all again.
      const changed = await store.saveAnalysis({ ...part, findings: [], withdrawn: [], retrace: [] });
      if (changed.length > 0) return changed;
    }
    part = await judge.compare(pairs);
    for (const reading of part.read) read.set(reading.post, reading);
    for (const { child, parent } of part.links) retrace.add(child).add(parent);
    if (former.length > 0) for (const link of part.links) found.add(pairKey(link));
  }
  for (const { post, revision, mark } of batch) read.set(post.id, { post: post.id, revision, mark });
  const withdrawn = former.filter((link) => !found.has(pairKey(link)));
  for (const id of await parted(parts, [...owed.unsettled])) retrace.add(id);
  for (const { child, parent } of withdrawn) retrace.add(child).add(parent);
  // Alerts are raised where stories are traced, so a post that joins or leaves a watch waits for that as well.
  for (const { post, watches } of findings) if (watches.length > 0) retrace.add(post);
  for (const { post, findings: before } of batch) if ((before?.watches.length ?? 0) > 0) retrace.add(post.id);
  const { links } = part;
  return store.saveAnalysis({ read: [...read.values()], findings, links, withdrawn, retrace: [...retrace] });
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

/**
 * Those of posts whose links no longer all hold, looked at a few at a time: each post of a crowd has a thousand links. One
 * that is saved after this marks its posts itself.
 */
async function parted({ store, keys }: Parts, unsettled: readonly PostId[]): Promise<readonly PostId[]> {
  const index = await keys();
  const found: PostId[] = [];
  for (let from = 0; from < unsettled.length; from += UNSETTLED_AT_ONCE) {
    const some = unsettled.slice(from, from + UNSETTLED_AT_ONCE);
    const asked = new Set(some);
    const links = (await store.linksOf(some)).filter(({ verdict }) => verdict === null);
    const still = await index.share(links.map(({ child, parent }) => [child, parent] as const));
    for (const [i, { child, parent }] of links.entries()) {
      if (!still[i]) found.push(...[child, parent].filter((id) => asked.has(id)));
    }
  }
  return found;
}

/** The queue's face of the step. Several batches may be under way at once. */
export function analyzeStep(parts: Parts, judge: Judge): (job: Job) => Promise<readonly Job[]> {
  // What batches that failed owe: the next one settles it.
  const left = new Owed();
  let done = 0;
  return async (job) => {
    const { posts } = job.data as { readonly posts: readonly PostId[] };
    for (const batch of batchesOf(await parts.store.getPosts(posts))) {
      const owed = new Owed();
      owed.take(left);
      try {
        await analyze(parts, batch, judge, owed);
      } catch (error) {
        left.take(owed);
        throw error;
      }
    }
    done += posts.length;
    parts.log.progress("posts analysed", done, null);
    return [traceJob];
  };
}
