import { hashName } from "../../text/fingerprints.ts";
import { weightBetween, wordingOf, wordingText } from "../../text/wording.ts";
import { type Half, halfOf } from "../data.ts";
import {
  CHINESE,
  documentsOf,
  isHan,
  isLatin,
  postsOf,
  type Sampled,
  sampleTexts,
  TWEETS,
  tatoebaOf,
} from "./corpus.ts";
import type { KitLanguage } from "./edits/synonyms.ts";

/** A text to edit; `title` where an edit is about headlines. */
export interface Base {
  readonly text: string;
  readonly title: string | null;
}

export interface KitTexts {
  readonly posts: readonly Base[];
  readonly titled: readonly Base[];
  readonly documents: readonly Base[];
  /** What else stands in the index. */
  readonly crowd: readonly string[];
  /** Held out: for commentary and noise. */
  readonly others: readonly string[];
  /** Held out: texts from other sets, none of which copies anything in the index. */
  readonly strangers: readonly string[];
}

/** A base weighs at least this many letters (a Han character counts two), so that 30 % of it can still be recognised. */
const LEAST_WEIGHT = 80;
/** A stranger shorter than the least that is ever suggested would be no test. */
const LEAST_STRANGER = 24;
const HELD_OUT = 2_000;
const STRANGERS = 2_000;

export function kitTexts(
  dataDir: string,
  language: KitLanguage,
  size: { readonly bases: number; readonly crowd: number; readonly half: Half | "all" },
): KitTexts {
  const zh = language === "zh";
  // Parameters are tuned on one half of the bases and strangers; figures are reported on the other.
  const inHalf = (text: string) => size.half === "all" || halfOf(text) === size.half;
  const all = sampleTexts(dataDir, zh ? CHINESE : TWEETS, {
    count: size.crowd + HELD_OUT,
    least: 20,
    seed: "kit",
    // English edits need English bases; Russian tweets stay in the exact-pairs bench.
    accept: zh ? isHan : isLatin,
  });
  // Never more than a sixth is held out, so that a small data folder still leaves an index.
  const held = Math.min(HELD_OUT, Math.floor(all.length / 6));
  const crowd = all.slice(held);
  const heavy = ({ folded, text }: Sampled) => inHalf(folded) && weightOfText(text) >= LEAST_WEIGHT;
  const bases = crowd.filter(heavy).slice(0, size.bases);
  const chosen = new Set(bases);
  const documents = documentsOf(dataDir, "en-zh", zh ? "refs" : "src");
  const long = zh ? 150 : 500;
  // English strangers come from another set; of Chinese there is one only, so every other document is kept apart.
  const ours = zh ? documents.filter((_, i) => i % 2 === 0) : documents;
  const theirs = zh
    ? [...documents.filter((_, i) => i % 2 === 1), ...tatoebaOf(dataDir, "cmn"), ...tatoebaOf(dataDir, "yue")]
    : documentsOf(dataDir, "ja-en", "refs");
  return {
    posts: bases.map(({ text }) => ({ text, title: null })),
    titled: (zh ? headlined(dataDir) : ours.flatMap(firstLineAsTitle))
      .filter(({ text }) => inHalf(text))
      .slice(0, size.bases),
    documents: ours
      .filter((text) => text.length >= long && inHalf(text))
      .slice(0, size.bases)
      .map((text) => ({ text, title: null })),
    crowd: crowd.filter((each) => !chosen.has(each)).map(({ text }) => text),
    others: all.slice(0, held).map(({ text }) => text),
    strangers: sentences(theirs, new Set(sentences(ours, new Set()).map(foldedOf)))
      .filter(inHalf)
      .slice(0, STRANGERS),
  };
}

/** Posts of a broadcaster that open with a headline in 【】. */
function headlined(dataDir: string): readonly Base[] {
  const found: Base[] = [];
  const seen = new Set<string>();
  for (const { text } of postsOf(dataDir, "cctv-weibo")) {
    const [, title, rest] = /^【([^】]{11,40})】(.{40,})/su.exec(text ?? "") ?? [];
    if (title === undefined || rest === undefined || seen.has(title)) continue;
    seen.add(title);
    found.push({ title: title.replaceAll("#", ""), text: rest });
  }
  return found.sort((a, b) => hashName(a.text) - hashName(b.text));
}

/** News documents open with their headline. */
function firstLineAsTitle(document: string): readonly Base[] {
  const [title, ...rest] = document.split("\n");
  if (title === undefined || rest.length < 2 || title.length < 25 || title.length > 140) return [];
  return [{ title, text: rest.join("\n") }];
}

/** Lines of documents as long as posts are, each once, without those that are known already (forms, greetings). */
function sentences(documents: readonly string[], known: ReadonlySet<string>): readonly string[] {
  const lines = new Map(
    documents.flatMap((document) => document.split("\n")).map((line) => [foldedOf(line), line]),
  );
  return [...lines].flatMap(([folded, line]) =>
    weightOfText(line) >= LEAST_STRANGER && folded.length <= 280 && !known.has(folded) ? [line] : [],
  );
}

function foldedOf(text: string): string {
  return wordingText(wordingOf(text));
}

function weightOfText(text: string): number {
  const wording = wordingOf(text);
  return weightBetween(wording, 0, wording.units.length);
}
