import { z } from "zod";
import type { Analyzer } from "../../contracts/analyzer.ts";
import type { LanguageFinding } from "../../contracts/finding.ts";
import { detectLanguage } from "./detect.ts";

export { detectLanguage } from "./detect.ts";
export { loadLanguageModels } from "./models.ts";

/** There is nothing to choose yet: what was measured to be best is what is done. */
export type LanguageOptions = Readonly<Record<string, never>>;

const options: z.ZodType<LanguageOptions> = z.strictObject({});

/**
 * Tells the language of a post from its title and text, never from what the platform declares. `loadLanguageModels`
 * must have ended before the first post; after that it is a pure function of the post.
 */
export const language: Analyzer<LanguageOptions, LanguageFinding> = {
  info: {
    name: "language",
    title: "Language",
    summary: "Tells the language of a post, and simplified, traditional and Cantonese Chinese apart.",
    options,
    references: [
      "Joulin et al. 2016, Bag of Tricks for Efficient Text Classification (fastText, model lid.176)",
      "https://github.com/nitotm/efficient-language-detector-js",
      "https://github.com/wooorm/franc",
      "https://github.com/BYVoid/OpenCC",
      "BCP 47, Tags for Identifying Languages",
    ],
  },
  version: 2,
  example: {
    post: {
      id: "weibo:1",
      platform: "weibo",
      url: null,
      account: { id: "a1" },
      published_at: "2026-03-02T09:00:00Z",
      published: { earliest: "2026-03-02T09:00:00Z", latest: "2026-03-02T09:00:00Z", basis: "platform" },
      collected_at: "2026-03-02T10:00:00Z",
      source: "example",
      title: null,
      text: "这个消息是真的吗？请大家不要转发。 http://example.com/1 @某某 [疑问]",
      lang_declared: null,
      engagement: null,
      references: [],
      media: [],
      declared_source: null,
      sha256: null,
    },
    past: [],
    finding: { lang: "zh-Hans", confidence: 0.99 },
  },
  analyze: ({ title, text }) => detectLanguage(title === null ? text : `${title}\n${text}`),
};
