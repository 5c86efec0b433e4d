import { randomUUID } from "node:crypto";
import type { Job } from "../../contracts/queue.ts";
import { connectRedis } from "../../queues/bullmq/connection.ts";
import { openBullmqQueue } from "../../queues/bullmq/index.ts";
import { setupIndexes } from "../../stores/elasticsearch/admin.ts";
import { pages } from "../../stores/elasticsearch/pages.ts";
import { searchable, spacedWords } from "../../text/searchable.ts";
import { difference, spentBy } from "./meters.ts";
import type { Installation, Stage } from "./stage.ts";

/** What Elasticsearch's own advice for bulk requests comes to here: two requests of 5 MB under way. */
const BULK_BYTES = 5_000_000;
const AT_ONCE = 2;

export interface PeerTime {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** What of it is the server's. */
  readonly elasticsearch: number;
  readonly documents: number;
  readonly bytes: number;
}

/**
 * Every document that an installation holds, as bulk requests to other indexes with the same mappings. Folded words,
 * which are indexed and not kept, are made again.
 */
export async function documentsOf(
  stage: Stage,
  { options }: Installation,
): Promise<{ readonly bodies: readonly string[]; readonly documents: number }> {
  await stage.elasticsearch.refresh(`${options.prefix}-*`);
  const bodies: string[] = [];
  let documents = 0;
  let lines: string[] = [];
  let bytes = 0;
  const flush = () => {
    if (lines.length > 0) bodies.push(lines.join(""));
    lines = [];
    bytes = 0;
  };
  const listing = {
    index: `${options.prefix}-*`,
    query: { match_all: {} },
    sort: ["_shard_doc" as const],
    source: true,
  };
  for await (const hits of pages(stage.elasticsearch, listing)) {
    for (const { _index, _id, _source } of hits) {
      const index = _index.replace(options.prefix, "PREFIX");
      const document = withWords(_source as { title?: string; text?: string; published?: object });
      const text = `${JSON.stringify({ index: { _index: index, _id } })}\n${JSON.stringify(document)}\n`;
      lines.push(text);
      documents++;
      bytes += Buffer.byteLength(text);
      if (bytes >= BULK_BYTES) flush();
    }
  }
  flush();
  return { bodies, documents };
}

/** Only posts have times of publication. */
function withWords(document: { title?: string; text?: string; published?: object }): object {
  if (document.published === undefined) return document;
  const { title, text } = document;
  const words = (of: string | undefined) => (of === undefined ? undefined : spacedWords(searchable(of)));
  return { ...document, words: { title: words(title), text: words(text) } };
}

/** Elasticsearch's bulk alone: the same final documents into the same mappings, each once, ready to be sent. */
export async function bulkAlone(
  stage: Stage,
  { options }: Installation,
  { bodies, documents }: { readonly bodies: readonly string[]; readonly documents: number },
): Promise<PeerTime> {
  const prefix = `bench-peer-${randomUUID().slice(0, 8)}`;
  await setupIndexes({ ...options, prefix });
  const ready = bodies.map((body) => body.replaceAll('"PREFIX', `"${prefix}`));
  const before = await spentBy(stage, null);
  const own = process.cpuUsage();
  const started = performance.now();
  let next = 0;
  const send = async () => {
    while (next < ready.length) {
      const body = ready[next++]!;
      const { errors } = await stage.elasticsearch.ask((client) => client.bulk({ body } as never));
      if (errors) throw new Error("Elasticsearch refused a document that it holds already");
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, send));
  await stage.elasticsearch.refresh(`${prefix}-*`);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(own);
  const spent = difference(await spentBy(stage, null), before);
  await stage.elasticsearch.ask(async (client) => {
    const indexes = Object.keys(await client.indices.get({ index: `${prefix}-*` }));
    await client.indices.delete({ index: indexes });
  });
  return {
    seconds,
    cpuSeconds: spent.elasticsearch + (user + system) / 1e6,
    elasticsearch: spent.elasticsearch,
    documents,
    bytes: bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0),
  };
}

/** The same jobs through the same queue, and nothing done in them. */
export async function queueAlone(
  stage: Stage,
  jobs: readonly Job[],
): Promise<{ readonly seconds: number; readonly cpuSeconds: number; readonly jobs: number }> {
  const redis = await connectRedis(stage.redisUrl);
  const queue = await openBullmqQueue({ redis, prefix: `bench-noop-${randomUUID().slice(0, 8)}` });
  const next: Readonly<Record<string, string | null>> = { analyze: "trace", trace: "notify", notify: null };
  let done = 0;
  for (const [step, then] of Object.entries(next)) {
    await queue.work(step, async ({ data }) => {
      done++;
      return then === null ? [] : [{ step: then, key: "waiting", data }];
    });
  }
  // Connections and threads are there before the clock starts.
  await queue.push([{ step: "analyze", key: "first", data: {} }]);
  await queue.idle();
  done = 0;
  const before = await spentBy(stage, null);
  const own = process.cpuUsage();
  const started = performance.now();
  for (const job of jobs) await queue.push([job]);
  await queue.idle();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(own);
  const spent = difference(await spentBy(stage, null), before);
  await queue.close();
  redis.disconnect();
  return { seconds, cpuSeconds: spent.redis + (user + system) / 1e6, jobs: done };
}
