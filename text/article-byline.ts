import { AGENCY_NAMES, agencyNamed } from "./agencies.ts";

const NAME = `(${AGENCY_NAMES})`;
/** A day as datelines have it: `March 1`, `1er mars`, `1 марта`, `3月1日`. */
const DAY = "[\\p{L}\\d.\\s]{2,20}";

/**
 * Credits that open a report. `新华社北京3月1日电`, `（中央社記者…台北1日電）`, `OTTAWA (Reuters) -`, `BEIJING, March 1 (Xinhua) --`,
 * `PARIS, 1er mars (AFP) —`, `МОСКВА, 1 марта. /ТАСС/.`, `МОСКВА, 1 мар — РИА Новости.`
 */
const OPENINGS: readonly RegExp[] = [
  new RegExp(
    `^[\\s（(【]*(?:据)?${NAME}[^，。,\\n]{0,24}?(?:\\d{1,2}月)?\\d{1,2}日(?:专)?(?:电|電|讯|訊|消息)`,
    "u",
  ),
  new RegExp(`^[\\s（(【]*据${NAME}(?:\\d{1,2}月\\d{1,2}日)?(?:报道|報道|消息|电)`, "u"),
  new RegExp(
    `^\\p{Lu}[\\p{L}\\s.'’/-]{1,40}(?:,\\s*${DAY})?\\s*[(（]${NAME}[)）]\\s*(?:[-–—]{1,2}|\\.|:)`,
    "u",
  ),
  new RegExp(`^\\s*[(（]${NAME}[)）]\\s*(?:[-–—]{1,2}|\\.|:)`, "u"),
  new RegExp(`^\\p{Lu}[\\p{L}\\s-]{1,40}[,.]\\s*${DAY}\\.?\\s*/\\s*(?:Корр\\.\\s*)?${NAME}\\s*/`, "u"),
  new RegExp(`^\\p{Lu}[\\p{L}\\s-]{1,40}[,.]\\s*${DAY}\\s*[-–—.]+\\s*${NAME}\\s*\\.`, "u"),
  new RegExp(`^\\s*/\\s*${NAME}\\s*/`, "u"),
];

/** Credits that close a report, on a line of their own or in its last brackets. */
const CLOSINGS: readonly RegExp[] = [
  new RegExp(`[（(【]\\s*(?:据|来源[:：]?|稿源[:：]?)?\\s*${NAME}[^）)】\\n]{0,24}[）)】]\\s*$`, "u"),
  new RegExp(
    `(?:^|[(（\\s—–-])(?:avec|source\\s*:?)\\s+(?:[dl]es\\s+informations\\s+(?:de\\s+|d[’'])|les\\s+agences\\s+)?${NAME}\\b[^\\n]{0,40}$`,
    "iu",
  ),
  new RegExp(
    `(?:^|[(（\\s—–-])with\\s+(?:files|reporting|a\\s+file|information|material)\\s+from\\s+${NAME}\\b[^\\n]{0,40}$`,
    "iu",
  ),
  new RegExp(
    `^(?:this\\s+report\\s+by|by)\\s+${NAME}\\b(?:[^\\n]{0,20}\\bfirst\\s+published\\b[^\\n]{0,40})?\\.?$`,
    "iu",
  ),
  new RegExp(`(?:^|[\\s(])ce\\s+(?:texte|reportage)\\s+(?:de|d[’'])\\s*${NAME}\\b[^\\n]{0,80}$`, "iu"),
  new RegExp(`^[-–—\\s/(]*${NAME}[)/.\\s]*$`, "u"),
];

/** Longer than a dateline with its reporter; what stands further in is told of in the text, not signed. */
const HEAD = 120;
/** Longer than any closing credit. */
const LONGEST_CLOSING = 200;

/**
 * The agency that a report is signed with: in its dateline, at its end, or in the author's place. An agency that the text
 * only speaks of ("Reuters reported") is none.
 */
export function findByline(text: string, author: string | null): string | null {
  const lines = text.split("\n");
  // A caption or a standfirst may stand before the dateline.
  for (const line of lines.slice(0, 3)) {
    const found = firstOf(OPENINGS, line.slice(0, HEAD));
    if (found !== null) return found;
  }
  for (const line of lines.slice(-3).reverse()) {
    const found = firstOf(CLOSINGS, line.length > LONGEST_CLOSING ? line.slice(-LONGEST_CLOSING / 4) : line);
    if (found !== null) return found;
  }
  const names = author?.split(/\s*(?:,|;|\/|\band\b|\bet\b|&)\s*/) ?? [];
  return names.map(agencyNamed).find((agency) => agency !== null) ?? null;
}

function firstOf(patterns: readonly RegExp[], line: string): string | null {
  for (const pattern of patterns) {
    const name = pattern.exec(line)?.[1];
    if (name !== undefined) return agencyNamed(name) ?? name;
  }
  return null;
}
