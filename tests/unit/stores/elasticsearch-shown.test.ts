import { describe, expect, it } from "vitest";
import { reindexAll } from "../../../stores/elasticsearch/admin.ts";
import { openElasticsearchStore } from "../../../stores/elasticsearch/index.ts";
import { pseudonymOf } from "../../../text/pseudonyms.ts";
import {
  analyze,
  ids,
  sampleAlert,
  sampleFindings,
  sampleLink,
  samplePost,
} from "../../contracts/store.samples.ts";
import { storeOfEach } from "../../servers/elasticsearch-store.ts";
import { withServer } from "../../servers/servers.ts";

const account = { id: "gh_private", handle: "quiet_daily", name: "安静日报" };
const url = "https://mp.example/quiet_daily/7";
const written = samplePost("wechat:1", {
  account,
  url,
  title: "安静日报：纲领",
  text: "By quiet_daily: nothing else is told of it.",
  references: [{ kind: "mention", handle: "somebody_else", url: "https://wechat.example/somebody_else" }],
  media: [{ kind: "image", url: "https://mp.example/quiet_daily/7.jpg", sha256: "ab" }],
});
const outlet = samplePost("wechat:2", {
  account: { id: "gh_outlet", handle: "outlet", name: "The Outlet" },
  url: "https://mp.example/outlet/1",
});
const TELLING = ["gh_private", "quiet_daily", "安静日报", "somebody_else"];

await withServer("elasticsearch", (server) => {
  const each = storeOfEach(server);
  const { file, connecting } = each;

  /** All that the indexes of the dashboards give, as Kibana asks for it. */
  async function seen(): Promise<readonly { _index: string; _source: Record<string, unknown> }[]> {
    await file.settle();
    const index = ["posts", "links", "stories", "traces", "alerts", "runs"]
      .map((kind) => `${file.options.prefix}-${kind}`)
      .join(",");
    const fields = [{ field: "*", include_unmapped: true }];
    const { hits } = await (await connecting).ask((client) => client.search({ index, size: 100, fields }));
    return hits.hits as never;
  }

  async function fill() {
    await each.fixture.store.savePosts([written, outlet]);
    await analyze(each.fixture.store, {
      findings: [sampleFindings("wechat:1"), sampleFindings("wechat:2", { actor: "the-outlet" })],
      links: [sampleLink("wechat:1", "wechat:2", { reasons: ["quiet_daily names no source"] })],
    });
    const alert = sampleAlert("a-1", {
      who: [{ account: "wechat:gh_private", actor: null, posts: 1, uncredited: 1 }],
    });
    await each.fixture.store.saveAlerts({ alerts: [alert], deliveries: [] });
  }

  describe("private people in what Kibana reads (invariant 9)", () => {
    it("have their pseudonym and no name; named actors have theirs", async () => {
      await fill();
      const hits = await seen();
      expect(hits).toHaveLength(4);
      const all = JSON.stringify(hits);
      expect(TELLING.filter((word) => all.includes(word))).toEqual([]);
      const accounts = hits.flatMap(({ _source }) =>
        _source.account === undefined ? [] : [_source.account],
      );
      expect(accounts).toContainEqual({
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
        name: pseudonymOf(written),
      });
      expect(accounts).toContainEqual(outlet.account);
      expect(all).toContain("https://mp.example/outlet/1");
    });

    it("are found by id, handle, name and address all the same, and counted as they are", async () => {
      await fill();
      await file.settle();
      const { store } = each.fixture;
      for (const query of [
        "account.id:gh_private",
        "account.handle:quiet_daily",
        "account.handle:quiet*",
        "account.handle:q*daily",
        "account.name:安静日报",
        `url:${url}`,
        "url:[https://mp.example/q TO https://mp.example/r]",
        "account.handle:quiet* url:* account.handle:*",
        '"By quiet_daily"',
        "-account.id:gh_outlet",
      ]) {
        expect([query, await ids(store, query)]).toEqual([query, ["wechat:1"]]);
      }
      expect(await store.countBy({ kind: "all" }, "account")).toEqual([
        { key: "wechat:gh_outlet", count: 1 },
        { key: "wechat:gh_private", count: 1 },
      ]);
      expect((await store.getPosts(["wechat:1"]))[0]!.post).toEqual(written);
    });

    it("cannot be listed by what a search compares", async () => {
      await fill();
      await file.settle();
      const connection = await connecting;
      const index = `${file.options.prefix}-posts`;
      const ask = (body: object) => connection.ask((client) => client.search({ index, ...body }));
      const field = "named.account_handle";
      await expect(ask({ aggregations: { all: { terms: { field } } } })).rejects.toThrow();
      await expect(ask({ sort: [field] })).rejects.toThrow();
      const { hits } = await ask({ docvalue_fields: [field] });
      expect(JSON.stringify(hits)).not.toContain("quiet_daily");
    });

    it("are shown by name once the config says so, when posts are made anew", async () => {
      await fill();
      const options = { ...file.options, shown: ["wechat:gh_private"] };
      await reindexAll(options, ["posts"], () => {});
      expect(JSON.stringify(await seen())).toContain("安静日报");
      const store = await openElasticsearchStore(file.options);
      await store.savePosts([{ ...written, collected_at: "2021-10-02T00:00:00.000Z", text: "other words" }]);
      await store.close();
      expect(JSON.stringify(await seen())).not.toContain("安静日报");
    });
  });
});
