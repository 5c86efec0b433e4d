import { describe, expect, it } from "vitest";
import { actorIndex } from "../../analyzers/actors/index.ts";
import type { Actor } from "../../contracts/actor.ts";
import type { Post } from "../../contracts/post.ts";
import { findingLines } from "../../reports/finding.ts";
import { postLine } from "../../reports/interchange/post-line.ts";
import { postLines, storyTable } from "../../reports/listing.ts";
import { namesOf } from "../../reports/names.ts";
import { widthOf } from "../../reports/terminal.ts";
import type { ShownAccounts } from "../../text/pseudonyms.ts";
import { ARTICLE, post } from "../support/posts.ts";
import { traced } from "../support/story.ts";

const HERALD: Actor = {
  id: "herald",
  name: "Hanhai Herald",
  affiliation: "state-controlled",
  country: "CN",
  accounts: [],
  domains: ["herald.example"],
  names: ["瀚海导报"],
  evidence: [{ source: "a test", date: "2021-01-01" }],
  confidence: "high",
};
const CREDIT = "最先注意到这组数字的是渥太华英文报纸《里多信使报》。";
const posts = [
  post({
    id: "courier",
    account: { id: "courier.example", name: "里多信使报" },
    url: "http://courier.example/1",
    title: "Where the parties stand",
    text: "Four platforms read side by side, and counted: the word occurs thirty-one times.",
    published_at: "2021-09-07T10:30:00Z",
  }),
  post({
    id: "herald",
    account: { id: "herald.example", name: "瀚海导报" },
    url: "http://herald.example/1",
    title: "纲领三十一次点名",
    text: `${ARTICLE.slice(0, 90)}${CREDIT}${ARTICLE.slice(90)}`,
    references: [{ kind: "link", url: "http://courier.example/1" }],
    published_at: "2021-09-08T01:12:00Z",
  }),
  post({
    id: "relay-1",
    platform: "wechat",
    account: { id: "gh_1234", name: "北美某家书" },
    url: "http://mp.example/relay-1",
    text: `${ARTICLE}你还打算留在这里吗？欢迎留言说说心里话。`,
    published_at: "2021-09-09T08:20:00Z",
  }),
  post({
    id: "relay-2",
    platform: "wechat",
    account: { id: "gh_5678", name: "枫城\u001b[31m早报" },
    text: ARTICLE.slice(0, 100),
    published_at: "2021-09-09T09:00:00Z",
  }),
];

function finding({ shown = [], given = posts }: { shown?: ShownAccounts; given?: readonly Post[] } = {}) {
  const lang = ({ id }: Post) => (id === "web:courier" ? "en" : "zh-Hans");
  const { story, trace, links } = traced(given, { actors: [HERALD], lang });
  const actorOf = actorIndex([HERALD]);
  const stored = given.map((each) => ({
    post: each,
    revision: "1",
    mark: null,
    findings: {
      post: each.id,
      language: { lang: lang(each), confidence: 1 },
      actor: actorOf(each)?.id ?? null,
      watches: [],
      version: "t",
    },
    story: story.story,
  }));
  const input = {
    story,
    trace,
    links,
    posts: new Map(stored.map((each) => [each.post.id, each])),
    actors: new Map([[HERALD.id, HERALD]]),
    lang: "en" as const,
    shown,
    zone: "America/Toronto",
  };
  return { lines: findingLines(input), input, stored };
}

