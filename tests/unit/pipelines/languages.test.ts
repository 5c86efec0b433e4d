import { beforeAll, expect, it } from "vitest";
import { language, loadLanguageModels } from "../../../analyzers/language/index.ts";
import { Languages } from "../../../pipelines/steps/languages.ts";
import { ARTICLE, post } from "../../support/posts.ts";

beforeAll(loadLanguageModels);

it("tells of every post what the analyzer tells, however often its words came before", () => {
  const languages = new Languages();
  const posts = [
    post({ id: "1", text: ARTICLE }),
    post({ id: "2", text: "The bridge is closed until Friday for repairs." }),
    post({ id: "3", title: "Le pont est fermé", text: "…" }),
    post({ id: "4", title: "桥梁关闭", text: "The bridge is closed until Friday for repairs." }),
    post({ id: "5", text: ARTICLE.repeat(20) }),
  ];
  for (const each of [...posts, ...posts]) expect(languages.of(each)).toEqual(language.analyze(each, [], {}));
});
