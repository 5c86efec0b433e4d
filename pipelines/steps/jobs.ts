import type { Post, PostId } from "../../contracts/post.ts";
import type { Job } from "../../contracts/queue.ts";

/** Posts a job: enough that one transaction serves many, few enough that a lost job costs little. */
export const POSTS_A_JOB = 500;

export function collectJob(source: string): Job {
  return { step: "collect", key: source, data: { source } };
}

export function analyzeJobs(posts: readonly (Post | PostId)[]): readonly Job[] {
  const jobs: Job[] = [];
  for (let i = 0; i < posts.length; i += POSTS_A_JOB) {
    const ids = posts.slice(i, i + POSTS_A_JOB).map((post) => (typeof post === "string" ? post : post.id));
    jobs.push({
      step: "analyze",
      key: `${ids[0]}+${ids.length}:${ids[ids.length - 1]}`,
      data: { posts: ids },
    });
  }
  return jobs;
}

/** One job whatever is to be traced: the store knows which stories wait. */
export const traceJob: Job = { step: "trace", key: "waiting", data: {} };

/** Asks which sources are due; pushed about once a minute. */
export const scheduleJob: Job = { step: "schedule", key: "due", data: {} };

/** Takes away what is older than it may be kept. */
export const pruneJob: Job = { step: "prune", key: "due", data: {} };

/** Asks which posts are to be looked at again. */
export const revisitJob: Job = { step: "revisit", key: "due", data: {} };

/** Looks at posts of one host again. While this waits, another job of the host is the same: what it leaves is still due. */
export function revisitHostJob(host: string, posts: readonly PostId[]): Job {
  return { step: "revisit", key: `host ${host}`, data: { posts } };
}

/** Sends what is due of the outbox; the store knows what waits. */
export const notifyJob: Job = { step: "notify", key: "due", data: {} };
