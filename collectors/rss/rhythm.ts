import { Parser } from "htmlparser2";
import type { RhythmHint } from "../../contracts/collector.ts";

const MINUTE_MS = 60_000;
const PERIODS_MS: Readonly<Record<string, number>> = {
  hourly: 60 * MINUTE_MS,
  daily: 1_440 * MINUTE_MS,
  weekly: 10_080 * MINUTE_MS,
  monthly: 43_200 * MINUTE_MS,
  yearly: 525_600 * MINUTE_MS,
};
const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
/** Few feeds say anything of this; the others are not read twice. */
const SAYS = /<(?:ttl|skipHours|skipDays|[\w-]+:updatePeriod)\b/i;

/** What a feed and its answer say of how often it is worth asking; the longest of the pauses holds. */
export function rhythmIn(text: string, headers: Readonly<Record<string, string>>): RhythmHint {
  const said = SAYS.test(text) ? channelWords(text) : [];
  const of = (name: string) => said.filter((each) => each.name === name).map(({ words }) => words);
  const ttl = Number(of("ttl")[0] ?? Number.NaN) * MINUTE_MS;
  const period = PERIODS_MS[(of("updateperiod")[0] ?? "").toLowerCase()] ?? Number.NaN;
  const pauses = [ttl, period / (Number(of("updatefrequency")[0] ?? 1) || 1), freshFor(headers)];
  const least = Math.max(0, ...pauses.filter((pause) => Number.isFinite(pause) && pause > 0));
  return {
    least_ms: least === 0 ? null : least,
    // Some write 24 for midnight.
    skip_hours: numbers(of("hour").map((hour) => (/^\d{1,2}$/.test(hour) ? Number(hour) % 24 : -1))),
    skip_days: numbers(of("day").map((day) => DAYS.indexOf(day.toLowerCase()))),
  };
}

/** `max-age`, less the age that the answer has already; of a shared cache the `s-maxage` is not ours. */
function freshFor(headers: Readonly<Record<string, string>>): number {
  const control = headers["cache-control"] ?? "";
  if (/\bno-(?:cache|store)\b/i.test(control)) return Number.NaN;
  const age = Number(headers.age ?? 0) || 0;
  return (Number(/\bmax-age\s*=\s*"?(\d{1,9})/i.exec(control)?.[1] ?? Number.NaN) - age) * 1000;
}

/** Elements of the channel, none of its items; by their names without a prefix, and their words. */
function channelWords(text: string): readonly { readonly name: string; readonly words: string }[] {
  const found: { name: string; words: string }[] = [];
  let open: { name: string; words: string } | null = null;
  let inItem = 0;
  const parser = new Parser(
    {
      onopentag(element) {
        const name = element.slice(element.indexOf(":") + 1).toLowerCase();
        if (name === "item" || name === "entry") inItem++;
        open = inItem === 0 ? { name, words: "" } : null;
      },
      ontext(words) {
        if (open !== null) open.words += words;
      },
      onclosetag(element) {
        const name = element.slice(element.indexOf(":") + 1).toLowerCase();
        if (name === "item" || name === "entry") inItem = Math.max(0, inItem - 1);
        if (open?.name === name) found.push({ name, words: open.words.trim() });
        open = null;
      },
    },
    { xmlMode: true },
  );
  parser.end(text);
  return found;
}

function numbers(values: readonly number[]): readonly number[] {
  return [...new Set(values.filter((value) => value >= 0))].sort((a, b) => a - b);
}
