import { ratio, share, table } from "../copies/tables.ts";
import { sameCode, WATCHED } from "./codes.ts";
import type { Detector } from "./peers.ts";
import type { LabelledText, SetKind } from "./sets.ts";

export interface Answered extends LabelledText {
  readonly kind: SetKind;
  /** What each detector said, folded by `sameCode`, in the order of the detectors. */
  readonly answers: readonly string[];
}

export const LENGTHS = ["≤ 20", "21–60", "61–140", "> 140"] as const;

/** Which class of length a text is in, by characters as people count them (code points). */
export function lengthClass(text: string): (typeof LENGTHS)[number] {
  const length = [...text].length;
  return length <= 20 ? "≤ 20" : length <= 60 ? "21–60" : length <= 140 ? "61–140" : "> 140";
}

export type Group = readonly [name: string, members: readonly Answered[]];

/** The texts by length and kind, as far as there are any. */
export function groupsOf(texts: readonly Answered[]): readonly Group[] {
  const groups: readonly Group[] = [
    ...LENGTHS.map(
      (length) =>
        [
          `${length} characters`,
          texts.filter(
            ({ kind, text, lang }) =>
              (kind === "sentences" || kind === "posts") && isWatched(lang) && lengthClass(text) === length,
          ),
        ] as const,
    ),
    ["social posts", texts.filter(({ kind, lang }) => kind === "posts" && isWatched(lang))],
    ["words and word pairs", texts.filter(({ kind, lang }) => kind === "words" && isWatched(lang))],
    [
      "sentences in other languages",
      texts.filter(({ kind, lang }) => kind === "sentences" && !isWatched(lang)),
    ],
    [
      "Russian Telegram channels",
      texts.filter(({ kind, lang }) => kind === "channels" && sameCode(lang) === "ru"),
    ],
  ];
  return groups.filter(([, members]) => members.length > 0);
}

/** Error by length and kind of text, ours first, and our error as a share of the best peer's. */
export function byLength(present: readonly Group[], detectors: readonly Detector[]): string {
  const accuracy = present.map(([name, members]) => {
    const wrong = errorsOf(members, detectors.length);
    return [
      name,
      String(members.length),
      ...wrong.map((count) => share(members.length - count, members.length)),
      ratio(wrong[0]!, Math.min(...wrong.slice(1))),
    ];
  });
  const undisputed = present.map(([name, members]) => {
    const clear = members.filter((text) => !isDisputed(text));
    const wrong = errorsOf(clear, detectors.length);
    return [
      name,
      String(members.length - clear.length),
      ...wrong.map((count) => share(count, clear.length)),
      ratio(wrong[0]!, Math.min(...wrong.slice(1))),
    ];
  });
  const f1 = present
    .slice(0, 6)
    .map(([name, members]) => [
      name,
      ...detectors.map((_, i) => `${(100 * macroF1(members, i)).toFixed(1)} %`),
    ]);
  const names = detectors.map(({ name }) => name);
  return [
    "Accuracy. The last column is our errors as a share of the best peer's (bar: ≤ 0.75).",
    table(["texts", "n", ...names, "ratio"], accuracy),
    "Errors without the texts whose label is disputed: where three or more of the peers name one and the same other " +
      "language, the label is as likely wrong as they are. (It spares hard texts as well as bad labels.)",
    table(["texts", "disputed", ...names, "ratio"], undisputed),
    "Macro-F1 over the languages of each row.",
    table(["texts", ...names], f1),
  ].join("\n\n");
}

/** Errors in sentences and posts, by language. */
export function byLanguage(texts: readonly Answered[], detectors: readonly Detector[]): string {
  const running = texts.filter(({ kind }) => kind === "sentences" || kind === "posts");
  const rows = [...WATCHED].flatMap((lang) => {
    const members = running.filter((text) => sameCode(text.lang) === lang);
    if (members.length === 0) return [];
    return [
      [
        lang,
        String(members.length),
        ...errorsOf(members, detectors.length).map((count) => share(count, members.length)),
      ],
    ];
  });
  return table(["language (errors)", "n", ...detectors.map(({ name }) => name)], rows);
}

/** What the sets are worth one by one: errors by set. */
export function bySet(texts: readonly Answered[], detectors: readonly Detector[]): string {
  const rows = [...new Set(texts.map(({ set }) => set))].map((set) => {
    const members = texts.filter((text) => text.set === set && isWatched(text.lang));
    return [
      set,
      String(members.length),
      ...errorsOf(members, detectors.length).map((count) => share(count, members.length)),
    ];
  });
  return table(["set (errors, watched languages)", "n", ...detectors.map(({ name }) => name)], rows);
}

function isWatched(lang: string): boolean {
  return WATCHED.has(sameCode(lang));
}

/** How many texts each of the first detectors has wrong. */
export function errorsOf(texts: readonly Answered[], detectors: number): readonly number[] {
  const wrong = new Array<number>(detectors).fill(0);
  for (const { lang, answers } of texts) {
    const truth = sameCode(lang);
    for (let i = 0; i < detectors; i++) if (answers[i] !== truth) wrong[i]!++;
  }
  return wrong;
}

/** Only the peers are asked, so that our own answer decides nothing here. */
function isDisputed({ lang, answers }: Answered): boolean {
  const truth = sameCode(lang);
  const votes = new Map<string, number>();
  for (const answer of answers.slice(1)) {
    if (answer !== truth && answer !== "und") votes.set(answer, (votes.get(answer) ?? 0) + 1);
  }
  return Math.max(0, ...votes.values()) >= 3;
}

function macroF1(texts: readonly Answered[], detector: number): number {
  const classes = new Set(texts.map(({ lang }) => sameCode(lang)));
  let sum = 0;
  for (const lang of classes) {
    let both = 0;
    let said = 0;
    let true_ = 0;
    for (const text of texts) {
      const isTrue = sameCode(text.lang) === lang;
      const isSaid = text.answers[detector] === lang;
      if (isTrue) true_++;
      if (isSaid) said++;
      if (isTrue && isSaid) both++;
    }
    sum += said + true_ === 0 ? 0 : (2 * both) / (said + true_);
  }
  return sum / classes.size;
}
