import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { StopAll, UsageError } from "../../../contracts/errors.ts";
import { indexStatus, reindexAll, setupIndexes } from "../../../stores/elasticsearch/admin.ts";
import { connect } from "../../../stores/elasticsearch/connection.ts";
import { openElasticsearchStore } from "../../../stores/elasticsearch/index.ts";
import { LAYOUT, sayLayout } from "../../../stores/elasticsearch/setup.ts";
import {
  analyze,
  ids,
  type StoreFixture,
  sampleFindings,
  sampleLink,
  samplePost,
} from "../../contracts/store.samples.ts";
import { storeOfFile } from "../../servers/elasticsearch-store.ts";
import { withServer } from "../../servers/servers.ts";

await withServer("elasticsearch", (url) => {
  const file = storeOfFile([url]);
  const connecting = connect(file.options);
  let fixture: StoreFixture;
  beforeEach(async () => {
    fixture = await file.open();
  });
  afterEach(() => fixture.cleanup());
  afterAll(async () => {
    await (await connecting).close();
    await file.remove();
  });

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
      const { store, settle } = fixture;
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
  });
});
