/**
 * Writes text/chinese-table.ts from the dictionaries of opencc-js (OpenCC data, Apache-2.0). Run it again after
 * opencc-js is raised: `node scripts/chinese-table.ts`. The table is kept in the repository so that no part of the
 * house needs opencc-js at run time: all of OpenCC is 1.1 MB, the single characters are a fortieth of it.
 */
import { writeFileSync } from "node:fs";

type Dictionary = ReadonlyMap<string, string>;

// TW reads 么 as a variant of 幺, but in simplified text it is by far most often 什么, 那么: it must stay.
const NOT_A_VARIANT = new Set(["么"]);
// Simplified writes both 着 and 著, traditional mostly 著: OpenCC decides by phrase. Folding needs one character.
const BY_HAND: readonly (readonly [string, string])[] = [["著", "着"]];
// Read in simplified text only inside a name (樊於期, 釐米 …): still a sign of traditional text.
const RARE_IN_SIMPLIFIED = new Set("於計剋劄祕蒐釐");
// Characters that Japan made for itself, beside its own simplifications; 々 is a sign of repetition.
const MADE_IN_JAPAN = "込働峠畑辻枠匂榊栃雫躾凪々";
// 价, 万, 确 … occur in traditional text in a few words (价川, 万俟). Up to this share of a character's phrases it
// still is a sign of simplified text; the next ones (涂 15 %, 后 9 %) are not.
const RARE_IN_TRADITIONAL = 0.075;

if (import.meta.main) {
  const target = new URL("../text/chinese-table.ts", import.meta.url);
  writeFileSync(target, await chineseTable());
}

/** The source text of text/chinese-table.ts. */
export async function chineseTable(): Promise<string> {
  const [ts, st, hk, hkBack, twBack, tw, compatibility, shinjitai] = await Promise.all(
    [
      "TSCharacters",
      "STCharacters",
      "HKVariants",
      "HKVariantsRev",
      "TWVariantsRev",
      "TWVariants",
      "CJK_Compatibility_Ideographs",
      "JPShinjitaiCharacters",
    ].map(characters),
  );
  const folding = foldings(ts!, [hkBack!, twBack!], compatibility!);
  const simplifiedPhrases = await entries("TSPhrases");
  const keptTraditional = phrasesOf(simplifiedPhrases.map(([, to]) => to));
  const traditional = [...folding.keys()].filter(
    (character) =>
      ts!.has(character) &&
      !st!.has(character) &&
      (!keptTraditional.has(character) || RARE_IN_SIMPLIFIED.has(character)),
  );
  const traditionalPhrases = await entries("STPhrases");
  const written = phrasesOf(traditionalPhrases.map(([from]) => from));
  const keptSimplified = phrasesOf(traditionalPhrases.map(([, to]) => to));
  const variants = new Set([...hk!.values(), ...tw!.values()]);
  const simplified = [...st!.keys()].filter(
    (character) =>
      (keptSimplified.get(character) ?? 0) <= RARE_IN_TRADITIONAL * (written.get(character) ?? 0) &&
      !variants.has(character) &&
      !ts!.has(character),
  );
  const japanese = [...new Set([...shinjitai!.keys(), ...MADE_IN_JAPAN])].filter(
    (character) =>
      !written.has(character) &&
      !keptSimplified.has(character) &&
      !folding.has(character) &&
      !st!.has(character),
  );
  const pairs = [...folding].sort(byCodePoint).flat();
  return [
    "// Made by scripts/chinese-table.ts from OpenCC data (https://github.com/BYVoid/OpenCC, Apache-2.0). Do not edit.",
    "",
    "/** Character and what it folds to, in turn; both of the same length in UTF-16. Line ends mean nothing. */",
    literal("FOLDED_PAIRS", pairs, 100),
    "",
    "/** Characters that only traditional text has. */",
    literal("TRADITIONAL_ONLY", traditional.sort(), 100),
    "",
    "/** Characters that only simplified text has. */",
    literal("SIMPLIFIED_ONLY", simplified.sort(), 100),
    "",
    "/** Characters that only Japanese text has. */",
    literal("JAPANESE_ONLY", japanese.sort(), 100),
    "",
  ].join("\n");
}

/** Each character's simplified form, through regional variants, until nothing changes any more. */
function foldings(
  ts: Dictionary,
  variants: readonly Dictionary[],
  compatibility: Dictionary,
): Map<string, string> {
  const step = new Map<string, string>([...compatibility, ...variants.flatMap((variant) => [...variant])]);
  // Later entries win: the plain traditional-to-simplified reading outranks a regional one.
  for (const [from, to] of [...ts, ...BY_HAND]) step.set(from, to);
  for (const character of NOT_A_VARIANT) step.delete(character);
  // 台 is a regional form of 臺, whose simplified form is 台 again: such a character is at its end already.
  for (const [from, to] of [...step]) if (ts.get(to) === from) step.delete(from);
  const folded = new Map<string, string>();
  for (const from of step.keys()) {
    const to = lastOf(from, step);
    if (to !== from && to.length === from.length) folded.set(from, to);
  }
  return folded;
}

function lastOf(from: string, step: Dictionary): string {
  let to = from;
  // The longest way is three steps (compatibility form, regional form, simplified form); the bound ends a circle.
  for (let hop = 0; hop < 5; hop++) {
    const next = step.get(to);
    // A form of another length (𡞱 for 㜏) would shift every offset after it: stop before it.
    if (next === undefined || next.length !== from.length) return to;
    to = next;
  }
  throw new Error(`The folding of ${from} runs in a circle: add one of its forms to NOT_A_VARIANT.`);
}

async function characters(name: string): Promise<Dictionary> {
  return new Map(
    (await entries(name)).filter(([from, to]) => [...from].length === 1 && [...to].length === 1),
  );
}

/** In how many of the phrases each character occurs. */
function phrasesOf(phrases: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const phrase of phrases) {
    for (const character of new Set(phrase)) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return counts;
}

async function entries(name: string): Promise<readonly (readonly [string, string])[]> {
  const loaded: { readonly default: string } = await import(
    new URL(`../node_modules/opencc-js/dist/esm-lib/dict/${name}.js`, import.meta.url).href
  );
  return loaded.default.split("|").map((entry) => {
    const [from, to] = entry.split(" ");
    return [from!, to!] as const;
  });
}

function byCodePoint([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a.codePointAt(0)! - b.codePointAt(0)!;
}

function literal(name: string, all: readonly string[], perLine: number): string {
  const lines: string[] = [];
  for (let at = 0; at < all.length; at += perLine) lines.push(all.slice(at, at + perLine).join(""));
  return `export const ${name}: string = \`\n${lines.join("\n")}\n\`;`;
}
