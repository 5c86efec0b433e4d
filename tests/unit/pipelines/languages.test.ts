import { beforeAll, expect, it } from "vitest";
import { language, loadLanguageModels } from "../../../analyzers/language/index.ts";
import { Languages } from "../../../pipelines/steps/languages.ts";
import { ARTICLE, post } from "../../support/posts.ts";

beforeAll(loadLanguageModels);

it("tells of every post what the analyzer tells, however often its words came before", async () => {
  const languages = new Languages();
  const posts = [
    post({ id: "1", text: ARTICLE }),
    post({ id: "2", text: "The bridge is closed until Friday for repairs." }),
    post({ id: "3", title: "Le pont est fermé", text: "…" }),
    post({ id: "4", title: "桥梁关闭", text: "The bridge is closed until Friday for repairs." }),
    post({ id: "5", text: ARTICLE.repeat(20) }),
  ];
  const expected = posts.map((each) => language.analyze(each, [], {}));
  expect(await languages.of(posts)).toEqual(expected);
  expect(await languages.of(posts)).toEqual(expected);
});

it("tells many at once in a thread of their own, each in its place", async () => {
  const languages = new Languages();
  const posts = Array.from({ length: 500 }, (_, i) =>
    post({
      id: String(i),
      text: i % 2 === 0 ? `Der Zug Nummer ${i} hat heute wieder Verspätung.` : `${ARTICLE}${i}`,
    }),
  );
  const [first, second] = await Promise.all([languages.of(posts), languages.of([...posts].reverse())]);
  expect(first.map(({ lang }) => lang)).toEqual(posts.map((_, i) => (i % 2 === 0 ? "de" : "zh-Hans")));
  expect([...second].reverse()).toEqual(first);
});
