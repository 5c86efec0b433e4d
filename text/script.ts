/**
 * Which writing systems a text uses, and the text freed of what is no language: addresses, mentions, emoticons,
 * numbers. Everything here reads at most `LETTERS_READ` units of a text, so its cost does not grow with a post.
 */

/** ISO 15924 codes of the scripts that are told apart; `Zzzz` stands for all others. */
export type Script = (typeof RANGES)[number][0] | "Zzzz";

/** A language is plain after a few hundred letters; 2,000 leave room for a head of addresses and mentions. */
export const LETTERS_READ = 2000;

/**
 * The words of a text, parted by single spaces, without URLs, e-mail addresses, @mentions, [emoticons], :shortcodes:,
 * emoji, digits and punctuation. A hashtag keeps its words (#FreeSpeech → Free Speech). Compatibility forms (𝐛𝐨𝐥𝐝,
 * ｗｉｄｅ) become plain letters. Empty when the text has no words.
 */
export function wordsOf(text: string): string {
  let clean = firstUnits(text, LETTERS_READ);
  // Signs made of letters (№, ™, ℹ) would become words.
  if (COMPATIBILITY.test(clean)) clean = clean.replace(/[\u2116\u2120-\u2122\u2139]/g, " ").normalize("NFKC");
  else if (DECOMPOSED.test(clean)) clean = clean.normalize("NFC");
  // Most posts have none of these marks; looking for one character is much cheaper than a pattern that fails.
  if (clean.includes("@")) clean = clean.replace(EMAIL, " ").replace(MENTION, " ");
  if (clean.includes("/") || clean.includes(".")) clean = clean.replace(URL, " ").replace(DOMAIN, " ");
  if (clean.includes("```")) clean = clean.replace(CODE, " ");
  if (clean.includes("[")) clean = clean.replace(BRACKETED, " ");
  if (clean.includes("&")) clean = clean.replace(ENTITY, " ");
  if (clean.includes("#")) clean = clean.replace(HASHTAG, splitHashtag);
  if (EMOTICON_MARK.test(clean)) clean = clean.replace(SHORTCODE, " ").replace(EMOTICON, " ");
  if (DIGIT.test(clean)) clean = clean.replace(WITH_DIGIT, " ");
  clean = clean.replace(NO_WORDS, " ");
  if (CYRILLIC.test(clean)) clean = clean.replace(LATIN_I, (i) => (i === "I" ? "І" : "і"));
  return clean.replace(SELECTORS, "").replace(NO_LETTERS, " ").replace(LOOSE_MARKS, " ").trim();
}

/**
 * How many letters of each script the words have, most first. A letter that stands alone counts only where one sign
 * is a word or syllable (Han, Hangul): the others are what is left of kaomoji, initials and list marks.
 */
export function scriptsOf(words: string): readonly (readonly [script: Script, letters: number])[] {
  table ??= buildTable();
  const counts = new Uint32Array(NAMES.length);
  let start = 0;
  for (let at = 0; at <= words.length; at++) {
    if (at < words.length && words.charCodeAt(at) !== 0x20) continue;
    countWord(words, start, at, counts, table);
    start = at + 1;
  }
  const found: [Script, number][] = [];
  for (let id = 1; id < counts.length; id++) if (counts[id]! > 0) found.push([NAMES[id]!, counts[id]!]);
  return found.sort((a, b) => b[1] - a[1]);
}

/** The words as they stand in the given scripts: letters of all others become spaces. */
export function wordsIn(words: string, scripts: ReadonlySet<Script>): string {
  table ??= buildTable();
  let out = "";
  let start = 0;
  let inside = true;
  for (let at = 0; at < words.length; at++) {
    const id = scriptAt(words, at, table);
    // Marks and spaces belong to whatever they stand in.
    const belongs: boolean = id === 0 ? inside : scripts.has(NAMES[id]!);
    if (belongs !== inside) {
      if (inside) out += `${words.slice(start, at)} `;
      else start = at;
      inside = belongs;
    }
  }
  if (inside) out += words.slice(start);
  return out.replace(/\s+/g, " ").trim();
}

/** At most `most` UTF-16 units from the start, never half of a surrogate pair. */
function firstUnits(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most);
}

// Wide and half-width forms, mathematical and enclosed letters: fonts of social posts, not other letters.
const COMPATIBILITY =
  /[\uff00-\uffef\ufb50-\ufdff\ufe70-\ufefc\u{1d400}-\u{1d7ff}\u249c-\u24e9\u{1f110}-\u{1f189}]/u;