describe("a finding", () => {
  const { lines } = finding();
  const text = lines.join("\n");
  const flat = text.replace(/\s+/g, " ");

  it("names the origin, its time with its zone, and how sure that is", () => {
    expect(text).toContain("it begins with [1] by 里多信使报, in English");
    expect(text).toContain("2021-09-07 06:30 EDT (time given by the platform)");
    expect(text).toMatch(/ORIGIN[\s\S]*Confidence moderate: /);
  });

  it("names the first Chinese pick-up, its lag and its credit", () => {
    expect(flat).toContain(
      "The first in Chinese is [2] by Hanhai Herald (state-controlled), 14 h 42 min after [1], which it credits.",
    );
    expect(flat).toContain("14 h 42 min after [1]; credits [1]: links to the parent's page");
  });

  it("tells who leads back to state-controlled outlets", () => {
    expect(flat).toContain(
      "Hanhai Herald (CN; registered on the evidence of “a test”, 2021-01-01, high confidence): 1 post, [2].",
    );
    expect(flat).toContain(
      "Leading back to it: 2 posts of 2 other accounts, [3] [4]; 2 of them do not credit the parent.",
    );
  });

  it("has a row for every member, with lag, parent, relation, credit and overlap", () => {
    expect(text).toMatch(
      /\[3\] +account [0-9a-f]{6} +wechat +31 h 8 min +\[2\] +\S.* +uncredited +\d+ \/ \d+ %/,
    );
    expect(text).toMatch(/\[1\] +里多信使报 +web +— +—/);
  });

  it("tells the dropped credit first, and what was added", () => {
    expect(text).toMatch(/\[3\] left out of \[2\]: the passage that names 里多信使报 \[1\], “/);
    expect(text.replace(/\n\s+/g, "")).toContain("added: “你还打算留在这里吗？欢迎留言说说心里话");
  });

  it("says what cannot be known, and never speaks of coordination, affiliation or intent as found", () => {
    expect(text).toContain("WHAT CANNOT BE KNOWN");
    const claims = text.slice(0, text.indexOf("WHAT CANNOT BE KNOWN"));
    expect(claims).not.toMatch(/coordinat|affiliat|intend|intent|campaign|operation|propaganda/i);
  });

  it("keeps to 100 columns, Chinese counted double, and lets no control character through", () => {
    expect(lines.filter((line) => widthOf(line) > 100)).toEqual([]);
    expect(finding({ shown: "all" }).lines.join("")).not.toMatch(/[\x00-\x1f\x7f]/);
  });

  it("is the same for every order of posts and links", () => {
    expect(finding({ given: [...posts].reverse() }).lines).toEqual(lines);
  });
});

describe("names of private people", () => {
  it("are pseudonyms, the same everywhere, with their URLs left out", () => {
    const text = finding().lines.join("\n");
    expect(text).not.toMatch(/gh_1234|北美某家书|mp\.example/);
    expect(text).toContain("http://herald.example/1");
  });

  it("are shown when asked for", () => {
    const text = finding({ shown: "all" }).lines.join("\n");
    expect(text).toContain("北美某家书");
  });

  it("are taken out of sentences, too", () => {
    const { stored, input } = finding();
    const names = namesOf(stored, input);
    expect(names.conceal('declares "北美某家书" as its source')).toMatch(
      /^declares "wechat account [0-9a-f]{6}" as its source$/,
    );
  });
});

describe("lists", () => {
  it("show stories in columns", () => {
    const { input } = finding();
    const [head, row] = storyTable([{ story: input.story, title: "Where the\nparties stand" }]);
    expect(head).toMatch(/^story +posts +first +platforms +title$/);
    expect(row).toMatch(/^s-[0-9a-f]{16} +4 +2021-09-07 +web wechat +Where the parties stand$/);
  });

  it("show a found post with the words around the match, and no private name", () => {
    const { stored, input } = finding();
    const names = namesOf(stored, input);
    const lines = postLines(stored[2]!, { names, zone: "UTC", words: ["主要民調"] });
    expect(lines.join("\n")).toContain("主要民调");
    expect(lines.join("\n")).not.toContain("北美某家书");
    expect(lines.at(-1)).toContain("wechat:relay-1");
  });
});

describe("an exported post", () => {
  it("has the full id, the language found and the one declared", () => {
    const { stored } = finding();
    expect(postLine(stored[2]!)).toMatchObject({
      id: "wechat:relay-1",
      platform: "wechat",
      published_at: "2021-09-09T08:20:00Z",
      lang: "zh-Hans",
      lang_declared: null,
    });
  });
});
