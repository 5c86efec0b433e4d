import { randomUUID } from "node:crypto";
import type { RawRecord } from "../../contracts/collector.ts";
import { RetryLater, SetAside } from "../../contracts/errors.ts";
import type { Post, PostDraft } from "../../contracts/post.ts";
import type { Job } from "../../contracts/queue.ts";
import {
  BUCKETS,
  type Bucket,
  CARRIED,
  type Carried,
  type Quarantined,
  type Run,
} from "../../contracts/run.ts";
import { identify } from "../../text/identify.ts";
import { fetchFor } from "../evidence.ts";
import { linkedIn } from "../linked.ts";
import type { Parts, Source } from "../parts.ts";
import { keepRhythm } from "../rhythms.ts";
import { readSecrets, withoutSecrets } from "../secrets.ts";
import { analyzeJobs } from "./jobs.ts";
import { beginRun, endRun } from "./open-run.ts";
import { keepPace } from "./pace.ts";

/** A run keeps this many sentences; further ones are counted. The records themselves are all in quarantine. */
const KEPT_PROBLEMS = 100;
/** A source that asks for a longer pause than this has failed for now; its next crawl tries again. */
const WORTH_WAITING_MS = 30_000;

/**
 * Crawls one source: each page is stored, then handed on, then the cursor moves. A crash in between repeats a page
 * and loses none (invariant 3), and every record ends in one bucket (invariant 2).
 */
export async function collect(parts: Parts, source: Source, signal: AbortSignal): Promise<Run> {
  const { store, queue, log, now } = parts;
  let secrets: Readonly<Record<string, string>> = {};
  const tally = newTally(parts, source, (sentence) => withoutSecrets(sentence, secrets));
  const resumed = await beginRun(parts, tally.run("running"));
  const warn = (where: string, sentence: string) => tally.problem(where, sentence);
  try {
    const cursor = await store.cursors.read(source.name);
    secrets = readSecrets(source.secrets, parts.env);
    const listen = parts.listen === undefined ? {} : { listen: parts.listen };
    const browse = parts.browse === undefined ? {} : { browse: parts.browse };
    const linked = (since: string | null) => linkedIn(store, since);
    const ways = { ...listen, ...browse, linked };
    const io = { fetch: fetchFor(parts.fetch, secrets), ...ways, now, signal, secrets, warn };
    for await (const page of source.collector.collect(source.options, cursor ?? null, io)) {
      if (page.read_as !== undefined) tally.readAs(page.read_as);
      const { posts, news } = await savePage(parts, source, page.records, tally);
      const published = posts.flatMap(({ published_at }) =>
        published_at === null ? [] : [Date.parse(published_at)],
      );
      await keepRhythm(parts, source.schedule, published, page.rhythm ?? null);
      // What the unfinished run had stored, and perhaps not handed on, is known now.
      await queue.push(analyzeJobs(resumed ? posts : news));
      if (page.next !== null) await store.cursors.write(source.name, page.next);
      if (page.progress !== undefined) log.progress(source.name, page.progress.done, page.progress.total);
      await keepPace(parts, source.name, signal);
      if (signal.aborted) break;
    }
    const run = tally.run(signal.aborted ? "interrupted" : "done");
    await endRun(parts, run);
    const news = run.buckets.added + run.buckets.undated + run.buckets.changed;
    log.info(`${source.name}: ${run.seen} seen, ${news} of them new`);
    return run;
  } catch (error) {
    const passing = error instanceof RetryLater;
    if (!passing && !(error instanceof SetAside)) {
      await endRun(parts, tally.run("failed"));
      throw error;
    }
    tally.problem(source.name, error.message);
    const run = tally.run(signal.aborted ? "interrupted" : "failed");
    await endRun(parts, run);
    if (passing && error.after <= WORTH_WAITING_MS && !signal.aborted) throw error;
    return run;
  }
}

