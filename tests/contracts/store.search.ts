import { beforeAll, describe, expect, it } from "vitest";
import { UsageError } from "../../contracts/errors.ts";
import { parseQuery } from "../../text/query.ts";
import { analyze, found, ids, sampleFindings, samplePost, sampleStory } from "./store.samples.ts";
import type { Current } from "./store.suite.ts";

const POSTS = [
  samplePost("web:en", {
    account: { id: "paper.example", name: "The Paper" },
    source: "feed",
    title: "Party platform on China",
    text: "The platform mentions China 31 times. Its authors call it firm.",
    url: "https://paper.example/platform",
    published_at: "2021-09-08T10:00:00.000Z",
    collected_at: "2021-09-08T12:00:00.000Z",
    lang_declared: "en",
  }),
  samplePost("wechat:zh", {
    account: { id: "gh_1", handle: "daily", name: "加国日报" },
    source: "pages",
    title: "竞选纲领三十一次提到中国",
    text: "新华社渥太华电：一份竞选纲领提到外国代理人登记，iPhone发布会同日举行。",
    published_at: "2021-09-09T08:00:00.000Z",
    collected_at: "2021-09-09T12:00:00.000Z",
    declared_source: { kind: "source-line", name: "一家报纸" },
  }),
  samplePost("weibo:hant", {
    account: { id: "2" },
    source: "pages",
    text: "外國代理人登記 學",
    published_at: "2021-09-10T08:00:00.000Z",
    collected_at: "2021-09-10T12:00:00.000Z",
  }),
  samplePost("web:fr", {
    account: { id: "journal.example" },
    source: "feed",
    title: "La vérité sur la plateforme",
    text: "L’école de la vérité, dit-il.",
    published_at: "2021-10-01T00:30:00.000Z",
    collected_at: "2021-10-02T00:00:00.000Z",
  }),
  samplePost("telegram:ru", {
    account: { id: "-100/7" },
    source: "channel",
    text: "РИА Новости сообщает: ёлка установлена.",
    published_at: null,
    collected_at: "2021-11-01T00:00:00.000Z",
  }),
];

