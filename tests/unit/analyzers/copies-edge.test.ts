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
const LONG =
  "The harbour board said on Tuesday that the old grain elevator will be taken down before the winter, because its roof " +
  "can no longer carry the snow. The site will become a park, with a path along the water and a small museum of the port.";

describe("what two posts share at one end only", () => {
  it.each([
    ["a footer", `${ONE}. ${FOOTER}`, `${OTHER}. ${FOOTER}`],
    ["a footer under a post repeated by hand", `${OTHER}. ${FOOTER}`, `RT @baker: ${ONE}. ${FOOTER}`],
    [
      "a slogan before and after",
      `${SLOGAN}！面包店周一重新开门，欢迎大家来尝一尝新出炉的面包`,
      `合唱团还在找两位会看谱的男高音，有兴趣请联系我们${SLOGAN}`,
    ],
  ])("is not asserted: %s", (_, a, b) => expect(status(a, b)).not.toBe("asserted"));

  it.each([
    ["the other with a remark before it", FOOTER, `${ONE}. ${FOOTER}`],
    ["a paragraph at the end of both", `${ONE}. ${LONG}`, `${OTHER}. ${LONG}`],
    ["nearly all of both", `Look here: ${LONG.slice(0, 120)}`, `Read this now: ${LONG.slice(0, 120)}`],
  ])("is asserted when it is %s", (_, a, b) => expect(status(a, b)).toBe("asserted"));

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
