import { describe, expect, it } from "vitest";
import type { Actor } from "../../../contracts/actor.ts";
import { ARTICLE, post } from "../../support/posts.ts";
import { traced } from "../../support/story.ts";

const OWN_EDIT =
  "小编按：看到这里，不少同学在群里留言，说自己家里的长辈已经坐不住了，要不要去投票成了饭桌上的话题。";
const original = post({
  id: "a",
  text: ARTICLE,
  published_at: "2021-09-08T08:00:00Z",
  account: { id: "outlet", name: "环球纪闻" },
});

describe("parents", () => {
  it("of verbatim copies is the earliest, with the others as alternatives and no high confidence", () => {
    const { trace } = traced([
      original,
      post({ id: "b", text: ARTICLE, published_at: "2021-09-09T01:00:00Z" }),
      post({ id: "c", text: ARTICLE, published_at: "2021-09-09T05:00:00Z" }),
    ]);
    expect(trace.origin).toBe("web:a");
    expect(trace.parents["web:a"]).toMatchObject({ parent: null, status: "origin" });
    expect(trace.parents["web:c"]).toMatchObject({
      parent: "web:a",
      alternatives: ["web:b"],
      confidence: "moderate",
    });
  });

  it("of a copy of a copy is the copy whose edit it carries", () => {
    const { trace } = traced([
      original,
      post({ id: "b", text: ARTICLE + OWN_EDIT, published_at: "2021-09-09T01:00:00Z" }),
      post({ id: "c", text: ARTICLE.slice(0, -20) + OWN_EDIT, published_at: "2021-09-09T05:00:00Z" }),
    ]);
    expect(trace.parents["web:c"]!.parent).toBe("web:b");
    expect(trace.parents["web:b"]!.parent).toBe("web:a");
  });

  it("does not follow a credit that came along with the copied text", () => {
    const credit = "据《渥太华纪事报》报道，";
    const paper = post({
      id: "p",
      text: "The platform names China thirty-one times.",
      account: { id: "p", name: "渥太华纪事报" },
      published_at: "2021-09-07T00:00:00Z",
      url: "https://paper.example/a",
    });
    const first = post({
      id: "a",
      text: credit + ARTICLE,
      published_at: "2021-09-08T00:00:00Z",
      references: [{ kind: "link", url: "https://paper.example/a" }],
    });
    const copy = post({
      id: "b",
      text: credit + ARTICLE,
      published_at: "2021-09-09T00:00:00Z",
      references: [{ kind: "link", url: "https://paper.example/a" }],
    });
    const { trace } = traced([paper, first, copy]);
    expect(trace.parents["web:a"]).toMatchObject({ parent: "web:p", credit: "credited" });
    expect(trace.parents["web:b"]!.parent).toBe("web:a");
  });

  it("that are declared win over wording, and a clear disagreement is told", () => {
    const weak = post({
      id: "w",
      text: "大选将至，各党政纲陆续公布，选民应仔细阅读并作出自己的判断与选择。",
      url: "https://w.example/1",
      published_at: "2021-09-01T00:00:00Z",
    });
    const child = post({
      id: "c",
      text: ARTICLE,
      declared_source: { kind: "reprint", url: "https://w.example/1" },
    });
    const { trace } = traced([original, weak, child]);
    expect(trace.parents["web:c"]!.parent).toBe("web:w");
    expect(trace.contradictions).toEqual([
      { say: "contradiction.wording", with: { post: "web:c", declared: "web:w", followed: "web:a" } },
    ]);
  });

  it("of one who took the first half is the post that has its words, however much it left out", () => {
    const reworded = ARTICLE.replace("几乎要与中国断绝外交关系", "近乎要同中国断绝往来");
    const { trace } = traced([
      original,
      post({ id: "b", text: reworded, published_at: "2021-09-08T12:00:00Z" }),
      post({ id: "c", text: ARTICLE.slice(0, 80), published_at: "2021-09-09T05:00:00Z" }),
      post({ id: "d", text: reworded.slice(0, 80), published_at: "2021-09-09T06:00:00Z" }),
    ]);
    expect(trace.parents["web:c"]!.parent).toBe("web:a");
    expect(trace.parents["web:d"]!.parent).toBe("web:b");
  });

  it("in a ring of stated reposts leave the earliest without one", () => {
    const ring = ["a", "b", "c"].map((id, i) =>
      post({
        id,
        text: "转发",
        published_at: `2021-09-0${i + 1}T00:00:00Z`,
        references: [{ kind: "repost", id: ["c", "a", "b"][i]! }],
      }),
    );
    const { trace } = traced(ring);
    expect(trace.parents["web:a"]).toMatchObject({ parent: null, status: "origin", confidence: "low" });
    expect(trace.parents["web:b"]!.parent).toBe("web:a");
  });
});

