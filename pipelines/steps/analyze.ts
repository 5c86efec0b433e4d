import { language, loadLanguageModels } from "../../analyzers/language/index.ts";
import { linkPosts } from "../../analyzers/links/index.ts";
import { COMPARED_UNITS, keysOf } from "../../analyzers/links/prepare.ts";
import type { PostFindings } from "../../contracts/finding.ts";
import { type Link, pairKey } from "../../contracts/link.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Job } from "../../contracts/queue.ts";
import type { Reading, StoredPost } from "../../contracts/store.ts";
import type { Parts } from "../parts.ts";
import { traceJob } from "./jobs.ts";
import type { PreparedPosts } from "./prepared.ts";

/**
 * Judges a batch of posts: language, actor, keys, and the links to every other post that shares enough keys. Links
 * depend on the two posts alone, so a batch that comes twice, or two batches at once, end in the same links. When a post
 * changes meanwhile, the batch is read and judged again. `unsettled` keeps what the key index said of other posts until
 * it is saved: it says each thing once.
 */
async function analyze(
  parts: Parts,
  ids: readonly PostId[],
  prepared: PreparedPosts,
  unsettled: Set<PostId>,
): Promise<void> {
  await loadLanguageModels();
  for (;;) {
    const analysis = await judge(parts, ids, prepared, unsettled);
    const changed = await parts.store.saveAnalysis(analysis);
    if (changed.length > 0) {
      prepared.forget(changed);
      continue;
    }
    for (const id of analysis.retrace) unsettled.delete(id);
    return;
  }
}

type Analysis = Parameters<Parts["store"]["saveAnalysis"]>[0];

async function judge(
  parts: Parts,
  ids: readonly PostId[],
  prepared: PreparedPosts,
  unsettled: Set<PostId>,
): Promise<Analysis> {
  const { store, version } = parts;
  const batch = await store.getPosts(ids);
  // Before the keys are asked: a link that another saves after this is not taken for one that no longer holds.
  const former = await linksBefore(parts, batch);
  const entries = batch.map((stored) => prepared.put(stored));
  const findings: PostFindings[] = entries.map((entry) => ({
    post: entry.post.id,
    language: language.analyze(entry.post, [], {}),
    actor: entry.actor?.id ?? null,
    keys: keysOf(entry),
    watches: [],
    version,
  }));
  for (const { post } of entries) {
    if (post.text.length > COMPARED_UNITS) {
      parts.log.warn(
        `${post.id}: only the first ${COMPARED_UNITS} characters of its ${post.text.length} are compared`,
      );
    }
  }
  const index = await parts.keys();
  const answer = await index.addAndAsk(findings.map(({ post, keys }) => ({ post, keys })));
  for (const id of answer.unsettled) unsettled.add(id);
  const links = new Map<string, Link>();
  const compared = new Map<PostId, Reading>();
  await prepared.load(answer.candidates.flat());
  for (const [i, entry] of entries.entries()) {
    for (const other of answer.candidates[i]!) {
      const candidate = prepared.get(other);
      if (candidate === undefined) continue;
      compared.set(other, prepared.readingOf(other));
      const link = linkPosts(entry, candidate, parts.copies, version);
      if (link !== null) links.set(pairKey(link), link);
    }
  }
  const withdrawn = former.filter((link) => !links.has(pairKey(link)));
  const retrace = new Set<PostId>(unsettled);
  for (const { child, parent } of [...links.values(), ...withdrawn]) retrace.add(child).add(parent);
  for (const { post, revision, mark } of batch) compared.set(post.id, { post: post.id, revision, mark });
  return {
    read: [...compared.values()],
    findings,
    links: [...links.values()],
    withdrawn,
    retrace: [...retrace],
  };
}

/** Links of posts analysed before; those that do not come out again no longer hold: a text or the analyzers changed. */
async function linksBefore(parts: Parts, batch: readonly StoredPost[]): Promise<readonly Link[]> {
  const again = batch.filter(({ findings }) => findings !== null).map(({ post }) => post.id);
  return again.length === 0 ? [] : parts.store.linksOf(again);
}

/** The queue's face of the step. */
export function analyzeStep(parts: Parts, prepared: PreparedPosts): (job: Job) => Promise<readonly Job[]> {
  const unsettled = new Set<PostId>();
  let done = 0;
  return async (job) => {
    const { posts } = job.data as { readonly posts: readonly PostId[] };
    await analyze(parts, posts, prepared, unsettled);
    done += posts.length;
    parts.log.progress("posts analysed", done, null);
    return [traceJob];
  };
}
