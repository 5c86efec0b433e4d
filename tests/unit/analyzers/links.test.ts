import { describe, expect, it } from "vitest";
import { linkPosts } from "../../../analyzers/links/index.ts";
import { copiesSchema } from "../../../config/copies.ts";
import type { Link } from "../../../contracts/link.ts";
import { ARTICLE, prepared } from "../../support/posts.ts";

const options = copiesSchema.parse({});
const link = (a: ReturnType<typeof prepared>, b: ReturnType<typeof prepared>): Link | null =>
  linkPosts(a, b, options, "test");
const original = prepared({
  id: "original",
  text: ARTICLE,
  published_at: "2021-09-08T08:00:00Z",
  account: { id: "paper", name: "渥太华纪事" },
});
const FOREWORD = "各位读者早上好，今天小编想和大家聊聊大选这件事，看完之后欢迎在评论区说说你的想法。";

describe("linkPosts", () => {
  it("finds a copy, says who is the child, and how long after", () => {
    expect(link(original, prepared({ id: "copy", text: ARTICLE }))).toMatchObject({
      child: "web:copy",
      parent: "web:original",
      relation: "copy",
      credit: "uncredited",
      status: "asserted",
      overlap: { child: 1, parent: 1 },
      lag_seconds: [86399, 86401],
    });
  });

  it("leaves an account its own formulas: only its whole text again, or nearly so, is worth a look", () => {
    const own = (id: string, text: string) => prepared({ id, text, account: { id: "one" } });
    const advert = (place: string) =>
      `Warm coats for ${place}, sent to your door within two days, call us now!`;
    expect(link(own("1", advert("Alder Falls")), own("2", advert("Kestrel Bay")))).toBeNull();
    expect(link(own("1", ARTICLE + FOREWORD), own("2", FOREWORD + advert("Kestrel Bay")))).toBeNull();
    expect(link(own("1", ARTICLE), own("2", ARTICLE))).toMatchObject({
      relation: "copy",
      status: "asserted",
    });
    const corrected = ARTICLE.replace("三十一次", "三十次");
    expect(link(own("1", ARTICLE), own("2", corrected))).toMatchObject({ status: expect.any(String) });
    // Two accounts that say it are another matter.
    const other = prepared({ id: "2", text: advert("Kestrel Bay"), account: { id: "two" } });
    expect(link(own("1", advert("Alder Falls")), other)).not.toBeNull();
  });

  it("takes a few words for a copy only where they address the same people and show the same page", () => {
    const post = (id: string, text: string, url?: string) =>
      prepared({
        id,
        text,
        account: { id },
        ...(url === undefined ? {} : { references: [{ kind: "link" as const, url }] }),
      });
    const page = "https://paper.example/picture/7";
    const said = `@mayor @council not good! ${page}`;
    expect(link(post("1", said, page), post("2", said, page))).toMatchObject({
      relation: "copy",
      status: "asserted",
    });
    expect(link(post("1", `not good! ${page}`, page), post("2", `not good! ${page}`, page))).toBeNull();
    expect(link(post("1", "@mayor not good!"), post("2", "@mayor not good!"))).toBeNull();
    expect(link(post("1", said, page), post("2", `@mayor not good! ${page}`, page))).toBeNull();
  });

  it("is the same whichever of the two comes first", () => {
    const other = prepared({ id: "copy", text: FOREWORD + ARTICLE });
    expect(link(original, other)).toEqual(link(other, original));
  });

  it("tells commentary and what was added, in the original text", () => {
    const text =
      FOREWORD +
      FOREWORD.replaceAll("大选", "学校") +
      ARTICLE +
      "你会投票吗？我们下期再见，别忘了点个在看，转发给更多的朋友。".repeat(3);
    const found = link(original, prepared({ id: "commented", text }))!;
    expect(found).toMatchObject({ relation: "copy-with-commentary", overlap: { parent: 1 } });
    expect(text.slice(...(found.added[0] as [number, number]))).toContain("各位读者早上好");
    const [from, to] = found.spans[0]!;
    expect(ARTICLE).toContain(text.slice(from, to).slice(0, 40));
  });

  it("tells an excerpt and what was left out", () => {
    const half = ARTICLE.slice(0, 70);
    const found = link(original, prepared({ id: "excerpt", text: half }))!;
    expect(found).toMatchObject({ relation: "excerpt", status: "asserted", overlap: { child: 1 } });
    expect(ARTICLE.slice(...(found.left_out[0] as [number, number]))).toContain("选情胶着");
  });

  it("sees through traditional script", () => {
    const traditional =
      "渥太華一家報紙日前刊文比較各黨對華立場。文章指出，其中一份競選綱領三十一次提到中國，幾乎要與中國斷絕外交關係。";
    expect(link(original, prepared({ id: "hant", text: traditional }))).toMatchObject({
      relation: "excerpt",
      status: "asserted",
    });
  });

  it("credits a named outlet and a declared source", () => {
    expect(link(original, prepared({ id: "named", text: `据《渥太华纪事》报道：${ARTICLE}` }))!.credit).toBe(
      "credited",
    );
    const declared = prepared({
      id: "declared",
      text: ARTICLE,
      declared_source: { kind: "source-line", name: "渥太华纪事" },
    });
    expect(link(original, declared)).toMatchObject({
      credit: "credited",
      reasons: expect.arrayContaining([expect.stringContaining("declares")]),
    });
  });

  it("never asserts a short text on wording alone", () => {
    const slogan = "坚决反对任何外部势力干涉";
    expect(
      link(
        prepared({ id: "a", text: slogan, published_at: "2021-09-01T00:00:00Z" }),
        prepared({ id: "b", text: slogan }),
      )?.status ?? "none",
    ).not.toBe("asserted");
  });

  const at = "2021-09-01T00:00:00Z";
  it("asserts identical wording of two accounts once it says more than a greeting", () => {
    const said = "Who paid for the new bridge, and why now?";
    const [a, b] = [prepared({ id: "a", text: said, published_at: at }), prepared({ id: "b", text: said })];
    expect(link(a, b)).toMatchObject({ relation: "copy", status: "asserted", confidence: "moderate" });
    const almost = prepared({ id: "c", text: "Who paid for the old bridge, and why now?" });
    expect(link(a, almost)?.status ?? "none").not.toBe("asserted");
    const greeting = "Good morning everyone!";
    expect(
      link(prepared({ id: "g", text: greeting, published_at: at }), prepared({ id: "h", text: greeting })),
    ).toBeNull();
  });

  it.each([
    [
      "carry the same link",
      "Sad but true, again https://x.example/1",
      "Sad but true, again https://x.example/1",
    ],
    ["are a repost by hand", "Sad but true, again", "RT @somebody: Sad but true, again"],
    ["name the account they repeat", "Sad but true, again", "“Sad but true, again” @paper_of_record"],
  ])("asserts shorter wording where the posts %s", (_, first, second) => {
    const account = { id: "p", handle: "paper_of_record" };
    const found = link(
      prepared({ id: "a", text: first, account, published_at: at }),
      prepared({ id: "b", text: second }),
    );
    expect(found).toMatchObject({ child: "web:b", relation: "copy", status: "asserted" });
  });

  it("does not assert an account's daily greeting, however often it is repeated", () => {
    const account = { id: "same" };
    const text = "Good morning to all who read us every day";
    const [a, b] = [
      prepared({ id: "a", account, text, published_at: at }),
      prepared({ id: "b", account, text }),
    ];
    expect(link(a, b)?.status).toBe("suggested");
  });

  it("does not assert an excerpt that is all sign-off, in which an account names itself", () => {
    const signOff =
      "关注湖畔笔记，把昂贵的合同与隐秘的仓库讲给更多邻居听，湖畔笔记编辑部整理，每天早上与你见面。";
    const a = prepared({
      id: "a",
      account: { id: "wechat-1", name: "湖畔笔记" },
      text: `${signOff}今天多伦多下雪了。`,
      published_at: at,
    });
    const b = prepared({
      id: "b",
      account: { id: "weibo-1", name: "另一家" },
      text: `地铁一号线周末停运，请改乘接驳巴士，沿途各站均有工作人员指引，详情见车站公告。${ARTICLE}${signOff}`,
    });
    expect(link(a, b)).toMatchObject({ status: "suggested" });
  });

  it("does not assert an account's own repeated sign-off", () => {
    const signOff =
      "关注我们，每天了解本地新闻，转发给更多朋友，感谢各位读者长期以来的支持与厚爱，我们明天同一时间再见。";
    const account = { id: "same" };
    const a = prepared({
      id: "a",
      account,
      text: `今天多伦多下雪了。${signOff}`,
      published_at: "2021-09-01T00:00:00Z",
    });
    const b = prepared({ id: "b", account, text: `地铁一号线周末停运，请改乘接驳巴士。${signOff}` });
    expect(link(a, b)?.status ?? "suggested").toBe("suggested");
  });

  it("recognises a headline in a caption, as a suggestion", () => {
    const titled = prepared({
      id: "titled",
      title: "一份纲领三十一次提到中国意欲何为",
      text: ARTICLE,
      published_at: "2021-09-08T08:00:00Z",
    });
    const caption = prepared({
      id: "caption",
      platform: "douyin",
      text: "#大选 一份纲领三十一次提到中国，意欲何为？",
    });
    expect(link(titled, caption)).toMatchObject({
      relation: "headline",
      status: "suggested",
      confidence: "low",
    });
  });

  it("takes the platform's word for a repost, whatever the clocks say", () => {
    const early = prepared({
      id: "early",
      text: "转发微博",
      published_at: "2021-09-01T00:00:00Z",
      references: [{ kind: "repost", id: "original" }],
    });
    expect(link(original, early)).toMatchObject({
      child: "web:early",
      relation: "repost",
      credit: "credited",
      confidence: "high",
      score: 1,
    });
  });

  it("follows a link to the parent's page, but not those of a link list", () => {
    const page = prepared({
      id: "page",
      url: "https://paper.example/a",
      text: "An article in English about something else entirely.",
      published_at: "2021-09-01T00:00:00Z",
    });
    const citing = prepared({
      id: "citing",
      text: "worth reading",
      references: [{ kind: "link", url: "http://www.paper.example/a?utm_source=x" }],
    });
    expect(link(page, citing)).toMatchObject({
      relation: "shared-link",
      status: "asserted",
      credit: "credited",
    });
    const links = Array.from({ length: 9 }, (_, i) => ({
      kind: "link" as const,
      url: `https://other.example/${i}`,
    }));
    const digest = prepared({
      id: "digest",
      text: "this week",
      references: [...links, { kind: "link", url: "https://paper.example/a" }],
    });
    expect(link(page, digest)).toMatchObject({ status: "suggested" });
  });

  it("lets the lag straddle zero when the times overlap", () => {
    const found = link(original, prepared({ id: "same-day", text: ARTICLE, published_at: "2021-09-08" }))!;
    expect(found.lag_seconds[0]).toBeLessThan(0);
    expect(found.lag_seconds[1]).toBeGreaterThan(0);
    expect(found.reasons.join()).toContain("which came first is not known");
  });

  it("finds nothing between unrelated texts of one event, and nothing of a post with itself", () => {
    const other = prepared({
      id: "other",
      text: "周三晚上的领袖辩论吸引了数百万观众，几位党领就住房、气候与疫苗问题激烈交锋，主持人多次打断发言。",
    });
    expect(link(original, other)).toBeNull();
    expect(link(original, original)).toBeNull();
  });

  it("is quiet about empty text", () => {
    expect(
      link(prepared({ id: "e1", text: "", title: "a" }), prepared({ id: "e2", text: "", title: "b" })),
    ).toBeNull();
  });
});
