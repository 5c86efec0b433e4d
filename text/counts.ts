import type { CountName, Engagement, RoundedCount } from "../contracts/post.ts";

/** What a word or sign after a number multiplies it by. */
const UNITS: Readonly<Record<string, number>> = {
  k: 1e3,
  m: 1e6,
  b: 1e9,
  千: 1e3,
  万: 1e4,
  萬: 1e4,
  亿: 1e8,
  億: 1e8,
  천: 1e3,
  만: 1e4,
  억: 1e8,
  тыс: 1e3,
  тис: 1e3,
  млн: 1e6,
  млрд: 1e9,
};

const SHOWN = new RegExp(
  `^(\\d[\\d.,'\\s]*)(${Object.keys(UNITS).join("|")})?\\.?\\s*(\\+)?(?:\\s*(?:次|人|条|回))?$`,
  "iu",
);

/** Beyond this a count is a slip, and no longer a whole number that JavaScript holds. */
const MOST = Number.MAX_SAFE_INTEGER;

export interface ReadCount {
  /** The nominal value; null where nothing was given, or nothing that is a count. */
  readonly value: number | null;
  readonly rounded?: RoundedCount;
}

const NONE: ReadCount = { value: null };

/**
 * A count as a platform writes it: `1234`, `1,234`, `7164.8万`, `3.12K`, `100万+`, `3,4 тыс.`. A rounded one says what it may
 * stand for: platforms cut off or round to the nearest and do not say which, so from half a step below to a step above.
 */
export function readCount(raw: unknown): ReadCount {
  if (typeof raw === "number") return Number.isSafeInteger(raw) && raw >= 0 ? { value: raw } : NONE;
  if (typeof raw !== "string") return NONE;
  const shown = SHOWN.exec(raw.normalize("NFKC").trim());
  if (shown === null) return NONE;
  const [, digits = "", unit, more] = shown;
  const { number, decimals } = numberOf(digits.trim(), unit !== undefined);
  const scale = unit === undefined ? 1 : (UNITS[unit.toLowerCase()] ?? 1);
  const value = Math.round(number * scale);
  if (!(value <= MOST)) return NONE;
  if (more !== undefined) return { value, rounded: { raw, at_least: value, at_most: null } };
  const step = Math.round(scale / 10 ** decimals);
  if (step <= 1) return { value };
  return {
    value,
    rounded: { raw, at_least: Math.max(0, value - Math.floor(step / 2)), at_most: value + step - 1 },
  };
}

/** Without a unit a count is whole, and every sign in it parts thousands; with one, the last sign may be the decimal's. */
function numberOf(digits: string, scaled: boolean): { readonly number: number; readonly decimals: number } {
  const whole = { number: Number(digits.replace(/[^\d]/g, "")), decimals: 0 };
  const fraction = scaled ? /^(.*)([.,])(\d+)$/s.exec(digits) : null;
  if (fraction === null) return whole;
  const [, before = "", sign, after = ""] = fraction;
  if (sign === "," && after.length === 3) return whole;
  return { number: Number(`${before.replace(/[^\d]/g, "")}.${after}`), decimals: after.length };
}

/** What `readCount` gave for each of a post's counts, as the engagement of a draft. */
export function engagementFrom(
  counts: Readonly<Partial<Record<CountName, unknown>>>,
): Partial<Engagement> | null {
  const values: Record<string, number> = {};
  const rounded: Record<string, RoundedCount> = {};
  for (const [name, raw] of Object.entries(counts)) {
    const read = readCount(raw);
    if (read.value === null) continue;
    values[name] = read.value;
    if (read.rounded !== undefined) rounded[name] = read.rounded;
  }
  if (Object.keys(values).length === 0) return null;
  return { ...values, ...(Object.keys(rounded).length === 0 ? {} : { rounded }) };
}
