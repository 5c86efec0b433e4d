const HOUR = 3_600_000;
const MINUTE = 60_000;

/** The farthest clocks behind and ahead of UTC: Baker Island and Kiritimati. */
export const WESTMOST = -12 * HOUR;
export const EASTMOST = 14 * HOUR;

/** Where local time may be ahead of UTC by different amounts: at a change of clocks, or by a name with two readings. */
export type ZoneReading = (localMs: number) => readonly number[];

/** Hours ahead of UTC. RFC 822's own names, then those seen in feeds, by their commonest reading. */
const NAMED_HOURS: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  west: 1,
  bst: 1,
  met: 1,
  mez: 1,
  cet: 1,
  mest: 2,
  mesz: 2,
  cest: 2,
  eet: 2,
  eest: 3,
  msk: 3,
  msd: 4,
  trt: 3,
  gst: 4,
  pkt: 5,
  sgt: 8,
  hkt: 8,
  awst: 8,
  kst: 9,
  jst: 9,
  acst: 9.5,
  acdt: 10.5,
  aest: 10,
  aedt: 11,
  nzst: 12,
  nzdt: 13,
  nst: -3.5,
  ndt: -2.5,
  ast: -4,
  adt: -3,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  akst: -9,
  akdt: -8,
  hst: -10,
  brt: -3,
  art: -3,
};

/** Names that stand for a rule, not for an offset: winter or summer time, as the date has it. */
const NAMED_RULES: Readonly<Record<string, string>> = {
  at: "America/Halifax",
  et: "America/New_York",
  ct: "America/Chicago",
  mt: "America/Denver",
  pt: "America/Los_Angeles",
};

/**
 * Names with two common readings: CST is Central (RFC 822) and China Standard Time (what Java prints on servers in
 * China); IST is India's, Israel's and Ireland's. An assumed zone decides between them.
 */
export const AMBIGUOUS_NAMES: ReadonlySet<string> = new Set(["cst", "ist"]);

/**
 * Reads a zone in lower case: `z`, `+08:00`, `gmt+8`, `-0500`, `est`, `asia/shanghai`. `"unreadable"` for an offset no
 * clock has (`-9999`) or an ambiguous name without a default; null when it is no zone at all.
 */
export function readZone(raw: string): ZoneReading | "unreadable" | null {
  const zone = raw.trim();
  const offset = /^(?:gmt|utc|ut|z)?\s?([+\-−])(\d{1,2})(?::?(\d{2}))?$/.exec(zone);
  if (offset) {
    const [, sign, hours, minutes = "0"] = offset;
    if (Number(minutes) > 59) return "unreadable";
    const size = Number(hours) * HOUR + Number(minutes) * MINUTE;
    const ahead = sign === "+" ? size : -size;
    return ahead < WESTMOST || ahead > EASTMOST ? "unreadable" : fixed(ahead);
  }
  const hours = NAMED_HOURS[zone];
  if (hours !== undefined) return fixed(hours * HOUR);
  if (zone === "ist") return "unreadable";
  const rule = NAMED_RULES[zone] ?? zone;
  // `etc/gmt`, `america/toronto`; a name without a slash would let Intl take words like `cuba` for zones.
  if (!/^[a-z]+(?:[_-][a-z]+)*(?:\/[a-z0-9_+-]+){1,2}$/i.test(rule)) return null;
  return ruled(rule);
}

const fixed = (ahead: number): ZoneReading => {
  const offsets = [ahead];
  return () => offsets;
};

const readings = new Map<string, ZoneReading | null>();

function ruled(name: string): ZoneReading | null {
  const known = readings.get(name);
  if (known !== undefined) return known;
  const reading = makeRule(name);
  // Zone names come from strangers too: the number of real ones (about 600) bounds what is kept.
  if (reading !== null || readings.size < 1000) readings.set(name, reading);
  return reading;
}

function makeRule(name: string): ZoneReading | null {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en", { timeZone: name, timeZoneName: "longOffset" });
  } catch {
    return null;
  }
  const aheadAt = (instant: number): number => {
    const text = format.formatToParts(instant).find((part) => part.type === "timeZoneName")?.value ?? "GMT";
    const match = /([+-])(\d{2}):(\d{2})(?::(\d{2}))?/.exec(text);
    if (!match) return 0;
    const [, sign, hours, minutes, seconds = "0"] = match;
    const size = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * 1000;
    return sign === "+" ? size : -size;
  };
  return (local) => {
    // A day before and after straddles any one change of clocks.
    const around = [...new Set([aheadAt(local - 26 * HOUR), aheadAt(local + 26 * HOUR)])];
    const holding = around.filter((ahead) => aheadAt(local - ahead) === ahead);
    // None holds in the hour that clocks skip: such a time never was, so both readings stand.
    return holding.length > 0 ? holding : around;
  };
}
