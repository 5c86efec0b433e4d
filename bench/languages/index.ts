import { detectLanguage } from "../../analyzers/language/index.ts";
import { type Half, halfOf } from "../data.ts";
import { type Answered, byLanguage, byLength, bySet, groupsOf } from "./accuracy.ts";
import { sameCode } from "./codes.ts";
import { calibration } from "./confidence.ts";
import { besideEldc } from "./eldc.ts";
import { mixed } from "./mixed.ts";
import { detectors } from "./peers.ts";
import { SETS } from "./sets.ts";
import { loading, speed } from "./speed.ts";
import { contentless, undOnLanguage } from "./undetermined.ts";
import { variants } from "./variants.ts";

export interface LanguagesOptions {
  /** Texts a set at most; all by default. */
  readonly sample?: number;
  /** Which half of the texts is measured. The constants were chosen on `tune`; `report` is the default. */
  readonly half?: Half | "all";
}

/** Posts the detectors are timed on. */
const TIMED = 2_000;

/** Languages: accuracy beside the peers, `und`, Chinese variants, confidence, speed and memory. */
export async function languages(
  dataDir: string,
  options: LanguagesOptions,
  say: (line: string) => void,
): Promise<string> {
  const half = options.half ?? "report";
  const all = await detectors();
  const answered: Answered[] = [];
  for (const { name, kind, texts } of SETS) {
    const there = texts(dataDir).filter(({ text }) => half === "all" || halfOf(text) === half);
    const every = Math.max(1, Math.ceil(there.length / (options.sample ?? there.length)));
    const mine = there.filter((_, i) => i % every === 0);
    say(mine.length === 0 ? `${name}: not there` : `${name}: ${mine.length} texts`);
    for (const text of mine) {
      answered.push({ ...text, kind, answers: all.map(({ detect }) => sameCode(detect(text.text))) });
    }
  }
  const running = answered.filter(({ kind }) => kind === "sentences" || kind === "posts");
  say("contentless posts, Chinese variants, speed and memory");
  const posts = answered.filter(({ kind }) => kind === "posts");
  const step = Math.max(1, Math.floor(posts.length / TIMED));
  const timed = posts.filter((_, i) => i % step === 0).map(({ text }) => text);
  const present = SETS.filter(({ name }) => answered.some(({ set }) => set === name));
  const sections: readonly (readonly [string, string])[] = [
    ["Accuracy by length", byLength(groupsOf(answered), all)],
    ["Beside the best of other languages", await besideEldc(groupsOf(answered))],
    ["Errors by language, sentences and posts", byLanguage(answered, all)],
    ["Errors by set", bySet(answered, all)],
    ["Posts without words", contentless(dataDir, all)],
    ["Texts with words left undetermined", undOnLanguage(answered, all)],
    ["Simplified, traditional, Cantonese", await variants(dataDir, half)],
    ["Mixed texts", mixed(answered.filter(({ kind }) => kind === "sentences"))],
    [
      "Confidence",
      calibration(
        running.map(({ lang, text }) => {
          const { lang: answer, confidence } = detectLanguage(text);
          return { lang, answer, confidence };
        }),
      ),
    ],
    ["Speed", speed(timed, all)],
    ["Loading and memory", loading()],
    ["Sets and what their labels rest on", present.map(({ origin }) => `- ${origin}`).join("\n")],
  ];
  const scope =
    half === "all"
      ? "All texts are measured, those the constants were chosen on among them."
      : `The texts were parted in two by hash; measured is the half \`${half}\`.`;
  return [scope, ...sections.map(([title, body]) => `### ${title}\n\n${body}`)].join("\n\n");
}
