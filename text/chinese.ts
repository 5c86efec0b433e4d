import { FOLDED_PAIRS, JAPANESE_ONLY, SIMPLIFIED_ONLY, TRADITIONAL_ONLY } from "./chinese-table.ts";

/** Written Chinese: simplified, traditional, Cantonese, or `zh` where no character decides. */
export type ChineseVariant = "zh-Hans" | "zh-Hant" | "yue" | "zh";

/**
 * Folds traditional characters and regional variants to one simplified form, character by character: offsets into
 * the result are offsets into `text`, for its length in UTF-16 stays the same. It is a folding for comparison, not a
 * translation: where a simplified character depends on the phrase (著/着, 乾/干) one form is always taken. Idempotent.
 */
export function toSimplified(text: string): string {
  const { bmp, astral } = chineseTables();
  const start = firstChange(text, bmp, astral);
  if (start < 0) return text;
  let out = text.slice(0, start);
  for (let from = start; from < text.length; ) {
    // A chunk never ends between the halves of a surrogate pair.
    let end = Math.min(from + CHUNK, text.length);
    if (end < text.length && isHigh(text.charCodeAt(end - 1))) end--;
    out += foldChunk(text, from, Math.max(end, from + 1), bmp, astral);
    from = Math.max(end, from + 1);
  }
  return out;
}

/**
 * Which Chinese a text is written in, judged by its characters alone. Cantonese shows in its own function words (嘅,
 * 喺, 唔 …) outweighing those of Mandarin; the scripts in the characters that only one of them has, and where there is
 * none in the quotation marks. The text must be Chinese: nothing here tells it from Japanese.
 */
export function chineseVariant(text: string): ChineseVariant {
  const { kind, weight } = chineseTables();
  const counts = [0, 0, 0, 0];
  let cantonese = 0;
  let hints = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const said = weight[unit]!;
    counts[kind[unit]!]!++;
    cantonese += said;
    if (said > 0 && said < CANTONESE_FROM) hints += said;
  }
  // Particles such as 呀 are everyone's in simplified posts; in traditional script they are mostly Cantonese.
  if (counts[SIMPLIFIED] === 0) cantonese += hints;
  if (cantonese > MANDARIN_BEYOND_DOUBT) {
    for (const { 0: phrase, index } of toSimplified(text).matchAll(CANTONESE_PHRASES)) {
      // 係 alone is Cantonese, in 關係 it is everyone's: what it counted for is taken back.
      if (!EVERYONES.has(phrase)) cantonese += PHRASE;
      else if (text.slice(index, index + 2).includes("係")) cantonese -= weight[0x4fc2]!;
    }
    if (cantonese >= CANTONESE_FROM) return "yue";
  }
  const traditional = counts[TRADITIONAL]!;
  const simplified = counts[SIMPLIFIED]!;
  if (traditional !== simplified) return traditional > simplified ? "zh-Hant" : "zh-Hans";
  return traditional === 0 && /[「」『』]/.test(text) ? "zh-Hant" : "zh";
}

/** How many characters of a text are of a form that only Japan writes (働, 込, 気). */
export function japaneseForms(text: string): number {
  const { kind } = chineseTables();
  let forms = 0;
  for (let at = 0; at < text.length; at++) if (kind[text.charCodeAt(at)] === JAPANESE) forms++;
  return forms;
}

// Weights in tenths of a sure sign. Below this sum no phrase could turn the scale in a text of any usual length.
const MANDARIN_BEYOND_DOUBT = -40;
const CANTONESE_FROM = 10;
const PHRASE = 15;
// Written for Cantonese and hardly met elsewhere.
const CANTONESE_SIGNS =
  "嘅咗喺嘢冇啲噉嚟佢哋嗰攞瞓諗谂搵揾嚿啱嗌乜咩喎啩囖㗎嘞噃唞睇孭掟揸嬲畀嗱唔咁氹嗮脷痾撳揿撚𨋢餸㩒啫褦嘥攰屙嗻咪瞇冧閂吔嚹喐掹叻褸孖";
