import { chineseVariant, japaneseForms } from "../../text/chinese.ts";
import { LETTERS_READ, scriptsOf } from "../../text/script.ts";
import type { LanguageModels } from "./models.ts";
import type { Verdict } from "./vote.ts";

/** Whether words in Han characters and kana are Chinese or Japanese; the scripts decide all but short labels. */
export function chineseOrJapanese(words: string, models: LanguageModels): Verdict {
  let kana = 0;
  let han = 0;
  for (const [script, letters] of scriptsOf(words)) {
    if (script === "Hira" || script === "Kana") kana += letters;
    else if (script === "Hani") han += letters;
  }
  // Japanese prose is half kana; a の for decoration or a Japanese name leaves Chinese far below a twentieth.
  if (kana > 0 && kana * 20 >= kana + han) return { lang: "ja", share: 0.99 };
  if (han === 0) return { lang: "zh", share: 0.9 };
  if (han > KANJI_AT_MOST) return { lang: "zh", share: 0.99 };
  // Short labels in Japanese may have no kana at all.
  const variant = chineseVariant(words);
  if (variant === "zh-Hans" || variant === "yue") return { lang: "zh", share: 0.99 };
  if (japaneseForms(words) > 0) return { lang: "ja", share: 0.9 };
  const japanese = models.fastText(words).find(({ label }) => label === "ja")?.score ?? 0;
  return japanese >= JAPANESE_FROM ? { lang: "ja", share: 0.6 } : { lang: "zh", share: 0.95 };
}

// Where the characters leave it open, fastText's Japanese is right more often than not only from here on.
const JAPANESE_FROM = 0.97;
// Beyond so many characters Japanese without a kana does not occur.
const KANJI_AT_MOST = 40;

/** Which Chinese it is. The words decide; where they do not, the quotation marks of the text may. */
export function variantOf(words: string, text: string): string {
  const variant = chineseVariant(words);
  return variant === "zh" ? chineseVariant(text.slice(0, LETTERS_READ)) : variant;
}
