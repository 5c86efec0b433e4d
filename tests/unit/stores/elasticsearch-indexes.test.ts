import { describe, expect, it } from "vitest";
import { StopAll, UsageError } from "../../../contracts/errors.ts";
import { INDEXES, indexStatus, reindexAll, setupIndexes } from "../../../stores/elasticsearch/admin.ts";
import { connect } from "../../../stores/elasticsearch/connection.ts";
import { openElasticsearchStore } from "../../../stores/elasticsearch/index.ts";
import { LAYOUT, sayLayout } from "../../../stores/elasticsearch/setup.ts";
import { analyze, ids, sampleFindings, sampleLink, samplePost } from "../../contracts/store.samples.ts";
import { storeOfEach } from "../../servers/elasticsearch-store.ts";
import { withServer } from "../../servers/servers.ts";

await withServer("elasticsearch", (url) => {
  const each = storeOfEach(url);
  const { file, connecting } = each;

  describe("the indexes", () => {
    it("are made once, whoever asks for it and however often", async () => {
      await Promise.all([setupIndexes(file.options), setupIndexes(file.options)]);
      const status = await indexStatus(file.options);
      expect(status).toMatchObject({ layout: LAYOUT, newest: LAYOUT, pending: [] });
      expect(status.indexes.map(({ indexes }) => indexes)).toEqual(status.indexes.map(() => 1));
    });

    it("take no field that the layout does not know", async () => {
      const connection = await connecting;
      const index = `${file.options.prefix}-posts-2021.09`;
      const writing = connection.ask((client) =>
        client.index({ index, id: "web:x", document: { id: "web:x", surprise: 1 } }),
      );
      await expect(writing).rejects.toThrow("surprise");
    });

    it("are not asked for again when nobody waits any more", async () => {
      const away = await connect({ ...file.options, urls: ["http://127.0.0.1:9"] });
      const asking = expect(away.ask((client) => client.info())).rejects.toThrow("ECONNREFUSED");
      await away.close();
      // Well before the minute that an outage is waited for.
      await asking;
    }, 20_000);

    it("that are not there have nothing to read", async () => {
      const opening = openElasticsearchStore(
        { ...file.options, prefix: "headwater-test-none" },
        { readOnly: true },
      );
      await expect(opening).rejects.toThrow(UsageError);
    });

    it("of another layout are left alone", async () => {
      const connection = await connecting;
      try {
        await sayLayout(connection, LAYOUT + 1);
        await expect(openElasticsearchStore(file.options)).rejects.toThrow(StopAll);
        await expect(setupIndexes(file.options)).rejects.toThrow("newer Headwater");
        await sayLayout(connection, LAYOUT - 1);
        await expect(openElasticsearchStore(file.options)).rejects.toThrow("headwater index setup");
      } finally {
        await sayLayout(connection, LAYOUT);
      }
    });

    it("are made anew while others write: nothing is lost, nothing is there twice, and it may be done again", async () => {
      const { store, settle } = each.fixture;
      const posts = Array.from({ length: 300 }, (_, i) =>
        samplePost(`web:${i}`, {
          published_at: `2021-0${(i % 3) + 1}-05T00:00:00.000Z`,
          text: `number ${i}`,
        }),
      );
      await store.savePosts(posts);
      const links = posts.slice(1).map(({ id }) => sampleLink(id, "web:0"));
      await analyze(store, { findings: posts.map(({ id }) => sampleFindings(id)), links });
      for (const round of [1, 2]) {
        let going = true;
        const written: string[] = [];
        const writing = (async () => {
          for (let i = 0; going; i++) {
            const id = `web:${round}-${i}`;
            await store.savePosts([
              samplePost(id, { published_at: "2021-02-05T00:00:00.000Z", text: `later ${i}` }),
            ]);
            await analyze(store, { withdrawn: [links[round * 100 + i]!].filter(Boolean) });
            written.push(id);
          }
        })();
        await reindexAll(file.options, ["posts", "ledger", "links", "keys"], () => {});
        going = false;
        await writing;
        await settle!();
        const all = await ids(store, "*");
        expect(new Set(all).size).toBe(all.length);
        for (const id of [...written, ...posts.map((post) => post.id)]) expect(all).toContain(id);
        expect(await ids(store, '"number 7"')).toEqual(["web:7"]);
        const left = links.filter((_, i) => i < round * 100 || i >= round * 100 + written.length);
        expect((await store.linksOf(["web:0"])).length).toBeLessThanOrEqual(left.length);
        expect(written.length).toBeGreaterThan(0);
      }
    });

    it("of a month go once it is empty, and come back with its next post", async () => {
      const { store, settle } = each.fixture;
      const at = (id: string, published_at: string) => samplePost(id, { published_at });
      const [may, june] = [
        at("web:may", "2019-05-02T00:00:00.000Z"),
        at("web:june", "2019-06-02T00:00:00.000Z"),
      ];
      await store.savePosts([may, june]);
      await store.removePosts([may.id]);
      await setupIndexes(file.options);
      const months = await (await connecting).ask((client) =>
        client.indices.get({ index: `${file.options.prefix}-posts-2019*` }),
      );
      expect(Object.keys(months)).toEqual([`${file.options.prefix}-posts-2019.06`]);
      expect(await store.savePosts([may])).toEqual(["added"]);
      await settle!();
      expect(await ids(store, "*")).toEqual(["web:may", "web:june"]);
    });

    it("of the third layout are brought to this one: bodies are packed, posts veiled, keys say what they carry", async () => {
      const options = { ...file.options, prefix: `${file.options.prefix}-third` };
      const connection = await connect(options);
      const { prefix } = options;
      try {
        const store = await openElasticsearchStore(options);
        const post = samplePost("wechat:1", { account: { id: "gh_quiet", name: "Quiet" } });
        await store.savePosts([post, samplePost("web:2")]);
        const link = sampleLink("wechat:1", "web:2");
        await analyze(store, {
          findings: [sampleFindings("wechat:1"), sampleFindings("web:2")],
          links: [link],
        });
        // As they lay before: the body open, and no word of what is carried.
        for (const [kind, index] of [
          ["links", `${prefix}-links-000001`],
          ["keys", `${prefix}-keys-000001`],
        ] as const) {
          await connection.refresh(`${prefix}-${kind}`);
          const { hits } = await connection.ask((client) => client.search({ index, version: true }));
          await connection.ask((client) => client.indices.delete({ index }));
          await connection.ask((client) =>
            client.indices.create({
              index,
              aliases: { [`${prefix}-${kind}`]: {} },
              mappings: {
                dynamic: false,
                properties: {
                  ...{ id: { type: "keyword" }, order: { properties: { id: { type: "keyword" } } } },
                  ...{ body: { type: "object", enabled: false }, entry: { type: "object", enabled: false } },
                },
              },
            }),
          );
          for (const { _id, _source } of hits.hits) {
            const { carries: _, collected_at: __, ...rest } = _source as Record<string, unknown>;
            const document = kind === "links" ? { ...rest, body: link } : rest;
            await connection.ask((client) => client.index({ index, id: _id!, document, refresh: true }));
          }
        }
        await sayLayout(connection, 3);
        expect((await setupIndexes(options)).pending.length).toBe(LAYOUT - 3);
        await expect(openElasticsearchStore(options)).rejects.toThrow("headwater index setup");
        await reindexAll(options, null, () => {});
        const again = await openElasticsearchStore(options);
        expect(await again.linksOf(["web:2"])).toEqual([link]);
        const asked = [{ post: "web:x", keys: sampleFindings("web:x").keys }];
        await connection.refresh(`${prefix}-keys`);
        const found = await again.sharing(asked, "2100-01-01T00:00:00.000Z");
        expect(found.map(({ post: id }) => id)).toEqual(["web:2", "wechat:1"]);
        const shown = await connection.ask((client) => client.search({ index: `${prefix}-posts` }));
        expect(JSON.stringify(shown.hits.hits)).not.toContain("gh_quiet");
        await again.close();
        await store.close();
      } finally {
        const { ask } = connection;
        const indexes = Object.keys(await ask((client) => client.indices.get({ index: `${prefix}-*` })));
        await ask((client) => client.indices.delete({ index: indexes }));
        for (const kind of INDEXES)
          await ask((client) => client.indices.deleteIndexTemplate({ name: `${prefix}-${kind}` }));
        await connection.close();
      }
    });
  });
});