const FINDS: readonly (readonly [query: string, ids: readonly string[]])[] = [
  ["", ["web:en", "wechat:zh", "weibo:hant", "web:fr", "telegram:ru"]],
  ["*", ["web:en", "wechat:zh", "weibo:hant", "web:fr", "telegram:ru"]],
  ["platform", ["web:en"]],
  ["PLATFORM china", ["web:en"]],
  ['"china platform"', []],
  ['"platform on china"', ["web:en"]],
  ["plat*", ["web:en", "web:fr"]],
  ['"the plat"*', ["web:en"]],
  ["31", ["web:en"]],
  ["verite", ["web:fr"]],
  ["vérité", ["web:fr"]],
  ["ecole", ["web:fr"]],
  ["l'école", ["web:fr"]],
  ["РИА", ["telegram:ru"]],
  ["риа новости", ["telegram:ru"]],
  ["елка", ["telegram:ru"]],
  // Chinese: words, stretches across words, two characters, one character; in either script.
  ["代理人", ["wechat:zh", "weibo:hant"]],
  ["外國代理人", ["wechat:zh", "weibo:hant"]],
  ["国代", ["wechat:zh", "weibo:hant"]],
  ["纲领", ["wechat:zh"]],
  ["華社", ["wechat:zh"]],
  ["电", ["wechat:zh"]],
  ["社", ["wechat:zh"]],
  ["学", ["weibo:hant"]],
  ["登", ["wechat:zh", "weibo:hant"]],
  ["报", []],
  ["iPhone发布会", ["wechat:zh"]],
  ["iphone 发", ["wechat:zh"]],
  ["iPhone发", ["wechat:zh"]],
  ["登记iPhone", ["wechat:zh"]],
  ["代理人中国", []],
  ["代理人 中国", ["wechat:zh"]],
  ["代理人*", ["wechat:zh", "weibo:hant"]],
  // Fields.
  ["title:platform", ["web:en"]],
  ["title:authors", []],
  ["text:authors", ["web:en"]],
  ["title:(中国 OR vérité)", ["wechat:zh", "web:fr"]],
  ["id:wechat:zh", ["wechat:zh"]],
  ["id:web:*", ["web:en", "web:fr"]],
  ["id:(web:en OR telegram:ru)", ["web:en", "telegram:ru"]],
  ["platform:web", ["web:en", "web:fr"]],
  ["platform:we*", ["web:en", "wechat:zh", "weibo:hant", "web:fr"]],
  ["platform:we", []],
  ["source:feed -lang:en", ["web:fr"]],
  ["account.id:gh_1", ["wechat:zh"]],
  ["account.id:-100/7", ["telegram:ru"]],
  ["account.handle:daily", ["wechat:zh"]],
  ["account.name:加国日报", ["wechat:zh"]],
  ['account.name:"The Paper"', ["web:en"]],
  ["url:https://paper.example/platform", ["web:en"]],
  ["url:https://paper.example/*", ["web:en"]],
  ["declared_source.name:一家报纸", ["wechat:zh"]],
  ["lang:zh", ["wechat:zh", "weibo:hant"]],
  ["lang:zh-Hant", ["weibo:hant"]],
  ["lang:en", ["web:en"]],
  ["actor:the-agency", ["wechat:zh"]],
  ["story:web:en", ["web:en", "wechat:zh"]],
  // What is there, what is not, and what has no value is not what has another.
  ["title:*", ["web:en", "wechat:zh", "web:fr"]],
  ["-title:*", ["weibo:hant", "telegram:ru"]],
  ["story:*", ["web:en", "wechat:zh"]],
  ["-story:*", ["weibo:hant", "web:fr", "telegram:ru"]],
  ["-actor:the-agency", ["web:en", "weibo:hant", "web:fr", "telegram:ru"]],
  ["-url:https://paper.example/platform", ["wechat:zh", "weibo:hant", "web:fr", "telegram:ru"]],
  ["-platform", ["wechat:zh", "weibo:hant", "web:fr", "telegram:ru"]],
  ["published_at:*", ["web:en", "wechat:zh", "weibo:hant", "web:fr"]],
  // Times, shortened or not.
  ["published_at:2021-09", ["web:en", "wechat:zh", "weibo:hant"]],
  ["published_at:2021-09-09", ["wechat:zh"]],
  ["published_at:2021-09-09T08:00", ["wechat:zh"]],
  ['published_at:"2021-09-09T16:00:00+08:00"', ["wechat:zh"]],
  ["published_at:[2021-09-09 TO 2021-09-10]", ["wechat:zh", "weibo:hant"]],
  ["published_at:[2021-09-08 TO 2021-09-10}", ["web:en", "wechat:zh"]],
  ["published_at:{2021-09-08 TO *]", ["wechat:zh", "weibo:hant", "web:fr"]],
  ["published_at:<2021-09-09", ["web:en"]],
  ["published_at:>2021-09", ["web:fr"]],
  ["published_at:>=2021-10-01T00:30:00Z", ["web:fr"]],
  ["-published_at:2021-09", ["web:fr", "telegram:ru"]],
  ["collected_at:>=2021-10", ["web:fr", "telegram:ru"]],
  // Together.
  ["platform OR 代理人", ["web:en", "wechat:zh", "weibo:hant"]],
  ["(platform OR 代理人) -source:pages", ["web:en"]],
  ["代理人 published_at:2021-09-10", ["weibo:hant"]],
  ["NOT (platform OR 代理人)", ["web:fr", "telegram:ru"]],
  ["nothing OR platform:telegram", ["telegram:ru"]],
];

const REFUSED: readonly (readonly [query: string, sentence: string])[] = [
  ["acount.id:x", 'did you mean "account.id"'],
  ["-tittle:x", 'did you mean "title"'],
  ["(a OR langs:en)", 'did you mean "lang"'],
  ["views:*", "There is no field"],
  ["published_at:yesterday", "is a time"],
  ["published_at:[2021-02-30 TO *]", "is a time"],
  ["published_at:2021*", "beginning"],
  ["text:[a TO b]", "by its words"],
  ["title:!!!", "no letter or digit"],
];