describe("invariant 6: order only where intervals do not overlap", () => {
  it("leaves the parent undetermined and names the candidates", () => {
    const { trace } = traced([
      post({ id: "a", text: ARTICLE, published_at: "2021-09-08" }),
      post({ id: "b", text: ARTICLE, published_at: "2021-09-08" }),
    ]);
    expect(trace.parents["web:a"]).toMatchObject({
      parent: null,
      status: "undetermined",
      alternatives: ["web:b"],
    });
    expect(trace).toMatchObject({ origin: null, origin_status: "undetermined" });
    expect(trace.unknowns.join(" ")).toContain("cannot be told from their times");
  });

  it("ranks those that times cannot tell apart by who is followed most, and names none of them", () => {
    const said = "Who paid for the new bridge, and why now?";
    const at = "2021-09-08T12:34:00Z";
    const of = (id: string, followers: number) =>
      post({ id, text: said, published_at: at, account: { id, followers } });
    const { trace } = traced([of("a", 12), of("b", 20_000), of("c", 300)]);
    expect(trace.parents["web:a"]).toMatchObject({
      parent: null,
      status: "undetermined",
      alternatives: ["web:b", "web:c"],
    });
    expect(trace.parents["web:a"]!.reasons.join()).toContain("most people follow");
    expect(trace.origin_status).toBe("undetermined");
  });

  it("names the most followed of the first whose times overlap with low confidence", () => {
    const said = "Who paid for the new bridge, and why now?";
    const of = (id: string, followers: number, minute: number) =>
      post({ id, text: said, published_at: `2021-09-08T12:${minute}:00Z`, account: { id, followers } });
    const { trace } = traced([of("a", 12, 34), of("b", 20_000, 34), of("c", 300, 40)]);
    expect(trace.parents["web:c"]).toMatchObject({ parent: "web:b", confidence: "low" });
  });

  it("goes by the short link that a copy carries on, where the wording fits several", () => {
    const said = "Who paid for the new bridge, and why now?";
    const of = (id: string, minute: number, link: string) =>
      post({ id, text: `${said} https://t.example/${link}`, published_at: `2021-09-08T12:${minute}:00Z` });
    const { trace } = traced([of("a", 10, "x1"), of("b", 20, "x2"), of("c", 30, "x2"), of("d", 40, "x3")]);
    expect(trace.parents["web:c"]!.parent).toBe("web:b");
    expect(trace.parents["web:d"]!.parent).toBe("web:a");
  });

  it("takes a repost by hand for a copy of what was reposted, not of another such repost", () => {
    const said = "Who paid for the new bridge, and why now?";
    const of = (id: string, day: number, text: string) =>
      post({ id, text: `${text} https://t.example/${id}`, published_at: `2021-09-0${day}T12:00:00Z` });
    const { trace } = traced([
      of("a", 1, said),
      of("b", 2, `RT @bridges: ${said}`),
      of("c", 3, `RT @bridges: ${said}`),
    ]);
    expect(trace.parents["web:c"]!.parent).toBe("web:a");
  });

  it("does not count a link or a mention of the parent's as left out", () => {
    const said = "Who paid for the new bridge, and why now?";
    const { trace } = traced([
      post({ id: "a", text: said, published_at: "2021-09-08T12:10:00Z" }),
      post({ id: "b", text: `@reader1 ${said} https://t.example/x2`, published_at: "2021-09-08T12:20:00Z" }),
      post({ id: "c", text: `@reader1 ${said} https://t.example/x2`, published_at: "2021-09-08T12:30:00Z" }),
    ]);
    expect(trace.parents["web:c"]!.parent).toBe("web:b");
  });

  it("takes a credit for an order where the clocks give none", () => {
    const { trace } = traced([
      post({ id: "b", text: `${ARTICLE}来源：环球纪闻。`, published_at: "2021-09-08" }),
      original,
    ]);
    expect(trace.parents["web:b"]).toMatchObject({ parent: "web:a", status: "chosen" });
    expect(trace.origin).toBe("web:a");
  });

  it("takes a credit before a clock that is off by a day, and says that they disagree", () => {
    const { trace } = traced([
      post({ id: "b", text: `${ARTICLE}来源：环球纪闻。`, published_at: "2021-09-07T09:00:00Z" }),
      original,
    ]);
    expect(trace.origin).toBe("web:a");
    expect(trace.contradictions).toEqual([
      { say: "contradiction.later", with: { post: "web:b", declared: "web:a" } },
    ]);
    const later = traced([
      post({ id: "b", text: `${ARTICLE}来源：环球纪闻。`, published_at: "2021-08-07T09:00:00Z" }),
      original,
    ]);
    expect(later.trace.origin).toBe("web:b");
  });

  it("orders nothing by a time that is only an upper bound", () => {
    const { trace } = traced([original, post({ id: "b", text: ARTICLE, published_at: null })]);
    expect(trace.parents["web:b"]!.status).toBe("undetermined");
  });
});

