import { isSilent, monthOf } from "./date-words.ts";
import { readZone } from "./date-zones.ts";

/** A day, or the first day of a month or year that is all the date names. */
export interface DayPart {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly unit: "day" | "month" | "year";
}

/** A time of day: milliseconds from midnight and how wide the writer left it. */
export interface ClockPart {
  readonly start: number;
  /** 1000 for a second, 60,000 for a minute; 1 when milliseconds were given. */
  readonly width: number;
  readonly exact: boolean;
}

/** A written date taken apart: what names the day, the clock, the zone as it stands there. */
export interface WrittenParts {
  readonly date: string;
  readonly clock: ClockPart | null;
  readonly zone: string | null;
}

const BEFORE_NOON = "am|a\\.m\\.|오전|上午|午前|凌晨|早上";
const AFTER_NOON = "pm|p\\.m\\.|오후|下午|午後|晚上|傍晚|中午";
const CLOCK = new RegExp(
  `(?:^|[ t,-])(?:(${BEFORE_NOON}|${AFTER_NOON}) ?)?(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?` +
    ` ?(${BEFORE_NOON}|${AFTER_NOON})?(?![\\d:])`,
);
/** ISO basic format: `20210908T083000`, also without the T as archives write it, or with a day in the long form. */
const BASIC_CLOCK = /^(\d{8}(?:[t ]|(?=\d))|\d{4}-\d{2}-\d{2}t)(\d{2})(\d{2})(\d{2})?(?=[^\d:]|$)/;
const ZONE =
  /^ ?((?:gmt|utc|ut|z)? ?[+\-−]\d{1,2}(?::?\d{2})?|[a-z]+(?:[_/][a-z_]+)*(?:[+-]\d{1,2})?)(?= |$)/;

/** Splits a date in lower case into day, clock and zone; null when the clock cannot be true. */
export function clockTime(text: string): WrittenParts | null {
  const basic = BASIC_CLOCK.exec(text);
  if (basic) {
    const [whole, date, hours, minutes, seconds] = basic;
    const clock = clockOf(Number(hours), Number(minutes), seconds, undefined);
    const { zone, rest } = zoneAt(text.slice(whole.length));
    return clock === null || rest !== "" ? null : { date: date!, clock, zone };
  }
  const match = CLOCK.exec(text);
  if (!match) {
    // `2021-09-08Z`, `2021-09-08+08:00`: a day with a zone (XML Schema dates).
    const day = /^(\d{4}-\d{2}-\d{2}) ?(z|[+-]\d{2}:\d{2})$/.exec(text);
    return day ? { date: day[1]!, clock: null, zone: day[2]! } : { date: text, clock: null, zone: null };
  }
  const [whole, markBefore, hours, minutes, seconds, fraction, markAfter] = match;
  const clock = clockOf(halfDay(Number(hours), markBefore ?? markAfter), Number(minutes), seconds, fraction);
  if (clock === null) return null;
  const { zone, rest } = zoneAt(text.slice(match.index + whole.length));
  // The year of asctime follows the clock: `Sun Jan 4 16:29:06 2004`.
  return { date: `${text.slice(0, match.index)} ${rest}`.trim(), clock, zone };
}

function halfDay(hours: number, mark: string | undefined): number {
  if (mark === undefined || hours > 12) return hours;
  const after = new RegExp(`^(?:${AFTER_NOON})$`).test(mark);
  return (hours % 12) + (after ? 12 : 0);
}

function clockOf(
  hours: number,
  minutes: number,
  seconds: string | undefined,
  fraction: string | undefined,
): ClockPart | null {
  // A leap second is read as the second before it; 24:00 is midnight at the end of the day.
  const second = Math.min(Number(seconds ?? 0), 59);
  if (hours > 24 || minutes > 59 || Number(seconds ?? 0) > 60) return null;
  if (hours === 24 && (minutes > 0 || second > 0)) return null;
  const start = ((hours * 60 + minutes) * 60 + second) * 1000;
  if (seconds === undefined) return { start, width: 60_000, exact: false };
  if (fraction === undefined) return { start, width: 1000, exact: false };
  return { start: start + Number(fraction.slice(0, 3).padEnd(3, "0")), width: 1, exact: true };
}

function zoneAt(text: string): { readonly zone: string | null; readonly rest: string } {
  const match = ZONE.exec(text);
  // Only a zone that can be read, or an offset no clock has, is taken away; any other word must be part of the date.
  if (!match || readZone(match[1]!) === null) return { zone: null, rest: text.trim() };
  const rest = text.slice(match[0].length).trim();
  // Some write both: `+0000 UTC`, `+0800 CST`. The figure says more.
  const twice = /\d/.test(match[1]!) ? ZONE.exec(rest) : null;
  const named = twice !== null && /^[a-z]+$/.test(twice[1]!) && readZone(twice[1]!) !== null;
  return { zone: match[1]!.trim(), rest: named ? rest.slice(twice[0].length).trim() : rest };
}

