import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linkPosts } from "../../../analyzers/links/index.ts";
import { copiesSchema } from "../../../config/copies.ts";
import { prepared } from "../../support/posts.ts";

const options = copiesSchema.parse({});
const status = (a: string, b: string) =>
  linkPosts(prepared({ id: "a", text: a }), prepared({ id: "b", text: b }), options, "test")?.status ?? null;

const FOOTER = "Opinions are my own. Retweets are no endorsements. Subscribe to our weekly letter.";
const SLOGAN = "团结起来守护我们共同的家园让每一个孩子都能在蓝天下平安长大成为有用的人";
const ONE = "The bakery on the corner of Mill Street opens again on Monday";
const OTHER = "Our choir is still looking for two tenors who can read music";
const NOTICE =
  "This was sent by the Harbour Ledger, your voice on the coast since 1987. Opinions are those of the authors. All rights are " +
  "reserved, and no part may be copied without permission of the publisher.";
const LONG =
  "The harbour board said on Tuesday that the old grain elevator will be taken down before the winter, because its roof " +
  "can no longer carry the snow. The site will become a park, with a path along the water and a small museum of the port.";

describe("what two posts share at one end only", () => {
  it.each([
    ["a footer", `${ONE}. ${FOOTER}`, `${OTHER}. ${FOOTER}`],
    ["a footer under a post repeated by hand", `${OTHER}. ${FOOTER}`, `RT @baker: ${ONE}. ${FOOTER}`],
    ["a notice of rights", `${ONE}. ${NOTICE}`, `${OTHER}. ${NOTICE}`],
    [
      "a notice of rights that is most of a short post",
      `Good morning to all! ${NOTICE}`,
      `${OTHER}. ${NOTICE}`,
    ],
    [
      "a slogan before and after",
      `${SLOGAN}！面包店周一重新开门，欢迎大家来尝一尝新出炉的面包`,
      `合唱团还在找两位会看谱的男高音，有兴趣请联系我们${SLOGAN}`,
    ],
  ])("is not asserted: %s", (_, a, b) => expect(status(a, b)).not.toBe("asserted"));

  it.each([
    ["the other with a remark before it", FOOTER, `${ONE}. ${FOOTER}`],
    ["a long paragraph at the end of both", `${ONE}. ${NOTICE} ${LONG}`, `${OTHER}. ${NOTICE} ${LONG}`],
    ["nearly all of both", `Look here: ${LONG.slice(0, 120)}`, `Read this now: ${LONG.slice(0, 120)}`],
  ])("is asserted when it is %s", (_, a, b) => expect(status(a, b)).toBe("asserted"));

  it("is asserted of a post that says by hand that it repeats this very account", () => {
    const words = "Go and see the new ferry before the winter comes #harbour";
    const original = prepared({
      id: "a",
      text: `${words} #whatabeautifulday`,
      account: { id: "7", handle: "baker" },
    });
    const repeated = (name: string) =>
      prepared({
        id: "b",
        text: `RT @${name}: ${words} #ferriesforever`,
        account: { id: "8", handle: "choir" },
      });
    expect(linkPosts(original, repeated("baker"), options, "test")?.status).toBe("asserted");
    expect(linkPosts(original, repeated("miller"), options, "test")?.status).toBe("suggested");
  });

  it("is only suggested however the footer and the posts are put, and the same either way", () => {
    const words = (text: string) => text.toLowerCase().match(/\p{L}+/gu)!;
    const own = fc.constantFrom(
      ONE,
      OTHER,
      "Lost near the station: a grey cat with a white ear, answers to Pebble",
    );
    fc.assert(
      fc.property(
        own,
        own,
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 8, max: 12 }),
        (a, b, first, last, length) => {
          fc.pre(a !== b);
          const shared = words(FOOTER).slice(0, length).join(" ");
          const put = (text: string, before: boolean) =>
            before ? `${shared}. ${text}` : `${text}. ${shared}`;
          const [one, other] = [put(a, first), put(b, last)];
          expect(status(one, other)).not.toBe("asserted");
          expect(status(one, other)).toBe(status(other, one));
        },
      ),
      { numRuns: 40 },
    );
  });
});

it("a paragraph lifted out of one long text into another is suggested, whatever its share", () => {
  const lifted = "The site will become a park, with a path along the water and a small museum of the port.";
  const around =
    `${ONE}. ${OTHER}. Lost near the station: a grey cat with a white ear, answers to the name of Pebble. `.repeat(
      2,
    );
  expect(
    status(
      `${around} ${lifted} ${around}`,
      `${LONG} And so on, for a long while, about other matters entirely, none of which anyone at the bakery would care about, nor the choir, nor the cat, nor those who look for it at night with lamps.`,
    ),
  ).toBe("suggested");
});

describe("a short Chinese paragraph lifted out of a long text", () => {
  const before =
    "今天早上我在港口散步，看见渡船慢慢靠岸，船员们忙着把缆绳系好，岸边的面包店刚刚开门，香味飘得很远。";
  const after = "晚上合唱团在旧仓库里排练，两位新来的男高音唱得很好，大家都说明年春天的音乐会一定会坐满人。";
  const long =
    "市政府昨天公布了新公园的计划，湖边的步道会延长三公里，旧粮仓改成小型博物馆，学校的孩子可以免费参观。";
  const among = (passage: string) =>
    [`${before}${passage}${after}`, `${long}${passage}${long}${ONE}`] as const;

  it("is suggested from 24 characters that are the same, and not below", () => {
    const passage = "议员说冬天以前必须拆除屋顶因为积雪太重孩子们路过很危险";
    expect(status(...among(passage.slice(0, 26)))).toBe("suggested");
    expect(status(...among(passage.slice(0, 20)))).toBeNull();
  });
});

it("two people who laugh have not copied each other", () => {
  expect(status(`${"哈".repeat(60)}真好笑`, `我也觉得${"哈".repeat(80)}`)).toBeNull();
});
