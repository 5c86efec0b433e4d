import type { Range } from "../../contracts/link.ts";
import { isWeightyName, sentencesOf } from "../../text/names.ts";

/** A source that a text names in so many words, and where. */
export interface CitedSource {
  readonly name: string;
  /** The stretch of the text that does the naming. */
  readonly range: Range;
}

/** A sentence that is all credit: a label or a preposition, then a name. */
const CREDIT_LINE =
  /^(?:(?:文章|消息|本文|图文|原文)?[来來]源(?:于|自)?|[转轉](?:自|[载載]自?)|摘自|原[载載](?:于)?|sources?|via|according to|courtesy of|(?:first|originally) (?:published|posted) (?:by|in|on)|selon|d['’]après|источник|по данным|по материалам)\s*[:：]?\s*(.+)$/iu;
/** A name alone in brackets, as agencies are credited. */
const BRACKETED = /^[（(]([^（）()]+)[)）]$/u;
/** Credit in running text, where the language marks it: 据…报道, со ссылкой на …, сообщает …. */
const RUNNING = [
  /[据據]《?([^，。、；：《》“”"\s\d]{2,16}?)》?(?:\d{1,2}[月日时]\d*日?)?(?:报道|報道|报导|報導|消息|电|電)/gu,
  /(?:援引|引述)《?([^，。、；：《》“”"\s]{2,12}?)》?(?:的)?(?:报道|報道|消息)/gu,
  /(?:со ссылкой на|сообщает|сообщил[аио]?|передаёт|передает|пишет)\s+(«[^»]{2,40}»|\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+){0,3})/gu,
];
/** In running text these words also introduce people and figures; the name must be an outlet's. */
const RUNNING_OUTLETS =
  /(?:according to|reported by|as reported by|selon|d['’]après|rapporte|по данным)\s+((?:the |la |le |l['’]|«)?\p{Lu}[\p{L}.'’-]*(?:\s(?:of\s|de\s)?\p{Lu}[\p{L}.'’-]*){0,4}»?)/giu;
const OUTLET_WORD =
  /news|times|post\b|daily|press|agency|agence|journal|gazette|herald|tribune|television|\btv\b|radio|média|media|dispatch|courier|courrier|presse|reuters|\bafp\b|\bbbc\b|\bcnn\b|xinhua|tass|агентств|газет|телеканал|риа|тасс|интерфакс/iu;
/** Not a name: whoever "the media" or "a source" may be, and what else stands in brackets. */
const NOBODY =
  /^(?:媒体|外媒|[当當]地媒体|多家媒体|此前|相关|有[关關]|知情人士?|了解|悉|(?:记者|作者|[责責]?编|编辑|本文|未?完|上接|下转|[节節][选選]|摘[要编]|全文|原文|[图圖文](?:片|源|[：:]|$)|[视視]频).*|the media|local media|sources?)$/iu;
/** In brackets much stands that is no name: an outlet's is three Han characters, or words with capitals. */
const IN_BRACKETS = /\p{Script=Han}{3}|^\p{Lu}[\p{L}.'’-]*(?:\s(?:of\s)?\p{Lu}[\p{L}.'’-]*)+$/u;
/** A name is short: longer than this it is a sentence that happens to begin like a credit. */
const LONGEST_NAME = 40;
const LONGEST_LINE = 80;

/** The sources a text names. A name must say something; "据媒体报道" names nobody. */
export function sourcesCitedIn(text: string): readonly CitedSource[] {
  const found: CitedSource[] = [];
  const put = (written: string, from: number, to: number) => {
    const name = written.replace(/^[\s《«“"'‘【]+|[\s》»”"'’】.。]+$/gu, "");
    if (name.length <= LONGEST_NAME && isWeightyName(name) && !NOBODY.test(name)) {
      found.push({ name, range: [from, to] });
    }
  };
  for (const [start, end] of sentencesOf(text)) {
    const sentence = text.slice(start, end);
    if (sentence.length > LONGEST_LINE) continue;
    const line = sentence.trim().replace(/[。.！!]$/u, "");
    const bracketed = BRACKETED.exec(line)?.[1];
    const name = CREDIT_LINE.exec(line)?.[1] ?? bracketed;
    if (name !== undefined && name === bracketed && !IN_BRACKETS.test(name) && !OUTLET_WORD.test(name))
      continue;
    if (name !== undefined && !/[，,；;！？!?]/u.test(name)) put(name, start, end);
  }
  for (const pattern of RUNNING) {
    for (const match of text.matchAll(pattern)) put(match[1]!, match.index, match.index + match[0].length);
  }
  for (const match of text.matchAll(RUNNING_OUTLETS)) {
    if (OUTLET_WORD.test(match[1]!)) put(match[1]!, match.index, match.index + match[0].length);
  }
  return found;
}