/** Reads the day of a date in lower case whose clock and zone are gone. Two-digit years as in RFC 2822. */
export function calendarDate(text: string): DayPart | null {
  const bare = text
    .replace(/^[\p{L}]+\.?, ?/u, "")
    .replace(/[\s,.\-/tт]+$/u, "")
    .trim();
  return numericDate(bare) ?? wordedDate(bare);
}

function numericDate(text: string): DayPart | null {
  const named =
    /^(\d{4})[-/. ]{1,2}0?(\d{1,2})[-/. ]{1,2}(\d{1,2})$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (named) return day(Number(named[1]), Number(named[2]), Number(named[3]));
  const month = /^(\d{4})-(\d{2})$/.exec(text);
  if (month) return { year: Number(month[1]), month: Number(month[2]), day: 1, unit: "month" };
  if (/^\d{4}$/.test(text)) return { year: Number(text), month: 1, day: 1, unit: "year" };
  const ordinal = /^(\d{4})-?(\d{3})$/.exec(text);
  if (ordinal) return ordinalDay(Number(ordinal[1]), Number(ordinal[2]));
  const week = /^(\d{4})-?w(\d{2})-?([1-7])$/.exec(text);
  if (week) return weekDay(Number(week[1]), Number(week[2]), Number(week[3]));
  const shortIso = /^(\d{2})-(\d{2})-(\d{2})$/.exec(text);
  if (shortIso) return day(fullYear(shortIso[1]!), Number(shortIso[2]), Number(shortIso[3]));
  // With dots the day comes first wherever dots are used; with strokes the order is known only past twelve.
  const dotted = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})$/.exec(text);
  if (dotted) return day(fullYear(dotted[3]!), Number(dotted[2]), Number(dotted[1]));
  const stroked = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text);
  if (!stroked) return null;
  const [first, second, year] = [Number(stroked[1]), Number(stroked[2]), Number(stroked[3])];
  if (first > 12) return day(year, second, first);
  if (second > 12 || first === second) return day(year, first, second);
  return null;
}

/** A month by its name, with a day and a year in either order: `8 Sep 2021`, `Sept. 8th, 2021`, `2004-julius-13`. */
function wordedDate(text: string): DayPart | null {
  let month: number | null = null;
  const numbers: string[] = [];
  for (const token of text.split(/[\s,.\-/'’]+|(?<=\d)(?=\p{L})/u)) {
    if (token === "") continue;
    if (/^\d{1,4}$/.test(token)) {
      numbers.push(token);
      continue;
    }
    // `mar` is a month and, in French, Spanish and Italian, a day of the week: before another month it is the day.
    const named = monthOf(token);
    if (named === null && !isSilent(token)) return null;
    if (named === null) continue;
    if (month !== null && !(month === 3 && numbers.length <= 1)) return null;
    month = named;
  }
  if (month === null || numbers.length === 0 || numbers.length > 2) return null;
  if (numbers.length === 1) {
    return /^\d{4}$/.test(numbers[0]!) ? { year: Number(numbers[0]), month, day: 1, unit: "month" } : null;
  }
  const [a, b] = numbers as [string, string];
  return a.length > 2 ? day(Number(a), month, Number(b)) : day(fullYear(b), month, Number(a));
}

const day = (year: number, month: number, date: number): DayPart => ({ year, month, day: date, unit: "day" });

/** RFC 2822, 4.3: 00 to 49 is this century, 50 to 999 counts from 1900. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length >= 4) return year;
  return digits.length === 2 && year < 50 ? 2000 + year : 1900 + year;
}

function ordinalDay(year: number, ordinal: number): DayPart | null {
  const date = new Date(Date.UTC(year, 0, ordinal));
  return ordinal < 1 || date.getUTCFullYear() !== year ? null : fromDate(date);
}

/** ISO 8601: week 1 is the week of January the 4th, weeks begin on Monday. */
function weekDay(year: number, week: number, weekday: number): DayPart | null {
  if (week < 1 || week > 53) return null;
  const fourth = new Date(Date.UTC(year, 0, 4));
  const monday = 4 - ((fourth.getUTCDay() + 6) % 7);
  return fromDate(new Date(Date.UTC(year, 0, monday + (week - 1) * 7 + weekday - 1)));
}

function fromDate(date: Date): DayPart {
  return day(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}
