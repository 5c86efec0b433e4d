import { linkPosts } from "../../analyzers/links/index.ts";
import { COMPARED_UNITS, keysOf } from "../../analyzers/links/prepare.ts";
import type { PostFindings } from "../../contracts/finding.ts";
import type { Crowd } from "../../contracts/keys.ts";
import { type Link, pairKey } from "../../contracts/link.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Job } from "../../contracts/queue.ts";
import type { Reading, StoredPost } from "../../contracts/store.ts";
import type { Parts } from "../parts.ts";
import { traceJob } from "./jobs.ts";
import { Languages } from "./languages.ts";
import type { PreparedPosts } from "./prepared.ts";

/** What goes from one batch to the next. */
interface Memory {
  readonly prepared: PreparedPosts;
  readonly languages: Languages;
  readonly owed: Owed;
}

/** What the key index said and is not saved yet: it says each thing once. */
interface Owed {
  /** Pairs to compare, by their key. Comparing one that has parted meanwhile does no harm: the trace asks. */
  readonly pairs: Map<string, readonly [PostId, PostId]>;
  /** Posts whose stories are to be traced again. */
  readonly unsettled: Set<PostId>;
}

/**
 * Judges a batch of posts: language, actor, keys, and the links to every other post that shares enough keys. Links
 * depend on the two posts alone, so a batch that comes twice, or two batches at once, end in the same links. When a post
 * changes meanwhile, the batch is read and judged again.
 */
async function analyze(parts: Parts, ids: readonly PostId[], memory: Memory): Promise<void> {
  const { prepared, owed } = memory;
  const index = await parts.keys();
  for (;;) {
    const generation = await index.generation();
    const { analysis, pairs } = await judge(parts, ids, memory);
    const changed = await parts.store.saveAnalysis(analysis);
    if (changed.length > 0) {
      prepared.forget(changed);
      continue;
    }
    // What was lost with the keys meanwhile has to stand there for those who come after.
    if ((await index.generation()) !== generation) continue;
    for (const pair of pairs) owed.pairs.delete(pair);
    for (const id of analysis.retrace) owed.unsettled.delete(id);
    return;
  }
}

type Analysis = Parameters<Parts["store"]["saveAnalysis"]>[0];

async function judge(
  parts: Parts,
  ids: readonly PostId[],
  { prepared, languages, owed }: Memory,
): Promise<{ readonly analysis: Analysis; readonly pairs: readonly string[] }> {
  const { store, version } = parts;
  const batch = await store.getPosts(ids);
  // Before the keys are asked: a link that another saves after this is not taken for one that no longer holds.
  const former = await linksBefore(parts, batch);
  // Languages are told by a thread of their own while this one compares.
  const told = languages.of(batch.map(({ post }) => post));
  told.catch(() => {});
  const entries = batch.map((stored) => prepared.put(stored));
  const keys = entries.map((entry) => ({ post: entry.post.id, keys: keysOf(entry) }));
  for (const { post } of entries) {
    if (post.text.length > COMPARED_UNITS) {
      parts.log.warn(
        `${post.id}: only the first ${COMPARED_UNITS} characters of its ${post.text.length} are compared`,
      );
    }
  }
  const index = await parts.keys();
  const answer = await index.addAndAsk(keys);
  for (const [a, b] of answer.pairs) owed.pairs.set(pairKey({ child: a, parent: b }), [a, b]);
  for (const id of answer.unsettled) owed.unsettled.add(id);
  for (const crowd of answer.crowded) parts.log.warn(crowdSentence(crowd));
  const links = new Map<string, Link>();
  const compared = new Map<PostId, Reading>();
  const pairs = [...owed.pairs];
  await prepared.load(pairs.flatMap(([, pair]) => pair));
  for (const [key, [one, other]] of pairs) {
    const [a, b] = [prepared.get(one), prepared.get(other)];
    if (a === undefined || b === undefined) continue;
    if (!compared.has(one)) compared.set(one, prepared.readingOf(one));
    if (!compared.has(other)) compared.set(other, prepared.readingOf(other));
    const link = linkPosts(a, b, parts.copies, version);
    if (link !== null) links.set(key, link);
  }
  const langs = await told;
  const findings = entries.map(({ post, actor }, i): PostFindings => {
    const watches = parts.watchesOf(post, langs[i]!, actor?.id ?? null);
    return {
      post: post.id,
      language: langs[i]!,
      actor: actor?.id ?? null,
      keys: keys[i]!.keys,
      watches,
      version,
    };
  });
  const withdrawn = former.filter((link) => !links.has(pairKey(link)));
  const retrace = new Set<PostId>(owed.unsettled);
  for (const { child, parent } of [...links.values(), ...withdrawn]) retrace.add(child).add(parent);
  // Alerts are raised where stories are traced, so a post that joins or leaves a watch waits for that as well.
  for (const { post, watches } of findings) if (watches.length > 0) retrace.add(post);
  for (const { post, findings: before } of batch) if ((before?.watches.length ?? 0) > 0) retrace.add(post.id);
  for (const { post, revision, mark } of batch) compared.set(post.id, { post: post.id, revision, mark });
  const analysis = {
    read: [...compared.values()],
    findings,
    links: [...links.values()],
    withdrawn,
    retrace: [...retrace],
  };
  return { analysis, pairs: pairs.map(([key]) => key) };
}

function crowdSentence({ what, count, post }: Crowd): string {
  const carried = what === "wording" ? "its whole wording" : "a passage of it";
  return `${post}: ${carried} stands in ${count} posts by now; they are compared with a few of them, not each with each`;
}

/** Links of posts analysed before; those that do not come out again no longer hold: a text or the analyzers changed. */
async function linksBefore(parts: Parts, batch: readonly StoredPost[]): Promise<readonly Link[]> {
  const again = batch.filter(({ findings }) => findings !== null).map(({ post }) => post.id);
  return again.length === 0 ? [] : parts.store.linksOf(again);
}

/** The queue's face of the step. */
export function analyzeStep(parts: Parts, prepared: PreparedPosts): (job: Job) => Promise<readonly Job[]> {
  const owed: Owed = { pairs: new Map(), unsettled: new Set() };
  const memory = { prepared, languages: new Languages(), owed };
  let done = 0;
  return async (job) => {
    const { posts } = job.data as { readonly posts: readonly PostId[] };
    await analyze(parts, posts, memory);
    done += posts.length;
    parts.log.progress("posts analysed", done, null);
    return [traceJob];
  };
}
