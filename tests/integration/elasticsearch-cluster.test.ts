import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openElasticsearchStore } from "../../stores/elasticsearch/index.ts";
import { analyze, found, ids, sampleFindings, samplePost } from "../contracts/store.samples.ts";
import { type Elasticsearch, startElasticsearch } from "../servers/elasticsearch.ts";
import { elasticsearchHome } from "../servers/elasticsearch-home.ts";
import { storeOfFile } from "../servers/elasticsearch-store.ts";
import { whereItCanStart } from "../servers/servers.ts";

const BATCH = 50;
const BATCHES = 20;
/** Three nodes on a busy machine. */
const STARTING_MS = 300_000;

await whereItCanStart("a cluster of Elasticsearch", elasticsearchHome, () => {
  describe("a cluster of three nodes", () => {
    let cluster: Elasticsearch;
    beforeAll(async () => {
      cluster = await startElasticsearch({ nodes: 3 });
    }, STARTING_MS);
    afterAll(() => cluster?.stop());

    it(
      "loses nothing and doubles nothing when a node is killed in the middle of writing",
      async () => {
        const file = storeOfFile(
          cluster.nodes.map(({ url }) => url),
          { shards: 2, replicas: null },
        );
        const stores = await Promise.all([1, 2].map(() => openElasticsearchStore(file.options)));
        const acknowledged: string[] = [];
        /** What one node alone holds is lost with it: a node is killed when each shard has its copy, and writing goes on. */
        const killWhenCopied = async () => {
          const { url } = cluster.nodes[0]!;
          const health = `_cluster/health/${file.options.prefix}-*?wait_for_status=green&timeout=120s`;
          expect((await fetch(`${url}/${health}`)).status).toBe(200);
          await cluster.nodes[1]!.signal("SIGKILL");
        };
        let killed: Promise<void> | null = null;
        // Two writers with the same posts in opposite order: each post is added by one of them.
        let added = 0;
        await Promise.all(
          stores.map(async (store, writer) => {
            for (let n = 0; n < BATCHES; n++) {
              const batch = writer === 0 ? n : BATCHES - 1 - n;
              const posts = Array.from({ length: BATCH }, (_, i) =>
                samplePost(`web:${batch * BATCH + i}`, {
                  published_at: `2021-0${(i % 2) + 1}-01T00:00:00.000Z`,
                  text: `外国代理人 number ${batch * BATCH + i}`,
                }),
              );
              const outcomes = await store.savePosts(posts);
              added += outcomes.filter((outcome) => outcome === "added").length;
              await analyze(store, { findings: posts.map(({ id }) => sampleFindings(id)) });
              acknowledged.push(...posts.map(({ id }) => id));
              if (n === BATCHES / 4) killed ??= killWhenCopied();
            }
          }),
        );
        await killed;
        await file.settle();
        const store = stores[0]!;
        const wanted = new Set(acknowledged);
        expect(wanted.size).toBe(BATCH * BATCHES);
        expect(added).toBe(wanted.size);
        const all = await ids(store, '"外国代理人"');
        expect(all).toHaveLength(wanted.size);
        expect(new Set(all)).toEqual(wanted);
        expect(await store.waiting("analyze", 10, "v1")).toEqual([]);
        expect(await found(store, "quarantine", "*")).toEqual([]);
        await cluster.nodes[1]!.start();
        expect(await store.count("posts", { kind: "all" })).toBe(wanted.size);
        for (const each of stores) await each.close();
        await file.remove();
      },
      STARTING_MS,
    );
  });
});
