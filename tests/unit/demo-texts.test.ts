import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Article } from "../../demo/article.ts";
import { readSite } from "../../demo/site.ts";
import { wordingOf, wordingText } from "../../text/wording.ts";

interface Expected {
  readonly posts: number;
  readonly main: {
    readonly origin: { readonly url: string };
    readonly first_in_chinese: string;
    readonly state_controlled: readonly string[];
    readonly suggested: readonly { readonly url: string }[];
    readonly members: readonly {
      readonly url: string;
      readonly account: string;
      readonly published_at: string;
      readonly parents: readonly string[];
      readonly credit: string;
      readonly declared_reprint: boolean;
      readonly lag_seconds: number | null;
      readonly left_out: readonly string[];
      readonly added: readonly string[];
    }[];
  };
  readonly syndication: { readonly origin: string; readonly copy: string };
  readonly same_footer: readonly (readonly [string, string])[];
  readonly same_subject_no_reaction: readonly string[];
  readonly alone: readonly string[];
}

const expected = JSON.parse(readFileSync("demo/expected.json", "utf8")) as Expected;
const outlets = readSite();
const articles = outlets.flatMap((outlet) => outlet.articles);
const byUrl = new Map(articles.map((article) => [article.url.href, article]));
const textOf = (article: Article): string =>
  article.paragraphs.join("\n").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");
const at = (url: string): Article => byUrl.get(url)!;
const wording = (text: string): string => wordingText(wordingOf(text));
const isChinese = (article: Article): boolean => /\p{Script=Han}/u.test(article.title);

const { main, syndication, alone } = expected;
const story = main.members.map(({ url }) => url);

describe("demo/expected.json", () => {
  test("gives each post of the site one place, and no other", () => {
    const placed = [
      ...story,
      ...main.suggested.map(({ url }) => url),
      syndication.origin,
      syndication.copy,
      ...alone,
    ];
    expect([...placed].sort()).toEqual([...byUrl.keys()].sort());
    expect(placed.length).toBe(expected.posts);
  });

  test("holds at least 66 posts, 52 of them noise, in three languages over five hosts", () => {
    expect(expected.posts).toBeGreaterThanOrEqual(66);
    expect(alone.length).toBeGreaterThanOrEqual(52);
    expect(new Set(alone.map((url) => new URL(url).host)).size).toBeGreaterThanOrEqual(5);
    const languages = outlets.filter(({ articles }) => articles.some(({ url }) => alone.includes(url.href)));
    expect(new Set(languages.map(({ language }) => language.slice(0, 2)))).toEqual(
      new Set(["en", "fr", "zh"]),
    );
  });

  test("has the times of the data files, and lags that follow from them", () => {
    for (const { url, published_at, parents, lag_seconds } of main.members) {
      expect(published_at).toBe(at(url).published);
      const [parent] = parents;
      if (parent === undefined) continue;
      const seconds = (Date.parse(published_at) - Date.parse(at(parent).published)) / 1000;
      expect([url, lag_seconds]).toEqual([url, seconds]);
      expect(seconds).toBeGreaterThan(0);
    }
  });

  test("quotes words that the parent has and the child lacks, and the other way round", () => {
    for (const { url, parents, left_out, added } of main.members) {
      const child = wording(textOf(at(url)));
      const parent = wording(textOf(at(parents[0] ?? url)));
      for (const words of left_out) {
        expect([words, parent.includes(wording(words)), child.includes(wording(words))]).toEqual([
          words,
          true,
          false,
        ]);
      }
      for (const words of added) {
        expect([words, parent.includes(wording(words)), child.includes(wording(words))]).toEqual([
          words,
          false,
          true,
        ]);
      }
    }
  });
});