// Usual in Cantonese, and met in Mandarin too.
const CANTONESE_WORDS = "係俾吖";
const CANTONESE_LIKELY = "喇靚蚊吓呀";
const CANTONESE_HINTS = "啦仔廿枱掂揀仲阿喂返誒埋緊晒";
// The same of Mandarin, where Cantonese has words of its own.
const MANDARIN_SIGNS = "的了是他她它們们這这那沒没怎麼么很給给說说吃喝您";
const MANDARIN_HINTS = "在和看嗎吗吧還还把被讓让找又什甚着著";
const EVERYONES = new Set(
  "关系 联系 体系 维系 系统 系列 系数 学系 院系 派系 科系 星系 水系 干系 直系".split(" "),
);
const CANTONESE_PHRASES = new RegExp(
  [
    [...EVERYONES].join("|"),
    "呢[个间只条度排两样张本件阵处次种句份位]|边[个度有位间处只]|点[解样会呀知做算]|成点|几[多时]|而家|头先|成日|屋企|得闲",
    "家姐|细佬|老豆|大佬|[定但即都净唔]系|仲[有未要好]|同埋|好似|[中钟]意|[琴寻听]日|依家|宜家|晏昼|[上下]昼|朝早|出年|细路|后生仔|几耐|[低埋返]先|鬼事|每朝|倾偈|呃人|第时|[舖铺]头|死开",
    "返[工学屋去到嚟黎]|[找讲收攞俾畀]返|[去想要好有]食|食[饭嘢药烟啦呀啊]|饮[水茶酒汤]|[做读问落行食讲等玩睇写]紧|识[讲做听写]",
    "未[呀有]|[一二三四五六七八九十廿百千几两]蚊|[曬晒](?=[。！？!?喇啦]|$)|好[惊冻靓细劲攰]",
  ].join("|"),
  "g",
);

// String.fromCharCode takes its codes as arguments: a few thousand at a time stay well under any engine's limit.
const CHUNK = 4096;
const TRADITIONAL = 1;
const SIMPLIFIED = 2;
const JAPANESE = 3;

interface Tables {
  /** What each UTF-16 unit folds to, 0 where it stays. */
  readonly bmp: Uint16Array;
  readonly astral: ReadonlyMap<number, number>;
  /** Whether a unit is found in traditional text only, in simplified text only or in Japanese only. */
  readonly kind: Uint8Array;
  /** How much a unit speaks for Cantonese (or, below zero, for Mandarin), in tenths of a sure sign. */
  readonly weight: Int8Array;
}

let tables: Tables | null = null;
const codes = new Uint16Array(CHUNK);

function chineseTables(): Tables {
  tables ??= buildTables();
  return tables;
}

function buildTables(): Tables {
  const bmp = new Uint16Array(0x10000);
  const astral = new Map<number, number>();
  const pairs = [...FOLDED_PAIRS.replaceAll("\n", "")];
  for (let at = 0; at < pairs.length; at += 2) {
    const from = pairs[at]!.codePointAt(0)!;
    const to = pairs[at + 1]!.codePointAt(0)!;
    if (from < 0x10000) bmp[from] = to;
    else astral.set(from, to);
  }
  const kind = new Uint8Array(0x10000);
  mark(kind, TRADITIONAL_ONLY, TRADITIONAL);
  mark(kind, SIMPLIFIED_ONLY, SIMPLIFIED);
  mark(kind, JAPANESE_ONLY, JAPANESE);
  const weight = new Int8Array(0x10000);
  mark(weight, CANTONESE_SIGNS, 20);
  mark(weight, CANTONESE_WORDS, 10);
  mark(weight, CANTONESE_LIKELY, 5);
  mark(weight, CANTONESE_HINTS, 3);
  mark(weight, MANDARIN_SIGNS, -10);
  mark(weight, MANDARIN_HINTS, -5);
  return { bmp, astral, kind, weight };
}

/** Notes a value for each character of the BMP; the rare ones beyond decide nothing that their neighbours do not. */
function mark(units: Uint8Array | Int8Array, characters: string, value: number): void {
  for (const character of characters) {
    if (character.length === 1 && character !== "\n") units[character.charCodeAt(0)] = value;
  }
}

function firstChange(text: string, bmp: Uint16Array, astral: ReadonlyMap<number, number>): number {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (bmp[unit] !== 0 || (isHigh(unit) && astral.has(text.codePointAt(at)!))) return at;
  }
  return -1;
}

function foldChunk(
  text: string,
  from: number,
  end: number,
  bmp: Uint16Array,
  astral: ReadonlyMap<number, number>,
): string {
  for (let at = from; at < end; at++) {
    const unit = text.charCodeAt(at);
    const folded = isHigh(unit) ? astral.get(text.codePointAt(at)!) : undefined;
    if (folded === undefined) codes[at - from] = bmp[unit] || unit;
    else {
      // Both halves of a pair, as UTF-16 lays them out.
      codes[at - from] = 0xd800 + ((folded - 0x10000) >> 10);
      codes[at + 1 - from] = 0xdc00 + ((folded - 0x10000) & 0x3ff);
      at++;
    }
  }
  return String.fromCharCode.apply(null, codes.subarray(0, end - from) as unknown as number[]);
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
