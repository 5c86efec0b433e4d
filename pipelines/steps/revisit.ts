import { ABSENT, revisitPage, unreachable } from "../../collectors/revisit.ts";
import type { CollectorIo } from "../../contracts/collector.ts";
import { RetryLater, SetAside } from "../../contracts/errors.ts";
import type { Post, PostId } from "../../contracts/post.ts";
import type { Query } from "../../contracts/query.ts";
import type { Job } from "../../contracts/queue.ts";
import type { Revisited, Visit } from "../../contracts/revisit.ts";
import type { StoredPost } from "../../contracts/store.ts";
import { existenceOf } from "../../text/existence.ts";
import { identify } from "../../text/identify.ts";
import { nextVisit } from "../../text/revisits.ts";
import { hostOf } from "../../text/urls.ts";
import { fetchFor } from "../evidence.ts";
import type { Parts, Source } from "../parts.ts";
import { mayRevisit, revisitTimes } from "../revisits.ts";
import { readSecrets, withoutSecrets } from "../secrets.ts";
import { analyzeJobs, revisitHostJob, traceJob } from "./jobs.ts";

/** Posts looked for at once; the others are as due a minute later. */
const DUE_AT_ONCE = 2_000;
/** Posts of one host in one job: at its pace of some seconds a request, a few minutes. */
const POSTS_A_HOST = 50;

/** The queue's face of the step: without posts it asks which are due, and makes a job for each host. */
export async function revisitStep(parts: Parts, job: Job, signal: AbortSignal): Promise<readonly Job[]> {
  const { posts } = job.data as { readonly posts?: readonly PostId[] };
  return posts === undefined ? dueJobs(parts) : revisit(parts, posts, signal);
}

async function dueJobs({ store, now }: Parts): Promise<readonly Job[]> {
  const bounds = { from: null, to: now().toISOString(), from_inclusive: true, to_inclusive: true };
  const due: Query = { kind: "range", field: "revisit_at", ...bounds };
  const hosts = new Map<string, PostId[]>();
  for await (const { post } of store.find("posts", due, { limit: DUE_AT_ONCE, order: "oldest" })) {
    const host = hostOf(post.url ?? "") ?? post.platform;
    const own = hosts.get(host);
    if (own === undefined) hosts.set(host, [post.id]);
    else if (own.length < POSTS_A_HOST) own.push(post.id);
  }
  return [...hosts].map(([host, ids]) => revisitHostJob(host, ids));
}

/**
 * Looks at posts again, one by one. What it finds is stored before the next visit is planned: a crash repeats a visit and
 * loses none. Nothing that is found is thrown away: a changed text becomes a version, an absence a visit.
 */
async function revisit(parts: Parts, ids: readonly PostId[], signal: AbortSignal): Promise<readonly Job[]> {
  const { store, log, now } = parts;
  const hosts = new Map<string, Promise<boolean>>();
  const changed: Post[] = [];
  let visits = 0;
  for (const id of ids) {
    if (signal.aborted) break;
    const [stored] = await store.getPosts([id]);
    // A search may be behind, and another may have been here meanwhile.
    if (stored?.revisit_at === undefined || stored.revisit_at > now().toISOString()) continue;
    if (!mayRevisit(parts, stored)) {
      await store.planVisits([{ post: id, at: null }]);
      continue;
    }
    const found = await look(parts, stored.post, hosts, signal);
    if (signal.aborted) break;
    if (found instanceof RetryLater) {
      log.warn(`${id} could not be looked at again: ${found.message}`);
      await postpone(parts, ids, found.after);
      break;
    }
    const posts = found.found === "seen" ? found.posts : [];
    const outcomes = await store.savePosts(posts);
    changed.push(...posts.filter((_, i) => outcomes[i] !== "known"));
    await note(parts, stored, found);
    visits++;
  }
  if (visits > 0) log.info(`${visits} posts looked at again, ${changed.length} of them changed`);
  return visits === 0 ? [] : [...analyzeJobs(changed), traceJob];
}

/** What was found, with the posts that were read. */
type Found =
  | Exclude<Revisited, { found: "seen" }>
  | { readonly found: "seen"; readonly posts: readonly Post[] };