describe("invariant 7: the origin may be outside the collection", () => {
  it.each([
    [
      "a repost of a post that was never collected",
      { references: [{ kind: "repost" as const, id: "never-seen" }] },
    ],
    [
      "a declared source that was never collected",
      { declared_source: { kind: "source-line" as const, name: "某某网" } },
    ],
  ])("says so for %s", (_, more) => {
    const first = post({ id: "a", text: ARTICLE, published_at: "2021-09-08T00:00:00Z", ...more });
    const { trace } = traced([first, post({ id: "b", text: ARTICLE })]);
    expect(trace).toMatchObject({ origin: null, origin_status: "outside-collection", first_seen: "web:a" });
    expect(trace.origin_reasons.join(" ")).toContain("not in the collection");
  });

  it("says so for a name in the text that nobody in the story goes by, and not for one that came along", () => {
    const credited = `据远帆日报报道，${ARTICLE}`;
    const { trace } = traced([
      post({ id: "a", text: ARTICLE, published_at: "2021-09-08T00:00:00Z" }),
      post({ id: "b", text: credited, published_at: "2021-09-09T00:00:00Z" }),
      post({ id: "c", text: `${credited}${OWN_EDIT}`, published_at: "2021-09-10T00:00:00Z" }),
    ]);
    expect(trace.parents["web:b"]).toMatchObject({
      parent: null,
      status: "outside-collection",
      alternatives: ["web:a"],
    });
    expect(trace.parents["web:b"]!.reasons.join()).toContain("远帆日报");
    expect(trace.parents["web:c"]!.parent).toBe("web:b");
    expect(trace).toMatchObject({ origin: null, origin_status: "outside-collection" });
  });

  it("does not where the outlet it declares is in the story under another page", () => {
    const reprint = post({
      id: "b",
      text: ARTICLE,
      references: [{ kind: "repost", url: "https://mp.example/never" }],
      declared_source: { kind: "reprint", name: "环球纪闻", url: "https://mp.example/never" },
    });
    const { trace } = traced([original, reprint]);
    expect(trace.parents["web:b"]).toMatchObject({ parent: "web:a", status: "chosen" });
  });

  it("infers it from a post that has, in place, what each of the earlier ones lost", () => {
    const parts = [
      "两大政党支持率十分接近",
      "许多在加华人家庭",
      "渥太华一家报纸日前刊文",
      "若干选区可能左右",
    ];
    const without = (...lost: readonly number[]) =>
      lost.reduce((text, i) => text.replace(parts[i]!, "此处另有说法"), ARTICLE);
    const at = (id: string, day: number, text: string) =>
      post({ id, text, published_at: `2021-09-0${day}T00:00:00Z` });
    const { trace } = traced([at("a", 1, without(0, 1)), at("b", 2, without(2, 3)), at("c", 3, ARTICLE)]);
    expect(trace.parents["web:c"]).toMatchObject({
      parent: null,
      status: "outside-collection",
      confidence: "low",
    });
    const copy = traced([at("a", 1, ARTICLE), at("b", 2, without(2, 3)), at("c", 3, without(0, 1, 2, 3))]);
    expect(copy.trace.parents["web:c"]!.status).toBe("chosen");
  });

  it("is where a post that names nobody may come from, once others of its story name a missing source", () => {
    const credited = `据远帆日报报道，${ARTICLE}`;
    const posts = [
      post({ id: "a", text: ARTICLE, published_at: "2021-09-08T00:00:00Z" }),
      post({ id: "b", text: credited, published_at: "2021-09-09T00:00:00Z" }),
      post({ id: "c", text: ARTICLE.slice(0, -9), published_at: "2021-09-10T00:00:00Z" }),
    ];
    const { trace } = traced(posts);
    expect(trace.parents["web:c"]).toMatchObject({ status: "outside-collection", confidence: "low" });
    expect(trace.parents["web:a"]).toMatchObject({ status: "outside-collection", confidence: "low" });
    expect(traced([posts[0]!, posts[2]!]).trace.parents["web:c"]!.parent).toBe("web:a");
  });

  it("does not for an outlet that declares itself", () => {
    const own = post({
      id: "a",
      text: ARTICLE,
      published_at: "2021-09-08T00:00:00Z",
      declared_source: { kind: "source-line", name: "本报讯" },
    });
    expect(traced([own, post({ id: "b", text: ARTICLE })]).trace.origin).toBe("web:a");
  });
});

