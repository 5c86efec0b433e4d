import { detectLanguage } from "../../analyzers/language/index.ts";
import { share, table } from "../copies/tables.ts";
import { sameCode } from "./codes.ts";
import type { LabelledText } from "./sets.ts";

/** Pairs of languages that posts mix, the longer part first; the last three share a script. */
const PAIRS = ["zh en", "en zh", "ja en", "ko en", "ru en", "en ru", "uk en", "ar en", "fa en", "hi en"];
const PAIRS_OF_ONE_SCRIPT = ["fr en", "de en", "es en", "ru uk"];

/** Texts a pair, and the least letters of a part: fewer are a name or an exclamation. */
const TEXTS = 300;
const LEAST: ReadonlyMap<string, number> = new Map([
  ["zh", 10],
  ["ja", 12],
  ["ko", 12],
]);
const LEAST_LETTERS = 30;

/** Two sentences of different languages glued together, and sentences alone: how often both, and only one, are named. */
export function mixed(sentences: readonly LabelledText[]): string {
  const byLang = new Map<string, string[]>();
  for (const { lang, text } of sentences) {
    const code = sameCode(lang);
    if (text.length < (LEAST.get(code) ?? LEAST_LETTERS) || text.length > 150) continue;
    const known = byLang.get(code) ?? [];
    if (known.length < TEXTS) byLang.set(code, [...known, text]);
  }
  const rows = [...PAIRS, ...PAIRS_OF_ONE_SCRIPT].flatMap((pair) => {
    const [first, second] = pair.split(" ") as [string, string];
    const ones = byLang.get(first) ?? [];
    const others = byLang.get(second) ?? [];
    const answers = ones.slice(0, others.length).map((one, i) => detectLanguage(`${one} ${others[i]}`));
    if (answers.length === 0) return [];
    const named = answers.map(({ lang, second: other }) => [lang, other ?? "und"].map(sameCode));
    const both = named.filter((langs) => langs.includes(first) && langs.includes(second)).length;
    const one = named.filter(([lang]) => lang === first || lang === second).length;
    return [[pair, String(answers.length), share(both, answers.length), share(one, answers.length)]];
  });
  const alone = [...byLang].flatMap(([, texts]) => texts);
  const false_ = alone.filter((text) => detectLanguage(text).second !== undefined).length;
  return [
    "Two sentences of different languages glued together. A second language is looked for in another script only: " +
      "pairs that share one are answered with the one language that carries the text.",
    table(["pair", "n", "both named", "the main one is one of the two"], rows),
    `Sentences alone that were given a second language: ${share(false_, alone.length)} of ${alone.length}.`,
  ].join("\n\n");
}