describe("the story", () => {
  test("begins with an English article of 450 to 600 words, on the morning of 7 September", () => {
    const origin = at(main.origin.url);
    expect(origin.published).toBe("2021-09-07T06:30:00-04:00");
    expect(textOf(origin).split(/\s+/).length).toBeGreaterThanOrEqual(450);
    expect(textOf(origin).split(/\s+/).length).toBeLessThanOrEqual(600);
    expect(textOf(origin)).toContain("names China 31 times");
  });

  test("goes on with a Chinese article that names the English paper and links to it", () => {
    const first = at(main.first_in_chinese);
    expect(first.title).toContain("31次");
    expect(first.paragraphs.join("")).toContain(`](${main.origin.url})`);
    expect(textOf(first)).toMatch(/《里多信使报》（The Rideau Courier）/);
    expect(textOf(first).replace(/\s/g, "").length).toBeGreaterThanOrEqual(700);
    expect(textOf(first).replace(/\s/g, "").length).toBeLessThanOrEqual(900);
  });

  test("is carried by six WeChat accounts: two declare a reprint, four never name the outlet", () => {
    const relays = main.members.filter(({ url }) => url.includes("mp.weixin.example"));
    expect(new Set(relays.map(({ account }) => account)).size).toBe(6);
    expect(relays.filter(({ declared_reprint }) => declared_reprint).length).toBe(2);
    for (const { url, declared_reprint, account, credit } of relays) {
      const { front, title } = at(url);
      expect(front.gh).toBe(account);
      expect(front.reprint_of !== undefined).toBe(declared_reprint);
      expect(credit).toBe(declared_reprint ? "credited" : "uncredited");
      if (!declared_reprint) expect(wording(title + textOf(at(url)))).not.toMatch(/瀚海|hanhai/);
    }
  });

  test("has one relay in traditional characters that folds to the state article but for a regional word", () => {
    const relay = wording(textOf(at("http://mp.weixin.example/s/Wh0yKx8GtF_aN4mQrP1dZw")));
    expect(textOf(at("http://mp.weixin.example/s/Wh0yKx8GtF_aN4mQrP1dZw"))).toMatch(/[聯邦選舉]{4}/);
    const source = wording(
      at(main.first_in_chinese)
        .paragraphs.slice(1)
        .map((each) => each.replace(/\]\([^)]*\)/, ""))
        .join(""),
    );
    expect(relay.replace("流动通讯网络", "移动通信网络")).toBe(source);
  });

  test("has a caption that quotes the headline whole", () => {
    const [caption] = main.suggested;
    expect(wording(textOf(at(caption!.url)))).toContain(wording(at(main.first_in_chinese).title));
  });
});

describe("the noise", () => {
  test("has 60 to 200 words or 100 to 400 characters each; captions may be shorter", () => {
    for (const article of [...alone, syndication.origin, syndication.copy].map(at)) {
      if (article.front.kind === "caption") continue;
      const size = isChinese(article)
        ? textOf(article).replace(/\s/g, "").length
        : textOf(article).split(/\s+/).length;
      const [least, most] = isChinese(article) ? [100, 400] : [60, 200];
      expect([article.file, size >= least && size <= most]).toEqual([article.file, true]);
    }
  });

  test("shares no run of 12 Han characters or 8 words with anything, the named pairs apart", () => {
    const named = [...expected.same_footer, [syndication.origin, syndication.copy]].map((pair) =>
      [...pair].sort().join(" "),
    );
    const family = new Set([...story, ...main.suggested.map(({ url }) => url)]);
    const seen = new Map<string, string>();
    const shared = new Set<string>();
    for (const article of articles) {
      for (const run of runsOf(article)) {
        const other = seen.get(run);
        if (other === undefined) seen.set(run, article.url.href);
        else if (other !== article.url.href && !(family.has(other) && family.has(article.url.href))) {
          shared.add([other, article.url.href].sort().join(" "));
        }
      }
    }
    expect([...shared].sort()).toEqual(named.sort());
  });

  test("is all of September 2021, within the ten days of the case", () => {
    for (const { file, published } of articles) {
      const day = new Date(published).toISOString().slice(0, 10);
      expect([file, day >= "2021-09-01" && day <= "2021-09-11"]).toEqual([file, true]);
    }
  });
});

/** All runs of 8 words, or of 12 Han characters, title included. */
function runsOf(article: Article): ReadonlySet<string> {
  const text = `${article.title}\n${textOf(article)}`;
  const chinese = isChinese(article);
  const units = chinese
    ? (wording(text).match(/\p{Script=Han}/gu) ?? [])
    : (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  const length = chinese ? 12 : 8;
  const runs = new Set<string>();
  for (let start = 0; start + length <= units.length; start++) {
    runs.add(units.slice(start, start + length).join(chinese ? "" : " "));
  }
  return runs;
}
