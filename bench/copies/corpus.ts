import type { PostDraft } from "../../contracts/post.ts";
import { hashName } from "../../text/fingerprints.ts";
import { wordingOf, wordingText } from "../../text/wording.ts";
import { readLines } from "../data.ts";

export interface Sampled {
  readonly text: string;
  readonly folded: string;
}

/** Sets of posts with Chinese and with tweets, as data/README names them; `weibo-reposts` is optional and larger. */
export const CHINESE = ["weibo-cascades", "cctv-weibo", "weibo-reposts"] as const;
export const TWEETS = ["ira-origins", "ira-coordination"] as const;

/** Posts of a set in Headwater's import format; none when the set is not there. */
export function* postsOf(dataDir: string, set: string): Generator<PostDraft> {
  for (const line of readLines(dataDir, set, "posts.jsonl.gz")) yield JSON.parse(line) as PostDraft;
}

/**
 * Up to `count` texts whose wordings differ and have at least `least` characters. Which ones, and in what order,
 * depends on the wording and the seed alone.
 */
export function sampleTexts(
  dataDir: string,
  sets: readonly string[],
  choice: {
    readonly count: number;
    readonly least: number;
    readonly seed: string;
    readonly accept?: (folded: string) => boolean;
  },
): readonly Sampled[] {
  const texts = new Map<string, string>();
  for (const set of sets) {
    for (const { text } of postsOf(dataDir, set)) {
      if (!text) continue;
      const folded = wordingText(wordingOf(text));
      if (folded.length < choice.least || texts.has(folded)) continue;
      if (choice.accept?.(folded) !== false) texts.set(folded, text);
    }
  }
  return [...texts]
    .map(([folded, text]) => ({ folded, text, rank: hashName(choice.seed + folded) }))
    .sort((a, b) => a.rank - b.rank || (a.folded < b.folded ? -1 : 1))
    .slice(0, choice.count)
    .map(({ folded, text }) => ({ folded, text }));
}

/** Documents of the translation sets as plain texts: edited prose that no post of the other sets copies. */
export function documentsOf(dataDir: string, pair: string, side: "src" | "refs"): readonly string[] {
  const documents: string[] = [];
  for (const line of readLines(dataDir, "translations", `${pair}.docs.jsonl.gz`)) {
    const { domain, src, refs } = JSON.parse(line) as TranslatedDocument;
    // Shop pages and customer service repeat their own forms; those are copies of each other.
    if (domain !== "news" && domain !== "social") continue;
    const sentences = side === "src" ? src : Object.values(refs)[0];
    if (sentences !== undefined) documents.push(sentences.join("\n"));
  }
  return documents;
}

interface TranslatedDocument {
  readonly domain: string;
  readonly src: readonly string[];
  readonly refs: Readonly<Record<string, readonly string[]>>;
}

/** Single sentences of the Tatoeba files; none when the set is not there. */
export function tatoebaOf(dataDir: string, language: string): readonly string[] {
  return readLines(dataDir, "languages", "tatoeba", `tatoeba.${language}-eng.${language}.gz`).map((line) =>
    line.trim(),
  );
}

export const isHan = (folded: string): boolean =>
  (folded.match(/\p{Script=Han}/gu)?.length ?? 0) > folded.length / 2;
export const isLatin = (folded: string): boolean =>
  !/[\p{Script=Cyrillic}\p{Script=Han}\p{Script=Arabic}]/u.test(folded);
