import { describe, expect, it } from "vitest";
import { keysOf } from "../../../analyzers/links/prepare.ts";
import { createMemoryKeys } from "../../../keys/memory.ts";
import { ARTICLE, prepared } from "../../support/posts.ts";

const entry = (id: string, text: string, more = {}) => ({
  post: `web:${id}`,
  keys: keysOf(prepared({ id, text, ...more })),
});

describe("the key index", () => {
  it("adds before it asks: two posts of one call see each other", async () => {
    const { candidates } = await createMemoryKeys().addAndAsk([entry("a", ARTICLE), entry("b", ARTICLE)]);
    expect(candidates).toEqual([["web:b"], ["web:a"]]);
  });

  it("joins an own URL and those who link to it, whichever comes first", async () => {
    const page = entry("page", "about one thing", { url: "https://paper.example/a" });
    const citing = entry("citing", "quite another", {
      references: [{ kind: "link", url: "http://www.paper.example/a" }],
    });
    for (const order of [
      [page, citing],
      [citing, page],
    ]) {
      const index = createMemoryKeys();
      await index.addAndAsk([order[0]!]);
      expect((await index.addAndAsk([order[1]!])).candidates).toEqual([[order[0]!.post]]);
    }
  });

  it("finds nothing for a post that shares too little", async () => {
    const index = createMemoryKeys();
    await index.addAndAsk([entry("a", ARTICLE)]);
    expect(
      (await index.addAndAsk([entry("b", "多伦多市议会今天讨论了公园的开放时间。")])).candidates,
    ).toEqual([[]]);
  });

  it("takes the same post again as the same, and a changed text in place of the old", async () => {
    const index = createMemoryKeys();
    await index.addAndAsk([entry("a", ARTICLE), entry("b", ARTICLE)]);
    await index.addAndAsk([entry("a", ARTICLE)]);
    expect(index.size).toBe(2);
    await index.addAndAsk([entry("a", "现在完全是别的内容了，和原来的文章没有任何关系。")]);
    expect(await index.share([["web:a", "web:b"]])).toEqual([false]);
    expect((await index.addAndAsk([entry("c", ARTICLE)])).candidates).toEqual([["web:b"]]);
  });

  it("stays bounded when one footer ends thousands of posts", async () => {
    const index = createMemoryKeys();
    const footer = "关注本号，每天为您推送本地资讯，转发给更多朋友。";
    let met = 0;
    for (let i = 0; i < 3_000; i++) {
      const { candidates } = await index.addAndAsk([
        entry(`p${i}`, `${String.fromCodePoint(0x4e00 + i).repeat(3)}${i}${footer}`),
      ]);
      met += candidates[0]!.length;
    }
    // All pairs would be 4.5 million; a hub lets each post meet 64 others at first and then its few representatives.
    expect(met).toBeLessThan(3_000 * 64);
  });
});
