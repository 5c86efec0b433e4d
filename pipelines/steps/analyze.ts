import { language, loadLanguageModels } from "../../analyzers/language/index.ts";
import { linkPosts } from "../../analyzers/links/index.ts";
import { COMPARED_UNITS, keysOf, prepare } from "../../analyzers/links/prepare.ts";
import type { PostFindings } from "../../contracts/finding.ts";
import type { Link, LinkKey } from "../../contracts/link.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Job } from "../../contracts/queue.ts";
import type { StoredPost } from "../../contracts/store.ts";
import type { Parts } from "../parts.ts";
import { traceJob } from "./jobs.ts";
import type { PreparedPosts } from "./prepared.ts";

/**
 * Judges a batch of posts: language, actor, keys, and the links to every other post that shares enough keys. Links
 * depend on the two posts alone, so a batch that comes twice, or two batches at once, end in the same links.
 */
export async function analyze(
  parts: Parts,
  ids: readonly PostId[],
  prepared: PreparedPosts,
): Promise<boolean> {
  const { store, version } = parts;
  await loadLanguageModels();
  const batch = await store.getPosts(ids);
  const entries = batch.map(({ post }) => prepared.put(prepare(post, parts.actorOf(post))));
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
  const { candidates, unsettled } = await index.addAndAsk(findings.map(({ post, keys }) => ({ post, keys })));
  const links = new Map<string, Link>();
  await prepared.load(candidates.flat());
  for (const [i, entry] of entries.entries()) {
    for (const other of candidates[i]!) {
      const candidate = prepared.get(other);
      const link = candidate === undefined ? null : linkPosts(entry, candidate, parts.copies, version);
      if (link !== null) links.set(pairKey(link), link);
    }
  }
  const withdrawn = await staleLinks(parts, batch, links);
  const retrace = new Set<PostId>(unsettled);
  for (const { child, parent } of [...links.values(), ...withdrawn]) retrace.add(child).add(parent);
  await store.saveAnalysis({ findings, links: [...links.values()], withdrawn, retrace: [...retrace] });
  return retrace.size > 0;
}

/** Links of posts analysed before that no longer come out: their text has changed, or the analyzers have. */
async function staleLinks(
  parts: Parts,
  batch: readonly StoredPost[],
  links: ReadonlyMap<string, Link>,
): Promise<readonly LinkKey[]> {
  const again = batch.filter(({ findings }) => findings !== null).map(({ post }) => post.id);
  if (again.length === 0) return [];
  const stored = await parts.store.linksOf(again);
  return stored.filter((link) => !links.has(pairKey(link)));
}

/** The pair whatever its direction: a corrected time may turn it round. */
function pairKey({ child, parent }: LinkKey): string {
  return child < parent ? `${child}\n${parent}` : `${parent}\n${child}`;
}

/** The queue's face of the step. */
export function analyzeStep(parts: Parts, prepared: PreparedPosts): (job: Job) => Promise<readonly Job[]> {
  let done = 0;
  return async (job) => {
    const { posts } = job.data as { readonly posts: readonly PostId[] };
    const changed = await analyze(parts, posts, prepared);
    done += posts.length;
    parts.log.progress("posts analysed", done, null);
    return changed ? [traceJob] : [];
  };
}
