import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { storeOfFile } from "../servers/elasticsearch-store.ts";
import { withServer } from "../servers/servers.ts";
import { file, folder, headwater } from "../support/command.ts";

const TEXT =
  "The school by the river was closed in the spring, said the old teacher, and nobody in the town has been told what will become of its library and of its garden.";

const post = (platform: string, id: string, day: number, text = TEXT) =>
  JSON.stringify({
    ...{ platform, id, account: { id: `${platform}-account` }, text },
    published_at: `2021-09-0${day}T08:00:00Z`,
  });

await withServer("elasticsearch", (url) => {
  const made = storeOfFile([url]);
  const config = file("team.yml", `store: elasticsearch\nelasticsearch: { url: "${url}" }\n`);
  const given = { env: { HEADWATER_ELASTICSEARCH_PREFIX: made.options.prefix, HEADWATER_DATA: folder() } };
  const run = (...args: string[]) => headwater([...args, "--config", config], given);
  const lines = (out: string) =>
    out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  afterAll(() => made.remove());

  describe("the command line with Elasticsearch", () => {
    it("says what to do before there is anything", async () => {
      const { code, err } = await run("search", "school");
      expect([code, err]).toEqual([66, expect.stringContaining("headwater index setup")]);
    });

    describe("after an import", () => {
      beforeAll(async () => {
        expect(await run("index", "setup")).toMatchObject({ code: 0 });
        const posts = [post("web", "1", 8), post("wechat", "2", 9, `${TEXT} We think so too.`)];
        const { code, out } = await run(
          "import",
          file("posts.jsonl", [...posts, '{"platform":3}'].join("\n")),
        );
        expect([code, out]).toEqual([0, expect.stringContaining("3 seen = 2 added")]);
        await made.settle();
      });

      it("finds, exports and explains", async () => {
        expect((await run("search", "teacher")).out).toContain("web:1");
        expect(lines((await run("export", "posts")).out).map(({ id }) => id)).toEqual(["web:1", "wechat:2"]);
        const links = lines((await run("export", "links")).out);
        expect(links).toMatchObject([{ child: "wechat:2", parent: "web:1", verdict: null }]);
        expect(lines((await run("export", "quarantine")).out)).toHaveLength(1);
        expect((await run("trace")).out).toContain("web wechat");
        expect((await run("doctor")).out).toContain("2 posts");
      });

      it("keeps a person's verdict, and traces anew", async () => {
        const judged = await run("link", "reject", "wechat:2", "web:1", "--by", "An Analyst");
        expect(judged.code).toBe(0);
        await made.settle();
        expect(lines((await run("export", "links")).out)).toMatchObject([{ verdict: "rejected" }]);
        expect((await run("export", "stories")).out).toBe("");
      });

      it("makes the indexes anew and tells of them", async () => {
        expect(await run("index", "reindex", "posts", "links")).toMatchObject({ code: 0 });
        const { indexes, layout, newest } = JSON.parse((await run("index", "status", "--json")).out);
        expect(layout).toBe(newest);
        expect(indexes).toContainEqual(expect.objectContaining({ kind: "posts", documents: 2 }));
        expect((await run("index", "reindex", "nothing")).code).toBe(64);
        expect((await run("search", "teacher")).out).toContain("wechat:2");
      });
    });
  });
});
