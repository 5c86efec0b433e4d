import { UsageError } from "../contracts/errors.ts";
import type { Query } from "../contracts/query.ts";

/** From `from` up to but not including `until`, milliseconds; null is open. */
export interface TimeSpan {
  readonly from: number | null;
  readonly until: number | null;
}

const DATE =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/i;

/**
 * The stretch of time that a date of a search means: `2021` the year, `2021-09` the month, `2021-09-08` the day,
 * `2021-09-08T10:00` the minute. UTC unless a zone is written.
 */
export function dateSpan(field: string, value: string): { readonly from: number; readonly until: number } {
  const parts = DATE.exec(value.trim());
  const [, year = "", month, day, hour, minute, second, fraction, zone] = parts ?? [];
  const instant = Date.parse(
    `${year}-${month ?? "01"}-${day ?? "01"}T${hour ?? "00"}:${minute ?? "00"}:${second ?? "00"}.${(fraction ?? "0").padEnd(3, "0")}Z`,
  );
  // Date.parse takes 2021-02-30 for the second of March.
  const exists = day === undefined || new Date(instant).getUTCDate() === Number(day);
  if (parts === null || Number.isNaN(instant) || !exists) {
    throw new UsageError(
      `${field} is a time; "${value}" is not one. Write 2021, 2021-09, 2021-09-08 or 2021-09-08T10:00:00Z.`,
    );
  }
  const from = instant - zoneOffset(zone);
  if (fraction !== undefined) return { from, until: from + 1 };
  if (second !== undefined) return { from, until: from + 1_000 };
  if (hour !== undefined) return { from, until: from + 60_000 };
  if (day !== undefined) return { from, until: from + 86_400_000 };
  if (month !== undefined) return { from, until: Date.UTC(Number(year), Number(month), 1) };
  return { from, until: Date.UTC(Number(year) + 1, 0, 1) };
}

/** The stretch of time that a range means; `TO 2021-09` goes to the end of that month. */
export function rangeSpan(range: Query & { readonly kind: "range" }): TimeSpan {
  const low = range.from === null ? null : dateSpan(range.field, range.from);
  const high = range.to === null ? null : dateSpan(range.field, range.to);
  return {
    from: low === null ? null : range.from_inclusive ? low.from : low.until,
    until: high === null ? null : range.to_inclusive ? high.until : high.from,
  };
}

function zoneOffset(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}
