import type { Random } from "../../simulator/random.ts";
import type { KitLanguage } from "./synonyms.ts";

// Changes that keep the words: noise, cuts, order. Each is given its material and its chance from outside.

const EMOJI = ["😀", "😂", "🔥", "👍", "🙏", "❤️", "😡", "🇨🇦", "👏🏽", "💯"] as const;
const MARKS = {
  zh: ["！", "？", "……", "，", "。", "～", "、"],
  en: ["!", "?", "...", ",", ".", " - ", ";"],
} as const;
const BRACKETED = ["[微笑]", "[怒]", "[泪]", "[赞]"] as const;

/** Punctuation exchanged and strewn in, emoji between words. */
export function punctuate(text: string, language: KitLanguage, random: Random): string {
  const marks = MARKS[language];
  return [...text]
    .map((character) => {
      if (/[\p{P}]/u.test(character) && !/[@#:/[\]]/.test(character)) return random.pick(marks);
      // Inside a Latin word a mark would make two of it; between Han characters there is no word to break.
      const breakable = /\p{Script=Han}/u.test(character) || /\s/.test(character);
      if (breakable && random.chance(0.12))
        return character + random.pick(random.chance(0.5) ? EMOJI : marks);
      return character;
    })
    .join("");
}

/** What relays do around a text: reposts by hand, other short links, other mentions. */
export function churn(text: string, language: KitLanguage, random: Random): string {
  const code = Array.from({ length: 8 }, () => "abcdefghkmnpqrstuvwxyz23456789"[random.between(0, 29)]).join(
    "",
  );
  const kept = text.replace(/https?:\/\/[\x21-\x7e]+/g, "").replace(/^RT @\w+:?\s*/, "");
  if (language === "zh")
    return `${kept}${random.pick(BRACKETED)} //@某用户${random.between(10, 99)}: http://t.cn/${code}`;
  return `RT @user_${code.slice(0, 5)}: ${kept} https://t.co/${code} @friend${random.between(10, 99)}`;
}

/** A share of the characters gone, doubled or exchanged. */
export function misspell(text: string, share: number, material: string, random: Random): string {
  const letters = [...material].filter((character) => /\p{L}/u.test(character));
  return [...text]
    .map((character) => {
      if (!/[\p{L}\p{N}]/u.test(character) || !random.chance(share)) return character;
      const kind = random.between(0, 2);
      return kind === 0 ? "" : kind === 1 ? character + random.pick(letters) : random.pick(letters);
    })
    .join("");
}

/** Spaces and zero-width characters strewn between the characters, as those do who fear a filter. */
export function space(text: string, language: KitLanguage, random: Random): string {
  return [...text]
    .map((character) =>
      random.chance(0.35)
        ? character + (language === "zh" && random.chance(0.5) ? " " : "\u200b")
        : character,
    )
    .join("");
}

/** Clauses in another order. */
export function shuffleClauses(text: string, random: Random): string {
  const clauses = text.match(/[^，。！？；、,.!?;\n]+[，。！？；、,.!?;\n]*/gu) ?? [text];
  if (clauses.length > 2) return random.shuffled(clauses).join("");
  // One clause: its halves change places.
  const characters = [...text];
  const middle = characters.indexOf(" ", Math.floor(characters.length / 2));
  const cut = middle > 0 ? middle : Math.floor(characters.length / 2);
  return `${characters.slice(cut).join("")} ${characters.slice(0, cut).join("")}`;
}

/** The part from `from` to `to`, shares of the length; Latin text is cut at a space. */
export function cut(text: string, from: number, to: number): string {
  const characters = [...text];
  const at = (share: number) => {
    const place = Math.round(characters.length * share);
    if (place === 0 || place === characters.length) return place;
    const next = characters.indexOf(" ", place);
    return next > 0 && next - place < 12 ? next : place;
  };
  return characters.slice(at(from), at(to)).join("").trim();
}

/** Other people's words, up to about `length` characters. */
export function comment(length: number, others: readonly string[], random: Random): string {
  let words = "";
  while (words.length < length)
    words += `${words === "" ? "" : " "}${random.pick(others).replace(/https?:\/\/[\x21-\x7e]+/g, "")}`;
  const shortened = words.slice(0, Math.max(1, length));
  const end = shortened.lastIndexOf(" ");
  return end > length / 2 ? shortened.slice(0, end) : shortened;
}
