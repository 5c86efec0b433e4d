import { calendarDate, clockTime, type DayPart } from "./date-parts.ts";
import { plain } from "./date-words.ts";
import { AMBIGUOUS_NAMES, EASTMOST, readZone, WESTMOST, type ZoneReading } from "./date-zones.ts";

/** A date as read: the instant it states, and the least and greatest instants it can mean. */
export interface ReadDate {
  /** ISO 8601 in UTC, milliseconds only when they were given. A date without a zone is read as if in UTC. */
  readonly instant: string;
  readonly earliest: string;
  readonly latest: string;
  /** `stated` in the date, `assumed` by the caller, or `unknown`: then the interval spans every zone on earth. */
  readonly zone: "stated" | "assumed" | "unknown";
}

export interface DateOptions {
  /** Where the clock stood when the date names no zone: `Asia/Shanghai`, `+08:00`. */
  readonly zone?: string;
}

const SECOND = 1000;
const DAY = 86_400_000;

/** Longer than any date people write; a longer string is text. */
const LONGEST = 80;

/**
 * Reads a date in the forms that feeds, pages and exports use: ISO 8601 and its shortenings, RFC 822 and 2822, asctime,
 * Unix seconds or milliseconds, Chinese, Korean and other spellings. Returns null for anything else, also for a
 * day-and-month pair that could be read both ways (`09/08/2021`). Whether the date can be true is judged elsewhere.
 */
export function readDate(raw: string, options: DateOptions = {}): ReadDate | null {
  return readPlainIso(raw) ?? readUnix(raw) ?? (raw.length > LONGEST ? null : readWritten(raw, options));
}

/** The usual case, in its own path because imports read millions of them. */
const PLAIN_ISO =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,3})\d*)?(?:Z|([+-])(\d\d):([0-5]\d))$/;

function readPlainIso(raw: string): ReadDate | null {
  const match = PLAIN_ISO.exec(raw);
  if (!match) return null;
  const [, year, month, day, hour, minute, second, fraction, sign, offHours, offMinutes] = match;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  if (!isDay(date) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const local = utc(date) + (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * SECOND;
  const ahead = sign === undefined ? 0 : (Number(offHours) * 60 + Number(offMinutes)) * 60_000;
  if (ahead > (sign === "-" ? -WESTMOST : EASTMOST)) return null;
  const milliseconds = fraction === undefined ? null : Number(fraction.padEnd(3, "0"));
  const instant = local + (milliseconds ?? 0) - (sign === "-" ? -ahead : ahead);
  return reading(
    instant,
    instant,
    instant + (milliseconds === null ? SECOND - 1 : 0),
    "stated",
    milliseconds !== null,
  );
}

/** Ten digits are seconds from 2001 to 2286, thirteen milliseconds of the same years. */
function readUnix(raw: string): ReadDate | null {
  const match = /^\s*(\d{10})(?:\.(\d{1,3})\d*|(\d{3}))?\s*$/.exec(raw);
  if (!match) return null;
  const [, seconds, fraction, milliseconds] = match;
  if (seconds!.startsWith("0")) return null;
  const given = milliseconds ?? fraction?.padEnd(3, "0");
  const instant = Number(seconds) * SECOND + Number(given ?? 0);
  return reading(
    instant,
    instant,
    instant + (given === undefined ? SECOND - 1 : 0),
    "stated",
    given !== undefined,
  );
}

function readWritten(raw: string, options: DateOptions): ReadDate | null {
  const text = tidied(raw);
  const time = clockTime(text);
  if (time === null) return null;
  const date = calendarDate(time.date);
  if (date === null || !isDay(date)) return null;
  if (time.clock !== null && date.unit !== "day") return null;

  const start = utc(date) + (time.clock?.start ?? 0);
  const width = time.clock?.width ?? endOf(date) - utc(date);
  const { basis, zone } = zoneOf(time.zone, options.zone);
  if (zone === null) {
    // `utc = local - ahead`: the eastmost clock shows a local time first.
    return reading(
      start,
      start - EASTMOST,
      start + width - 1 - WESTMOST,
      "unknown",
      time.clock?.exact ?? false,
    );
  }
  const aheads = zone(start);
  const last = width >= DAY ? zone(start + width - 1) : aheads;
  const earliest = start - Math.max(...aheads);
  const latest = start + Math.max(width - 1, 0) - Math.min(...last);
  return reading(earliest, earliest, latest, basis, time.clock?.exact ?? false);
}

/** Brings East Asian units and brackets to the separators the patterns know. */
function tidied(raw: string): string {
  return plain(raw)
    .replace(/\([^()]{0,40}\)/g, " ")
    .replace(/(?:星期|礼拜|禮拜|周|週)[一二三四五六日天]|[월화수목금토일]요일|[月火水木金土日]曜日?/g, " ")
    .replace(/(\d)\s*[年년]\s*/g, "$1-")
    .replace(/(\d)\s*[月월]\s*/g, "$1-")
    .replace(/(\d)\s*[日号號일]/g, "$1 ")
    .replace(/(\d)\s*[时時点點시]\s*(?=\d)/g, "$1:")
    .replace(/(\d)\s*[时時点點시]/g, "$1:00 ")
    .replace(/(\d)\s*[分분]\s*(?=\d)/g, "$1:")
    .replace(/(\d)\s*[分分분秒초]/g, "$1 ")
    .replace(/\s+/g, " ")
    .trim();
}

function zoneOf(
  written: string | null,
  assumed: string | undefined,
): { readonly basis: ReadDate["zone"]; readonly zone: ZoneReading | null } {
  const given = assumed === undefined ? null : readZone(assumed.toLowerCase());
  const fallback = given === null || given === "unreadable" ? null : given;
  const settled = written !== null && !(AMBIGUOUS_NAMES.has(written) && fallback !== null);
  const stated = settled ? readZone(written) : "unreadable";
  if (stated !== null && stated !== "unreadable") return { basis: "stated", zone: stated };
  return fallback === null ? { basis: "unknown", zone: null } : { basis: "assumed", zone: fallback };
}

function isDay({ year, month, day }: Omit<DayPart, "unit">): boolean {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
  return day <= 28 || day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

/** Date.UTC takes the years 0 to 99 for 1900 to 1999; setUTCFullYear does not. */
function utc({ year, month, day }: Omit<DayPart, "unit">): number {
  if (year > 99) return Date.UTC(year, month - 1, day);
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

function endOf(date: DayPart): number {
  if (date.unit === "year") return utc({ ...date, year: date.year + 1 });
  if (date.unit === "month") return Date.UTC(date.year, date.month, 1);
  return utc(date) + DAY;
}

function reading(
  instant: number,
  earliest: number,
  latest: number,
  zone: ReadDate["zone"],
  withMilliseconds: boolean,
): ReadDate {
  const written = new Date(instant).toISOString();
  const first = instant === earliest ? written : new Date(earliest).toISOString();
  const last =
    latest === earliest
      ? first
      : // The usual second, without asking the calendar again.
        latest - earliest === SECOND - 1 && first.endsWith(".000Z")
        ? first.replace(".000Z", ".999Z")
        : new Date(latest).toISOString();
  return {
    instant: withMilliseconds ? written : written.replace(".000Z", "Z"),
    earliest: first,
    latest: last,
    zone,
  };
}
