import { expect, test } from "vitest";
import { linkedIn } from "../../../pipelines/linked.ts";
import { importLines, temporaryFolder, withStore } from "../../support/pipeline.ts";

test("what stored posts point at is found, all of it or of posts collected since", async () => {
  using folder = temporaryFolder();
  const post = {
    platform: "weibo",
    id: "1",
    published_at: "2026-01-01T00:00:00Z",
    text: "轮渡回来了 https://mp.weixin.example/s/in-the-text",
    references: [
      { kind: "link", url: "https://mp.weixin.example/s/a" },
      { kind: "mention", handle: "b" },
    ],
    declared_source: { kind: "reprint", url: "https://mp.weixin.example/s/source" },
  };
  await importLines(folder.dir, [JSON.stringify(post)]);
  await withStore(folder.dir, async (store) => {
    const urls = async (since: string | null) => {
      const found: string[] = [];
      for await (const { url } of linkedIn(store, since)) found.push(url);
      return found;
    };
    expect((await urls(null)).sort()).toEqual([
      "https://mp.weixin.example/s/a",
      "https://mp.weixin.example/s/in-the-text",
      "https://mp.weixin.example/s/source",
    ]);
    expect(await urls("2100-01-01T00:00:00.000Z")).toEqual([]);
    expect(await urls("2026-01-01T00:00:00.000Z")).toHaveLength(3);
  });
});