it("says which members are an actor's, who is state-controlled, and who follows", () => {
  const actor: Actor = {
    id: "outlet",
    name: "环球纪闻",
    affiliation: "state-controlled",
    accounts: ["web:outlet"],
    domains: [],
    names: [],
    evidence: [{ source: "invented", date: "2021-01-01" }],
    confidence: "high",
  };
  const { trace } = traced([original, post({ id: "b", text: ARTICLE })], { actors: [actor] });
  expect(trace.actors).toEqual([
    {
      actor: "outlet",
      affiliation: "state-controlled",
      state_controlled: true,
      posts: ["web:a"],
      followers: ["web:b"],
    },
  ]);
  expect(trace.unknowns.join(" ")).toContain("neither affiliation nor intent");
});

it("names the first in each language and on each platform, all Chinese as one", () => {
  const { trace } = traced(
    [
      original,
      post({ id: "b", platform: "wechat", text: ARTICLE }),
      post({ id: "c", platform: "wechat", text: ARTICLE, published_at: "2021-09-10T00:00:00Z" }),
    ],
    { lang: ({ id }) => (id === "web:a" ? "zh-Hans" : "zh-Hant") },
  );
  expect(trace.first_by_language).toEqual([{ key: "zh", post: "web:a", certain: true }]);
  expect(trace.first_by_platform.map(({ post: id }) => id)).toEqual(["web:a", "wechat:b"]);
});
