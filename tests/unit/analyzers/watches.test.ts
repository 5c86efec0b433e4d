import { describe, expect, it } from "vitest";
import { watchIndex, watchProblems } from "../../../analyzers/watches/index.ts";
import { configSchema } from "../../../config/schema.ts";
import { watchSchema } from "../../../config/watches.ts";
import { checkConfig } from "../../../pipelines/check.ts";
import { testWatches } from "../../../pipelines/watch-tests.ts";
import { post } from "../../support/posts.ts";

const en = { lang: "en", confidence: 1 };

function matchesOf(over: object, text: string, draft: object = {}) {
  const watch = watchSchema.parse({ name: "w", title: "A watch", ...over });
  return watchIndex([watch])(post({ id: "1", text, ...draft }), en, null);
}

describe("a watch", () => {
  const terms = { en: ["foreign agents act", "registry"], fr: ["registre"], zh: ["外国代理人", "登记法"] };

  it("takes a post for one term as suggested, for several as confirmed, and says which", () => {
    expect(matchesOf({ terms }, "The Registry opens.")).toEqual([
      { watch: "w", status: "suggested", score: 0.5, reasons: ['term "registry" (en)'] },
    ]);
    expect(matchesOf({ terms }, "關於外國代理人與登記法的問題")).toEqual([
      {
        watch: "w",
        status: "confirmed",
        score: 0.75,
        reasons: ['term "外国代理人" (zh)', 'term "登记法" (zh)'],
      },
    ]);
    expect(matchesOf({ terms, confirm_terms: 3 }, "外国代理人登记法")[0]).toMatchObject({
      status: "suggested",
    });
    expect(matchesOf({ terms }, "Nothing of the kind")).toEqual([]);
  });

  it("takes a post that a query or a pattern finds as confirmed", () => {
    const queries = ['platform:web AND "foreign agents"'];
    expect(matchesOf({ queries }, "On foreign agents")).toEqual([
      { watch: "w", status: "confirmed", score: 1, reasons: [`query ${queries[0]}`] },
    ]);
    expect(
      matchesOf({ patterns: ["kill\\s+(the|that)\\s+candidate"] }, "they will KILL  that candidate"),
    ).toMatchObject([{ status: "confirmed", score: 1 }]);
  });

  it("leaves out what is excluded", () => {
    expect(matchesOf({ terms, exclude: ["recipe"] }, "A registry of recipe cards, a recipe")).toEqual([]);
  });

  it("is not held up by an expression that would stop others", () => {
    expect(matchesOf({ patterns: ["(a+)+$"] }, `${"a".repeat(5_000)}b`)).toEqual([]);
  });

  it("tells everything that cannot be read in it, and refuses what is not of the post alone", () => {
    const watch = watchSchema.parse({
      name: "w",
      title: "A watch",
      queries: ["good", "(never closed", "story:s-1", "nofield:x"],
      terms: { en: ["—"] },
      patterns: ["(?=lookahead)"],
      exclude: ["source:feed"],
    });
    const problems = watchProblems(watch);
    expect(problems.map(({ path }) => path.join("."))).toEqual([
      "queries.1",
      "queries.2",
      "queries.3",
      "exclude.0",
      "terms.en.0",
      "patterns.0",
    ]);
    expect(problems[1]!.sentence).toContain("says something of the collection");
    expect(problems[5]!.sentence).toContain("RE2 syntax");
    const config = configSchema.parse({
      watches: [
        { name: "w", title: "Empty" },
        { name: "w", title: "Twice", queries: ["a"] },
      ],
    });
    expect(checkConfig(config).map(({ path }) => path)).toEqual(["watches[0]", "watches[1].name"]);
  });
});

describe("the tests of a watch", () => {
  it("run its examples and counter-examples as posts are analysed", async () => {
    const config = configSchema.parse({
      watches: [
        {
          name: "registry",
          title: "The registry",
          terms: { en: ["registry"], zh: ["登记法"] },
          queries: ["lang:fr registre"],
          examples: [
            "Le gouvernement ouvre le registre des agents étrangers dès lundi matin.",
            { title: "外國代理人登記法", text: "…", platform: "wechat" },
            "Nothing to do with it",
            { text: "registry", shape: "round" },
          ],
          counter_examples: ["The registry of deeds", "Wedding season"],
        },
      ],
    });
    const tests = await testWatches(config, []);
    expect(tests.map(({ kind, number, passed }) => [kind, number, passed])).toEqual([
      ["example", 1, true],
      ["example", 2, true],
      ["example", 3, false],
      ["example", 4, false],
      ["counter-example", 1, false],
      ["counter-example", 2, true],
    ]);
    expect(tests[3]!.problem).toContain("shape");
    expect(await testWatches(config, ["another"])).toEqual([]);
  });
});