async function look(
  parts: Parts,
  post: Post,
  hosts: Map<string, Promise<boolean>>,
  signal: AbortSignal,
): Promise<Found | RetryLater> {
  const source = parts.sources.get(post.source);
  let secrets: Readonly<Record<string, string>> = {};
  try {
    secrets = source === undefined ? {} : readSecrets(source.secrets, parts.env);
    const warn = (where: string, sentence: string) => parts.log.warn(`${where}: ${sentence}`);
    const fetch = fetchFor(parts.fetch, secrets);
    const io: CollectorIo = { fetch, now: parts.now, signal, secrets, warn };
    const found = await (source?.collector.revisit?.(post, source.options, io) ?? revisitPage(post, io));
    if (found.found === "seen") return readAnew(parts, source, post, found.records);
    if (found.found === "gone" && found.by === "unknown" && !(await answers(post, io, hosts)))
      return unreachable(`${found.reason}, and its host's front page does not answer either`);
    return found;
  } catch (error) {
    if (error instanceof RetryLater) return error;
    if (error instanceof SetAside) return unreachable(withoutSecrets(error.message, secrets));
    throw error;
  }
}

/** The posts of what was read; the one in question must be among them. */
function readAnew(
  { now, config }: Parts,
  source: Source | undefined,
  post: Post,
  records: readonly { readonly raw: unknown }[],
): Found {
  if (source === undefined || records.length === 0) return { found: "seen", posts: [] };
  const context = { source: source.name, collected_at: now().toISOString(), platforms: config.platforms };
  const posts: Post[] = [];
  let reason = "it now shows another post";
  for (const { raw } of records) {
    const mapped = source.collector.map(raw, source.options);
    const identified = "draft" in mapped ? identify(mapped.draft, context) : mapped;
    if ("rejected" in identified) reason = identified.rejected;
    else posts.push(identified.post);
  }
  return posts.some(({ id }) => id === post.id) ? { found: "seen", posts } : unreachable(reason);
}

/** Whether the host of a post answers otherwise: a server that has lost all of its pages has deleted none of them. */
function answers(
  { url }: Post,
  { fetch, signal }: CollectorIo,
  hosts: Map<string, Promise<boolean>>,
): Promise<boolean> {
  const front = new URL("/", url!).href;
  const known = hosts.get(front);
  if (known !== undefined) return known;
  const asked = fetch(front, { accept: "text/html, */*;q=0.1", signal, statuses: ABSENT }).then(
    ({ status }) => !ABSENT.includes(status),
    (error: unknown) => {
      if (error instanceof SetAside) return false;
      throw error;
    },
  );
  hosts.set(front, asked);
  return asked;
}

async function note(parts: Parts, stored: StoredPost, found: Found): Promise<void> {
  const { store, log, config, now } = parts;
  const { id } = stored.post;
  const gone = found.found === "gone" ? found : null;
  const visit: Visit = {
    post: id,
    at: now().toISOString(),
    found: found.found,
    by: gone?.by ?? null,
    reason: found.found === "seen" ? null : found.reason,
    sha256: gone?.sha256 ?? null,
  };
  const visits = [...(await store.visitsOf(id)), visit];
  const existence = existenceOf(visits);
  if (existence?.state === "deleted" && stored.existence?.state !== "deleted")
    log.warn(`${id} is deleted (${existence.by}: ${existence.reason}); its text and its hash are kept`);
  await store.saveVisits([visit]);
  // A wording that is new is looked at as often as a new post.
  const [after] = await store.getPosts([id]);
  const first = after?.post.collected_at ?? stored.post.collected_at;
  await store.planVisits([{ post: id, at: nextVisit(first, existence, revisitTimes(config.revisits)) }]);
}

/** The host asks to wait: its posts are due when it says. */
async function postpone({ store, now }: Parts, ids: readonly PostId[], after: number): Promise<void> {
  const at = new Date(now().getTime() + after).toISOString();
  const waiting = (await store.getPosts(ids)).filter(
    ({ revisit_at }) => revisit_at !== undefined && revisit_at < at,
  );
  await store.planVisits(waiting.map(({ post }) => ({ post: post.id, at })));
}