/** Searching and counting posts: the same answers in every store. */
export function searchPromises(current: Current): void {
  describe("searching", () => {
    beforeAll(async () => {
      const { store, settle } = current();
      // Not in the order of time, which is the order of what is found.
      await store.savePosts(POSTS.toReversed());
      await analyze(store, {
        findings: [
          sampleFindings("wechat:zh", { language: { lang: "zh-Hans", confidence: 1 }, actor: "the-agency" }),
          sampleFindings("weibo:hant", { language: { lang: "zh-Hant", confidence: 1 } }),
          sampleFindings("web:fr", { language: { lang: "fr", confidence: 1, second: "en" } }),
        ],
      });
      await store.saveTraces({ stories: [sampleStory("web:en", "wechat:zh")], alone: [], read: [] });
      await settle();
    });

    it.each(FINDS)("finds by %j, oldest first", async (query, expected) => {
      const { store } = current();
      expect(await ids(store, query)).toEqual(expected);
      expect(await store.count("posts", parseQuery(query))).toBe(expected.length);
    });

    it.each(REFUSED)("refuses %j", async (query, sentence) => {
      const { store } = current();
      await expect(ids(store, query)).rejects.toThrow(UsageError);
      await expect(store.count("posts", parseQuery(query))).rejects.toThrow(sentence);
    });

    it("gives posts with what was found of them and their story", async () => {
      const { store } = current();
      const [zh] = await found(store, "posts", "id:wechat:zh");
      expect(zh).toMatchObject({
        post: POSTS[1],
        findings: {
          post: "wechat:zh",
          language: { lang: "zh-Hans", confidence: 1 },
          actor: "the-agency",
          watches: [],
          version: "v1",
        },
        story: "web:en",
      });
      const [fr] = await found(store, "posts", "id:web:fr");
      expect(fr!.findings!.language).toEqual({ lang: "fr", confidence: 1, second: "en" });
    });

    it("orders and limits", async () => {
      const { store } = current();
      expect(await ids(store, "*", { limit: 2 })).toEqual(["web:en", "wechat:zh"]);
      expect(await ids(store, "*", { limit: 2, order: "newest" })).toEqual(["telegram:ru", "web:fr"]);
      expect(await ids(store, "*", { limit: 0 })).toEqual([]);
      expect((await ids(store, "platform:web OR nothing", { order: "relevance" })).toSorted()).toEqual([
        "web:en",
        "web:fr",
      ]);
      // Twice in few words is more to the point than once in many.
      expect(await ids(store, "代理人 OR vérité OR 纲领", { order: "relevance", limit: 1 })).not.toEqual([
        "telegram:ru",
      ]);
      expect(await ids(store, "vérité OR mentions", { order: "relevance" })).toHaveLength(2);
    });

    it("searches for as many terms as a query can have", async () => {
      const { store } = current();
      const words = Array.from({ length: 1023 }, (_, i) => `w${i}`);
      expect(await ids(store, [...words, "platform"].join(" OR "))).toEqual(["web:en"]);
      expect(await ids(store, [...words, "platform"].join(" "))).toEqual([]);
      expect(await ids(store, `id:(${[...words, "web:en"].join(" OR ")})`)).toEqual(["web:en"]);
      expect(await ids(store, `${"(".repeat(50)}platform${")".repeat(50)}`)).toEqual(["web:en"]);
    });

    it("counts by day, platform, source, account and language", async () => {
      const { store } = current();
      const all = parseQuery("");
      expect(await store.countBy(all, "day")).toEqual([
        { key: "2021-09-08", count: 1 },
        { key: "2021-09-09", count: 1 },
        { key: "2021-09-10", count: 1 },
        { key: "2021-10-01", count: 1 },
        { key: "unknown", count: 1 },
      ]);
      expect(await store.countBy(all, "platform")).toEqual([
        { key: "web", count: 2 },
        { key: "telegram", count: 1 },
        { key: "wechat", count: 1 },
        { key: "weibo", count: 1 },
      ]);
      expect(await store.countBy(all, "source")).toEqual([
        { key: "feed", count: 2 },
        { key: "pages", count: 2 },
        { key: "channel", count: 1 },
      ]);
      expect(await store.countBy(parseQuery("代理人"), "account")).toEqual([
        { key: "wechat:gh_1", count: 1 },
        { key: "weibo:2", count: 1 },
      ]);
      expect(await store.countBy(all, "lang")).toEqual([
        { key: "en", count: 1 },
        { key: "fr", count: 1 },
        { key: "und", count: 1 },
        { key: "zh-Hans", count: 1 },
        { key: "zh-Hant", count: 1 },
      ]);
    });
  });
}
