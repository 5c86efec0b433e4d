import { describe, expect, it } from "vitest";
import type { Store } from "../../../contracts/store.ts";
import { openElasticsearchStore } from "../../../stores/elasticsearch/index.ts";
import {
  analyze,
  found,
  ids,
  readings,
  sampleFindings,
  sampleLink,
  samplePost,
  sampleStory,
} from "../../contracts/store.samples.ts";
import { storeOfEach } from "../../servers/elasticsearch-store.ts";
import { withServer } from "../../servers/servers.ts";

await withServer("elasticsearch", (url) => {
  const each = storeOfEach(url);
  const { file, connecting } = each;

  /** What lies in the indexes of posts, with the index. */
  async function lying(): Promise<readonly string[]> {
    await file.settle();
    const index = `${file.options.prefix}-posts`;
    const { hits } = await (await connecting).ask((client) => client.search({ index, size: 100 }));
    return hits.hits.map(({ _id, _index }) => `${_id} in ${_index.slice(index.length + 1)}`).sort();
  }

  describe("posts in Elasticsearch", () => {
    it("lie in the month of their publication, and once only when that is corrected", async () => {
      const { store } = each.fixture;
      const at = (published_at: string | null, collected_at: string) =>
        samplePost("web:1", { published_at, collected_at });
      await store.savePosts([at("2021-09-30T23:59:59.000Z", "2021-10-01T00:00:00.000Z")]);
      expect(await lying()).toEqual(["web:1 in 2021.09"]);
      await store.savePosts([at("2021-10-01T00:00:00.000Z", "2021-10-02T00:00:00.000Z")]);
      expect(await lying()).toEqual(["web:1 in 2021.10"]);
      await analyze(store, { findings: [sampleFindings("web:1")] });
      expect(await lying()).toEqual(["web:1 in 2021.10"]);
      await store.savePosts([at("2021-09-30T23:59:59.000Z", "2021-10-03T00:00:00.000Z")]);
      expect(await lying()).toEqual(["web:1 in 2021.09"]);
      await store.savePosts([
        samplePost("web:old", { published_at: "1998-01-01T00:00:00.000Z" }),
        samplePost("web:new", { published_at: null, collected_at: "2022-05-01T00:00:00.000Z" }),
      ]);
      expect(await lying()).toEqual(["web:1 in 2021.09", "web:new in 2022.05", "web:old in earlier"]);
    });

    it("that the index refuses are set aside with the reason, alone, and are kept", async () => {
      const { store } = each.fixture;
      const bad = samplePost("web:bad", { published_at: "the day before yesterday" });
      const posts = [samplePost("web:1"), bad, samplePost("web:2")];
      expect(await store.savePosts(posts)).toEqual(["added", "added", "added"]);
      await store.savePosts(posts);
      await file.settle();
      expect(await ids(store, "*")).toEqual(["web:1", "web:2"]);
      expect((await store.getPosts(["web:bad"])).map(({ post }) => post)).toEqual([bad]);
      const aside = await found(store, "quarantine", "*");
      expect(aside.map(({ where }) => where)).toEqual(["web:bad"]);
      expect(aside[0]!.reason).toContain("the day before yesterday");
    });

    describe("that are analysed soon are found", () => {
      const [early, late] = [samplePost("web:1"), samplePost("web:2")];
      const link = sampleLink(late.id, early.id);
      const findings = [sampleFindings(early.id), sampleFindings(late.id)];

      async function saved(): Promise<Store> {
        const { store } = each.fixture;
        await store.savePosts([early, late], { analysed_soon: true });
        expect(await lying()).toEqual([]);
        return store;
      }

      it("once they were, or where a story waits once that was traced", async () => {
        const store = await saved();
        await store.savePosts([early], { analysed_soon: true });
        await analyze(store, { findings: [findings[0]!] });
        expect(await lying()).toEqual(["web:1 in 2021.09"]);
        await analyze(store, { findings: [findings[1]!], links: [link], retrace: [early.id, late.id] });
        expect(await lying()).toEqual(["web:1 in 2021.09"]);
        const { story, trace } = sampleStory(early.id, late.id);
        await store.saveTraces({ stories: [{ story, trace }], alone: [], read: [] });
        await file.settle();
        expect(await ids(store, `story:${story.story}`)).toEqual(["web:1", "web:2"]);
      });

      it("at once when nobody analyses any more, and not before a post of a watch was analysed", async () => {
        const store = await saved();
        await store.savePosts([early]);
        expect(await lying()).toEqual(["web:1 in 2021.09"]);
        const watches = [{ watch: "floods", status: "suggested" as const, score: 1, reasons: ["flood"] }];
        await analyze(store, { findings: [{ ...findings[1]!, watches }], retrace: [late.id] });
        await file.settle();
        expect(await ids(store, "watches:floods")).toEqual(["web:2"]);
      });

      it("when they come again while nothing waits any more", async () => {
        const store = await saved();
        await analyze(store, { findings, links: [link], retrace: [early.id, late.id] });
        await store.savePosts([{ ...early, collected_at: "2021-10-05T00:00:00.000Z" }]);
        expect(await lying()).toEqual(["web:1 in 2021.09"]);
      });

      it("although their story is added to all the time", async () => {
        const store = await saved();
        await analyze(store, { findings, links: [link], retrace: [early.id, late.id] });
        const read = await readings(store, [early.id, late.id]);
        await analyze(store, { retrace: [early.id] });
        const { story, trace } = sampleStory(early.id, late.id);
        expect(await store.saveTraces({ stories: [{ story, trace }], alone: [], read })).toHaveLength(2);
        expect(await lying()).toEqual(["web:1 in 2021.09", "web:2 in 2021.09"]);
        expect(await store.waiting("trace", 10)).toHaveLength(2);
      });

      it("when whoever showed them could not say so, and are shown as they are at last", async () => {
        const store = await saved();
        const prefix = file.options.prefix;
        const block = (on: boolean) =>
          connecting.then(({ ask }) =>
            ask((client) =>
              client.indices.putSettings({ index: `${prefix}-ledger`, settings: { "blocks.write": on } }),
            ),
          );
        await block(true);
        const cut = AbortSignal.timeout(1_500);
        const first = analyze(store, { findings });
        await new Promise((resolve) => cut.addEventListener("abort", resolve));
        expect(await lying()).toEqual(["web:1 in 2021.09", "web:2 in 2021.09"]);
        expect((await store.waiting("analyze", 10)).toSorted()).toEqual(["web:1", "web:2"]);
        await block(false);
        await first;
        const language = { lang: "fr", confidence: 0.9 };
        await analyze(store, { findings: findings.map((each) => ({ ...each, language })) });
        await file.settle();
        expect(await ids(store, "lang:fr")).toEqual(["web:1", "web:2"]);
      });
    });

    it("may have ids and values longer than Elasticsearch indexes", async () => {
      const { store } = each.fixture;
      const long = samplePost(`web:${"長".repeat(400)}`, {
        url: `https://a.example/${"x".repeat(40_000)}`,
        account: { id: "a", name: "n".repeat(40_000) },
        text: "w".repeat(70_000),
      });
      const link = sampleLink(long.id, "web:1");
      await store.savePosts([long, samplePost("web:1")]);
      await analyze(store, { findings: [sampleFindings(long.id)], links: [link], retrace: [long.id] });
      await file.settle();
      expect(await ids(store, "account.id:a")).toEqual([long.id]);
      expect((await store.getPosts([long.id]))[0]!.post).toEqual(long);
      expect(await store.linksOf([long.id])).toEqual([link]);
      expect(await store.waiting("trace", 10)).toEqual([long.id]);
    });

    it("that many processes save at once are stored once, and each is told as new once", async () => {
      const stores = await Promise.all([1, 2, 3].map(() => openElasticsearchStore(file.options)));
      try {
        const posts = Array.from({ length: 200 }, (_, i) => samplePost(`web:${i}`));
        const orders = [posts, posts.toReversed(), [...posts.slice(100), ...posts.slice(0, 100)]];
        const outcomes = await Promise.all(stores.map((store, i) => store.savePosts(orders[i]!)));
        expect(outcomes.flat().filter((outcome) => outcome === "added")).toHaveLength(200);
        await file.settle();
        expect(await each.fixture.store.count("posts", { kind: "all" })).toBe(200);
      } finally {
        for (const store of stores) await store.close();
      }
    });

    it("of several contents, saved by many at once in any order, end as the last one seen", async () => {
      const stores = await Promise.all([1, 2, 3].map(() => openElasticsearchStore(file.options)));
      try {
        const versions = Array.from({ length: 6 }, (_, i) =>
          samplePost("web:1", { text: `wording ${i % 4}`, collected_at: `2021-10-0${i + 1}T00:00:00.000Z` }),
        );
        await Promise.all(versions.map((post, i) => stores[i % 3]!.savePosts([post])));
        await each.fixture.store.savePosts([versions[0]!]);
        expect((await each.fixture.store.getPosts(["web:1"]))[0]!.post.text).toBe("wording 1");
        await file.settle();
        expect(await ids(each.fixture.store, '"wording 1"')).toEqual(["web:1"]);
        expect(await each.fixture.store.count("posts", { kind: "all" })).toBe(1);
      } finally {
        for (const store of stores) await store.close();
      }
    });
  });
});
