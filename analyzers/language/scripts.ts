import type { Script } from "../../text/script.ts";

/** The scripts of one way of writing, which a text is counted and cut by. */
export interface Writing {
  readonly scripts: ReadonlySet<Script>;
  /** The one language of the world's posts that is written so, where there is only one. */
  readonly only?: string;
  /** The languages written so that a classifier may answer; without it, any that no other entry claims. */
  readonly languages?: ReadonlySet<string>;
  /**
   * How many letters of Latin one letter weighs: brands, names, titles and code in Latin are common in texts of every
   * other script, while the reverse is rare (and a Chinese character alone says about as much as three letters of English).
   */
  readonly weight: number;
  /** ELD's usual mean score of a right answer; it grows with the bytes that a letter takes. */
  readonly eldScore?: number;
}

const set = (codes: string): ReadonlySet<string> => new Set(codes.split(" "));
const write = (codes: string, weight: number, rest: Omit<Writing, "scripts" | "weight"> = {}): Writing => ({
  scripts: new Set(codes.split(" ") as Script[]),
  weight,
  ...rest,
});

/** See `weight`. */
const FOREIGN = 3;
/** Posts in Chinese name people, brands and titles in Latin letters at length. */
const EAST_ASIAN_SIGN = 4.5;

export const EAST_ASIAN = write("Hani Hira Kana Bopo", EAST_ASIAN_SIGN);
export const LATIN = write("Latn", 1, { eldScore: 86 });

const CYRILLIC =
  "ru uk be bg sr mk kk ky uz tg mn tt ba cv ce sah os kv udm myv mhr mrj rue krc av lez tyv xal bxr";
const ARABIC = "ar fa ur ps ckb ku ug sd azb pnb mzn";
const DEVANAGARI = "hi mr ne sa bho mai gom new dty";

export const WRITINGS: readonly Writing[] = [
  LATIN,
  EAST_ASIAN,
  write("Hang", FOREIGN, { only: "ko" }),
  write("Cyrl", FOREIGN, { languages: set(CYRILLIC), eldScore: 125 }),
  write("Arab", FOREIGN, { languages: set(ARABIC), eldScore: 135 }),
  write("Deva", FOREIGN, { languages: set(DEVANAGARI), eldScore: 185 }),
  write("Hebr", FOREIGN, { languages: set("he yi") }),
  write("Beng", FOREIGN, { languages: set("bn as bpy") }),
  write("Ethi", FOREIGN, { languages: set("am ti") }),
  write("Grek", FOREIGN, { only: "el" }),
  write("Thai", FOREIGN, { only: "th" }),
  write("Geor", FOREIGN, { only: "ka" }),
  write("Armn", FOREIGN, { only: "hy" }),
  write("Guru", FOREIGN, { only: "pa" }),
  write("Gujr", FOREIGN, { only: "gu" }),
  write("Orya", FOREIGN, { only: "or" }),
  write("Taml", FOREIGN, { only: "ta" }),
  write("Telu", FOREIGN, { only: "te" }),
  write("Knda", FOREIGN, { only: "kn" }),
  write("Mlym", FOREIGN, { only: "ml" }),
  write("Sinh", FOREIGN, { only: "si" }),
  write("Laoo", FOREIGN, { only: "lo" }),
  write("Mymr", FOREIGN, { only: "my" }),
  write("Khmr", FOREIGN, { only: "km" }),
  write("Tibt", FOREIGN, { only: "bo" }),
  write("Thaa", FOREIGN, { only: "dv" }),
  write("Mong", FOREIGN, { only: "mn-Mong" }),
  write("Cher", FOREIGN, { only: "chr" }),
  write("Cans", FOREIGN, { only: "iu" }),
  write("Yiii", FOREIGN, { only: "ii" }),
  write("Olck", FOREIGN, { only: "sat" }),
  write("Mtei", FOREIGN, { only: "mni" }),
  write("Nkoo", FOREIGN, { only: "nqo" }),
  write("Tfng", FOREIGN, { only: "zgh" }),
  write("Syrc", FOREIGN, { only: "syr" }),
];

/** Labels that a Latin text cannot bear: their languages are never written in it. */
const NOT_LATIN: ReadonlySet<string> = new Set([
  ..."ru uk be bg mk kk ky tg mn ba cv ce sah os rue krc av lez tyv xal bxr udm myv mhr mrj".split(" "),
  ...`${ARABIC} ${DEVANAGARI} he yi bn as bpy am ti`.split(" ").filter((code) => code !== "ku"),
  ..."zh yue wuu ja ko el th ka hy pa gu or ta te kn ml si lo my km bo dv xmf".split(" "),
]);

/** Whether a language may be the answer for a text in this writing. */
export function isWrittenIn(language: string, { languages, only }: Writing): boolean {
  if (only !== undefined) return only === language;
  return languages === undefined ? !NOT_LATIN.has(language) : languages.has(language);
}

const WRITING_OF: ReadonlyMap<Script, Writing> = new Map(
  WRITINGS.flatMap((writing) => [...writing.scripts].map((script) => [script, writing] as const)),
);

/** A writing that a text uses, with its letters and their weight. */
export interface WritingUsed {
  readonly writing: Writing;
  readonly letters: number;
  readonly weight: number;
}

/** The writings of a text, heaviest first. Scripts of no known language are left out. */
export function writingsOf(counts: readonly (readonly [Script, number])[]): readonly WritingUsed[] {
  const used: WritingUsed[] = [];
  for (const [script, letters] of counts) {
    const writing = WRITING_OF.get(script);
    if (writing === undefined) continue;
    const at = used.findIndex((known) => known.writing === writing);
    const total = letters + (used[at]?.letters ?? 0);
    const entry = { writing, letters: total, weight: total * writing.weight };
    if (at < 0) used.push(entry);
    else used[at] = entry;
  }
  return used.length > 1 ? used.sort((a, b) => b.weight - a.weight) : used;
}