// The classifiers have learnt composed letters; some keyboards send é as e and an accent.
const DECOMPOSED = /[\u0300-\u036f\u3099\u309a\u1100-\u11ff]/;
// Chinese and Japanese go on without a space right after an address; other letters may belong to it (…/wiki/Київ).
const URL = /(?:https?:\/\/|www\.)[^\s)\]>"”»\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]*/gi;
// A bare host counts with a path, or with an ending that is no common word after a full stop.
const DOMAIN =
  /(?<![\p{L}\p{N}])(?:[a-z0-9-]{1,63}\.){1,4}(?:[a-z]{2,18}\/[!-~]*|(?:com|net|org|info|gov|edu|cn|hk|tw|ru|ua|uk|jp|kr|ca|io|tv|ly|gl|eu)(?![\p{L}\p{N}]))/giu;
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g;
// Weibo allows 30 characters in a name, the longest of the platforms that allow more than ASCII.
const MENTION = /@[\p{L}\p{N}\p{M}_-][\p{L}\p{N}\p{M}_.·-]{0,29}/gu;
const CODE = /```[\s\S]*?(?:```|$)/g;
// [微笑], [doge], [thumbs_up]; but not the words of a Markdown link, [Читать](…).
const BRACKETED = /\[[\p{L}\p{N}\p{M}_·-]{1,14}\](?!\()/gu;
const ENTITY = /&(?:#?\w{2,8});/g;
const HASHTAG = /#([\p{L}\p{N}\p{M}_]+)/gu;
const SHORTCODE = /:[a-z][a-z0-9_+-]{1,30}:/gi;
// :-D, ;P.
const EMOTICON_MARK = /[:;=]/;
const EMOTICON = /[:;=][-'^o]?[DPpOoSscCxX]+(?![\p{L}\p{N}])/gu;
// xD, T_T, QAQ, o.O, UwU, orz; the RT of a repost by hand; what placeholders leave of an address.
const NO_WORDS = /\b(?:[xX]D+|[TQ][_A][TQ]|[oO0][_.][oO0]|[uUoO][wW][uUoO]|orz|OTL|RT|https?)\b/g;
const DIGIT = /\d/;
// Codes and versions: a word with a digit in it is no language's.
const WITH_DIGIT = /[A-Za-z_]*\d\w*/g;
// A Latin i within a Cyrillic word is typed for the Ukrainian and Belarusian і, which some keyboards lack.
const CYRILLIC = /[\u0400-\u04ff]/;
const LATIN_I = /(?<=[\u0400-\u04ff])[iI]|[iI](?=[\u0400-\u04ff])/g;
// Variation selectors, keycaps and joiners inside a word mean nothing; the zero-width non-joiner of Persian stays.
const SELECTORS = /(?:[\ufe00-\ufe0f]|[\u20d0-\u20ff]|\u200d|[\u00ad\u2060]|[\u{e0000}-\u{e01ef}])+/gu;
// What no word has; letter-like signs (ℹ, №, ™) are letters to Unicode but not here.
const NO_LETTERS = /[^\p{L}\p{M}'’\u200c\u0964\u0965]+|[\u2100-\u214f\u00aa\u00ba]+/gu;
// An apostrophe is part of a word only inside it.
const LOOSE_MARKS = /(?<![\p{L}\p{M}])['’\u200c\p{M}]+|['’\u200c]+(?!\p{L})|\s+/gu;

/** #MakeItStop → Make It Stop; words of capitals (#COVID) and of scripts without them stay whole. */
function splitHashtag(_: string, tag: string): string {
  return ` ${tag.replaceAll("_", " ").replace(/(\p{Ll})(?=\p{Lu})/gu, "$1 ")} `;
}

// Blocks of the Unicode Standard 16, in the order of code points; what lies between is `Zzzz`.
const RANGES = [
  ["Latn", 0x41, 0x24f],
  ["Latn", 0x250, 0x2ff],
  ["Grek", 0x370, 0x3ff],
  ["Cyrl", 0x400, 0x52f],
  ["Armn", 0x530, 0x58f],
  ["Hebr", 0x590, 0x5ff],
  ["Arab", 0x600, 0x6ff],
  ["Syrc", 0x700, 0x74f],
  ["Arab", 0x750, 0x77f],
  ["Thaa", 0x780, 0x7bf],
  ["Nkoo", 0x7c0, 0x7ff],
  ["Arab", 0x870, 0x8ff],
  ["Deva", 0x900, 0x97f],
  ["Beng", 0x980, 0x9ff],
  ["Guru", 0xa00, 0xa7f],
  ["Gujr", 0xa80, 0xaff],
  ["Orya", 0xb00, 0xb7f],
  ["Taml", 0xb80, 0xbff],
  ["Telu", 0xc00, 0xc7f],
  ["Knda", 0xc80, 0xcff],
  ["Mlym", 0xd00, 0xd7f],
  ["Sinh", 0xd80, 0xdff],
  ["Thai", 0xe00, 0xe7f],
  ["Laoo", 0xe80, 0xeff],
  ["Tibt", 0xf00, 0xfff],
  ["Mymr", 0x1000, 0x109f],
  ["Geor", 0x10a0, 0x10ff],
  ["Hang", 0x1100, 0x11ff],
  ["Ethi", 0x1200, 0x139f],
  ["Cher", 0x13a0, 0x13ff],
  ["Cans", 0x1400, 0x167f],
  ["Khmr", 0x1780, 0x17ff],
  ["Mong", 0x1800, 0x18af],
  ["Olck", 0x1c50, 0x1c7f],
  ["Cyrl", 0x1c80, 0x1c8f],
  ["Geor", 0x1c90, 0x1cbf],
  ["Latn", 0x1d00, 0x1dbf],
  ["Latn", 0x1e00, 0x1eff],
  ["Grek", 0x1f00, 0x1fff],
  ["Latn", 0x2c60, 0x2c7f],
  ["Geor", 0x2d00, 0x2d2f],
  ["Tfng", 0x2d30, 0x2d7f],
  ["Ethi", 0x2d80, 0x2ddf],
  ["Cyrl", 0x2de0, 0x2dff],
  ["Hani", 0x2e80, 0x2fdf],
  ["Hani", 0x3005, 0x3007],
  ["Hira", 0x3041, 0x309f],
  ["Kana", 0x30a1, 0x30ff],
  ["Bopo", 0x3100, 0x312f],
  ["Hang", 0x3130, 0x318f],
  ["Kana", 0x31f0, 0x31ff],
  ["Hani", 0x3400, 0x9fff],
  ["Yiii", 0xa000, 0xa4cf],
  ["Cyrl", 0xa640, 0xa69f],
  ["Latn", 0xa720, 0xa7ff],
  ["Hang", 0xa960, 0xa97f],
  ["Ethi", 0xab00, 0xab2f],
  ["Latn", 0xab30, 0xab6f],
  ["Mtei", 0xabc0, 0xabff],
  ["Hang", 0xac00, 0xd7ff],
  ["Hani", 0xf900, 0xfaff],
  ["Latn", 0xfb00, 0xfb06],
  ["Hebr", 0xfb1d, 0xfb4f],
  ["Arab", 0xfb50, 0xfdff],
  ["Arab", 0xfe70, 0xfefc],
] as const;

const NAMES: readonly Script[] = ["Zzzz", ...new Set<Script>(["Zzzz", ...RANGES.map(([script]) => script)])];
let table: Uint8Array | null = null;

/** The number of each UTF-16 unit's script in `NAMES`; 0 for what is no letter. */
function buildTable(): Uint8Array {
  const built = new Uint8Array(0x10000);
  const letter = /\p{L}/u;
  const other = 1;
  for (let unit = 0x41; unit < 0xd800; unit++)
    if (letter.test(String.fromCharCode(unit))) built[unit] = other;
  for (let unit = 0xe000; unit < 0x10000; unit++)
    if (letter.test(String.fromCharCode(unit))) built[unit] = other;
  for (const [script, first, last] of RANGES) {
    const id = NAMES.lastIndexOf(script);
    for (let unit = first; unit <= last; unit++) if (built[unit] === other) built[unit] = id;
  }
  return built;
}

function countWord(
  words: string,
  start: number,
  end: number,
  counts: Uint32Array,
  scripts: Uint8Array,
): void {
  let letters = 0;
  let only = 0;
  for (let at = start; at < end; at++) {
    const id = scriptAt(words, at, scripts);
    if (id === 0) continue;
    letters++;
    only = id;
    counts[id]!++;
  }
  if (letters === 1 && !ONE_SIGN_IS_ENOUGH.has(NAMES[only]!)) counts[only]!--;
}

const ONE_SIGN_IS_ENOUGH: ReadonlySet<Script> = new Set<Script>(["Hani", "Hang", "Hira", "Yiii"]);

function scriptAt(words: string, at: number, scripts: Uint8Array): number {
  const unit = words.charCodeAt(at);
  if (unit < 0xd800 || unit > 0xdbff) return scripts[unit]!;
  const codePoint = words.codePointAt(at)!;
  // Planes 2 and 3 hold rare Han characters; letters of the other planes are too rare to be told apart.
  if (codePoint >= 0x20000 && codePoint < 0x33480) return NAMES.lastIndexOf("Hani");
  return codePoint > 0xffff ? 1 : 0;
}
