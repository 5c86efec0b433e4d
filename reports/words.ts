import type { Post, TimeBasis } from "../contracts/post.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Lags of up to two days are told in hours and minutes: whether a relay took 25 or 33 hours is worth knowing. */
const HOURS_UP_TO = 48 * HOUR;

/** The words that lags are told in; hours, minutes and seconds have the same signs in English and French. */
export interface LagWords {
  readonly day: string;
  readonly unknown: string;
  readonly orderUnknown: string;
  readonly before: (duration: string) => string;
  readonly between: (least: string, most: string) => string;
  readonly upTo: (most: string) => string;
  readonly moreThan: (least: string) => string;
}

export const ENGLISH_LAGS: LagWords = {
  day: "d",
  unknown: "not known",
  orderUnknown: "order not known",
  before: (duration) => `${duration} before`,
  between: (least, most) => `${least} to ${most}`,
  upTo: (most) => `up to ${most}`,
  moreThan: (least) => `more than ${least}`,
};

/** `9 h 40 min`, `3 d 2 h`, `45 min`, `30 s`; rounded to the smaller unit told. */
export function duration(seconds: number, { day }: Pick<LagWords, "day"> = ENGLISH_LAGS): string {
  if (seconds < MINUTE - 0.5) return `${Math.round(seconds)} s`;
  const [size, unit, smaller, small] =
    seconds < HOURS_UP_TO ? ([HOUR, "h", MINUTE, "min"] as const) : ([DAY, day, HOUR, "h"] as const);
  const whole = Math.round(seconds / smaller) * smaller;
  const [large, rest] = [Math.floor(whole / size), (whole % size) / smaller];
  const told = [large > 0 ? `${large} ${unit}` : "", rest > 0 ? `${rest} ${small}` : ""];
  return told.filter((part) => part !== "").join(" ");
}

/** Bounds closer than this are told as one figure: they come from times that are given to the minute. */
const ONE_FIGURE = 2 * MINUTE;

/** How long after its parent a post came: `9 h 40 min`, `3 h to 27 h`, `order not known`. */
export function lagText(
  lag: readonly [number | null, number | null] | null,
  words: LagWords = ENGLISH_LAGS,
): string {
  if (lag === null) return words.unknown;
  const [least, most] = lag;
  const told = (seconds: number) => duration(seconds, words);
  if (least !== null && most !== null) {
    const middle = (least + most) / 2;
    if (most - least <= ONE_FIGURE) return middle < 0 ? words.before(told(-middle)) : told(middle);
    if (least < 0 && most > 0) return words.orderUnknown;
    if (most <= 0) return words.before(words.between(told(-most), told(-least)));
    return words.between(told(least), told(most));
  }
  if (most !== null && most >= 0) return words.upTo(told(most));
  if (least !== null && least > 0) return words.moreThan(told(least));
  return words.unknown;
}

const BASIS: Readonly<Record<TimeBasis, string>> = {
  platform: "time given by the platform",
  feed: "time given by the feed",
  page: "time given on the page",
  guessed: "zone or hour assumed",
  observed: "time of collection",
};

/** When a post was published, in a time zone, and how that is known. */
export function publishedText(post: Pick<Post, "published" | "published_at">, zone: string): string {
  const { earliest, latest, basis } = post.published;
  if (earliest === null) return `by ${timeText(latest, zone)} (${BASIS[basis]})`;
  const spread = (Date.parse(latest) - Date.parse(earliest)) / 1000;
  if (spread <= ONE_FIGURE) return `${timeText(post.published_at ?? earliest, zone)} (${BASIS[basis]})`;
  return `between ${timeText(earliest, zone)} and ${timeText(latest, zone)} (${BASIS[basis]})`;
}

/** `2021-09-07 10:30 UTC`; the zone's short name in the language of the locale. */
export function timeText(instant: string, zone: string, locale = "en-CA"): string {
  const parts = formatter(zone, locale).formatToParts(new Date(instant));
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("year")}-${of("month")}-${of("day")} ${of("hour")}:${of("minute")} ${of("timeZoneName")}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string, locale: string): Intl.DateTimeFormat {
  const known = formatters.get(`${locale} ${zone}`);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  });
  formatters.set(`${locale} ${zone}`, made);
  return made;
}

const ENGLISH_NAMES = { locale: "en", unknown: "language not known" };

/** `zh` → `Chinese`, `zh-Hant` → `Traditional Chinese`; in French `chinois traditionnel`. */
export function languageName(tag: string, { locale, unknown } = ENGLISH_NAMES): string {
  if (tag === "und" || tag === "") return unknown;
  try {
    return new Intl.DisplayNames([locale], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

export function percent(share: number): string {
  return `${hundredths(share)} %`;
}

export function hundredths(share: number): number {
  return Math.round(share * 100);
}

export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `a, b and c`. */
export function listed(words: readonly string[], and = "and"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${and} ${words[words.length - 1]}`;
}

/** A sentence part as a sentence. */
export function sentence(part: string): string {
  const text = part.trim();
  const begun = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}
