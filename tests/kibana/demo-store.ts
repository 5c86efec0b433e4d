import path from "node:path";
import { DEMO_CONFIG, loadConfig } from "../../config/load.ts";
import type { Alert } from "../../contracts/alert.ts";
import type { PostFindings } from "../../contracts/finding.ts";
import type { Link } from "../../contracts/link.ts";
import type { Run } from "../../contracts/run.ts";
import type { Store, StoredPost } from "../../contracts/store.ts";
import type { Story, Trace } from "../../contracts/trace.ts";
import { runEmbedded } from "../../workers/embedded.ts";
import { sampleAlert } from "../contracts/store.samples.ts";
import { type StoreOfFile, storeOfFile } from "../servers/elasticsearch-store.ts";
import { all, quiet, temporaryFolder, withStore } from "../support/pipeline.ts";

/** What `headwater` itself says of the demo case: the same records that lie in Elasticsearch. */
export interface Told {
  readonly posts: readonly StoredPost[];
  readonly links: readonly Link[];
  readonly stories: readonly Story[];
  readonly traces: readonly Trace[];
  readonly runs: readonly Run[];
  readonly alerts: readonly Alert[];
}

/** The demo case in indexes of its own, put there through the store's contract as the workers do. */
export async function demoInElasticsearch(
  url: string,
): Promise<{ readonly told: Told; readonly file: StoreOfFile }> {
  using folder = temporaryFolder();
  const data = path.join(folder.dir, "data");
  const loaded = loadConfig(DEMO_CONFIG, {}, { data });
  const config = { ...loaded.config, http: { ...loaded.config.http, delay_ms: 0 } };
  await runEmbedded(config, { log: quiet, once: true, signal: new AbortController().signal });
  const file = storeOfFile([url]);
  const { store } = await file.open();
  const told = await withStore(folder.dir, async (embedded) => {
    const traces = (await all(embedded, "traces")).map(clouded);
    await copy(embedded, store, traces);
    await file.settle();
    return { ...(await tell(embedded, store)), traces };
  });
  return { told, file };
}

async function copy(from: Store, to: Store, explained: readonly Trace[]): Promise<void> {
  const posts = await all(from, "posts");
  await to.savePosts(posts.map(({ post }) => post));
  const keys = new Map<string, PostFindings["keys"]>();
  for await (const entry of from.keys()) keys.set(entry.post, entry.keys);
  const readings = async () =>
    (await to.getPosts(posts.map(({ post }) => post.id))).map(({ post, revision, mark }) => ({
      post: post.id,
      revision,
      mark,
    }));
  const findings = posts.map(({ post, findings }) => ({ ...findings!, keys: keys.get(post.id)! }));
  const links = await all(from, "links");
  await to.saveAnalysis({ read: await readings(), findings, links, withdrawn: [], retrace: [] });
  const traces = new Map(explained.map((trace) => [trace.story, trace]));
  const stories = (await all(from, "stories")).map((story) => ({ story, trace: traces.get(story.story)! }));
  const alone = posts.filter(({ story }) => story === null).map(({ post }) => post.id);
  await to.saveTraces({ stories, alone, read: await readings() });
  for (const run of await all(from, "runs")) await to.saveRun(run);
  await to.saveRun(failedRun((await all(from, "runs"))[0]!));
  await to.saveAlerts({ alerts: ALERTS, deliveries: [] });
  await to.judgeAlert("a-3", {
    at: "2021-09-14T00:00:00.000Z",
    by: "An Analyst",
    state: "closed",
    note: null,
  });
}

/** In the demo case every origin is seen; of one story it is not any more, as if its times were only days. */
function clouded(trace: Trace): Trace {
  if (trace.posts > 2) return trace;
  const parents = Object.fromEntries(
    Object.entries(trace.parents).map(([id, choice]) => [
      id,
      { ...choice, parent: null, status: "undetermined" as const, relation: null, lag_seconds: null },
    ]),
  );
  return { ...trace, origin: null, origin_status: "undetermined", parents };
}

/** In the demo case nothing fails, and nobody is alarmed. */
function failedRun(run: Run): Run {
  return { ...run, run: `${run.run}-again`, status: "failed", problems: ["the site did not answer"] };
}

const ALERTS = [
  sampleAlert("a-1", {
    rule: "state relay",
    severity: "high",
    raised_at: "2021-09-10T04:00:00.000Z",
    size: 6,
  }),
  sampleAlert("a-2", {
    rule: "state relay",
    severity: "medium",
    raised_at: "2021-09-11T04:00:00.000Z",
    size: 9,
  }),
  sampleAlert("a-3", { rule: "state relay", severity: "high", raised_at: "2021-09-11T05:00:00.000Z" }),
  sampleAlert("a-4", {
    rule: "source silent",
    severity: "low",
    raised_at: "2021-09-11T06:00:00.000Z",
    story: null,
  }),
  sampleAlert("a-5", {
    rule: "source silent",
    severity: "low",
    raised_at: "2021-09-11T07:00:00.000Z",
    holds: false,
  }),
];

/** What both must agree on is read from the embedded store. */
async function tell(embedded: Store, store: Store): Promise<Omit<Told, "traces">> {
  return {
    posts: await all(embedded, "posts"),
    links: await all(embedded, "links"),
    stories: await all(embedded, "stories"),
    runs: await all(store, "runs"),
    alerts: await all(store, "alerts"),
  };
}