/** Stores a page's records; what is no post goes to quarantine. `news` are the posts that need analysis. */
async function savePage(
  parts: Parts,
  source: Source,
  records: readonly RawRecord[],
  tally: Tally,
): Promise<{ readonly posts: readonly Post[]; readonly news: readonly Post[] }> {
  const posts: Post[] = [];
  const undated = new Map<number, string>();
  const aside: Quarantined[] = [];
  const context = {
    source: source.name,
    collected_at: parts.now().toISOString(),
    platforms: parts.config.platforms,
  };
  for (const record of records) {
    const mapped = source.collector.map(record.raw, source.options);
    if ("draft" in mapped) {
      for (const field of mapped.unknown_fields) tally.unknownField(field);
      tally.carries(mapped.draft);
    }
    const identified = "draft" in mapped ? identify(mapped.draft, context) : mapped;
    if ("rejected" in identified) {
      aside.push(tally.rejected(record, identified.rejected));
      continue;
    }
    if (identified.undated !== null) {
      undated.set(posts.length, identified.undated);
      tally.problem(record.where, identified.undated);
    }
    posts.push(identified.post);
  }
  if (aside.length > 0) await parts.store.setAside(aside);
  const { queue, store } = parts;
  const outcomes = await store.savePosts(posts, {
    // Where nothing waits nobody is short of time, and they are found sooner.
    analysed_soon: (await queue.waiting("analyze")) > 0 && (await queue.isWorked("analyze")),
  });
  for (const [i, outcome] of outcomes.entries())
    tally.count(outcome === "added" && undated.has(i) ? "undated" : outcome);
  return { posts, news: posts.filter((_, i) => outcomes[i] !== "known") };
}

interface Tally {
  count(bucket: Bucket): void;
  rejected(record: RawRecord, reason: string): Quarantined;
  unknownField(name: string): void;
  problem(where: string, sentence: string): void;
  readAs(format: string): void;
  carries(draft: PostDraft): void;
  run(status: Run["status"]): Run;
}

function newTally(parts: Parts, source: Source, cleaned: (sentence: string) => string): Tally {
  const id = randomUUID();
  const started_at = parts.now().toISOString();
  const buckets = Object.fromEntries(BUCKETS.map((bucket) => [bucket, 0])) as Record<Bucket, number>;
  const carried = Object.fromEntries(CARRIED.map((field) => [field, 0])) as Record<Carried, number>;
  // A map: a field may be called `__proto__`.
  const unknown = new Map<string, number>();
  const problems: string[] = [];
  let further = 0;
  let read_as: string | undefined;
  const problem = (where: string, sentence: string) => {
    const told = cleaned(sentence.startsWith(where) ? sentence : `${where}: ${sentence}`);
    if (problems.length < KEPT_PROBLEMS) {
      problems.push(told);
      parts.log.warn(told);
    } else further++;
  };
  return {
    count: (bucket) => {
      buckets[bucket]++;
    },
    rejected: ({ where, raw }, reason) => {
      buckets.rejected++;
      problem(where, reason);
      const text = typeof raw === "string" ? raw : (JSON.stringify(raw) ?? String(raw));
      return {
        id: randomUUID(),
        run: id,
        source: source.name,
        where,
        reason,
        raw: text,
        at: parts.now().toISOString(),
      };
    },
    unknownField: (name) => {
      unknown.set(name, (unknown.get(name) ?? 0) + 1);
    },
    problem,
    carries: (draft) => {
      for (const field of carriedBy(draft)) carried[field]++;
    },
    readAs: (format) => {
      read_as = format;
    },
    run: (status) => ({
      run: id,
      source: source.name,
      collector: source.collector.info.name,
      started_at,
      ended_at: status === "running" ? null : parts.now().toISOString(),
      status,
      seen: Object.values(buckets).reduce((sum, count) => sum + count, 0),
      buckets: { ...buckets },
      unknown_fields: Object.fromEntries(unknown),
      problems:
        further > 0
          ? [
              ...problems,
              `… and ${further} more like these; \`headwater export quarantine\` has every record`,
            ]
          : [...problems],
      carried: { ...carried },
      ...(read_as === undefined ? {} : { read_as }),
    }),
  };
}

function carriedBy(draft: PostDraft): readonly Carried[] {
  const filled = (value: string | null | undefined) => value != null && value.trim() !== "";
  const carries: Readonly<Record<Carried, boolean>> = {
    records: true,
    title: filled(draft.title),
    text: filled(draft.text),
    date: filled(draft.published_at),
    account: filled(draft.account?.id ?? draft.account?.handle ?? draft.account?.name),
    url: filled(draft.url),
    media: (draft.media?.length ?? 0) > 0,
    counts: Object.values(draft.engagement ?? {}).some((count) => typeof count === "number"),
    references: (draft.references?.length ?? 0) > 0,
  };
  return CARRIED.filter((field) => carries[field]);
}

/** The queue's face of the step. */
export async function collectStep(parts: Parts, job: Job, signal: AbortSignal): Promise<readonly Job[]> {
  const name = (job.data as { readonly source: string }).source;
  const source = parts.sources.get(name);
  if (source === undefined) throw new SetAside(`no source is called "${name}" in the config any more`);
  const { status } = await collect(parts, source, signal);
  // The process ends; who takes the job up goes on from the cursor.
  if (status === "interrupted") throw new RetryLater(`the crawl of ${name} was interrupted`, 0);
  return [];
}
