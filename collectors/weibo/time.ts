/** Beijing's clock, which Weibo writes; it has had no summer time since 1991. */
const AHEAD_MS = 8 * 3_600_000;
const MINUTE_MS = 60_000;

/**
 * What Weibo writes of lately (`刚刚`, `5分钟前`, `今天 08:20`, `昨天 23:59`, `08-20`) as a date, seen from the moment at which
 * the page came. As wide as it was written: hours ago is a day. Null when it is another form, or the moment is unknown.
 */
export function writtenLately(written: string, seen_at: string | null): string | null {
  const seen = Date.parse(seen_at ?? "");
  if (Number.isNaN(seen)) return null;
  if (/^刚刚$|^\d+\s*秒前$/.test(written)) return minuteOf(seen);
  const minutes = /^(\d+)\s*分钟前$/.exec(written)?.[1];
  if (minutes !== undefined) return minuteOf(seen - Number(minutes) * MINUTE_MS);
  const hours = /^(\d+)\s*小时前$/.exec(written)?.[1];
  if (hours !== undefined) {
    // Full hours are told: it was up to one hour earlier, which may have been the day before.
    const [first, last] = [Number(hours) + 1, Number(hours)].map((ago) => dayOf(seen - ago * 60 * MINUTE_MS));
    return first === last ? first! : null;
  }
  const [, word, clock] = /^(今天|昨天|前天)\s*(\d{1,2}:\d\d)?$/.exec(written) ?? [];
  if (word !== undefined) {
    const day = dayOf(seen - ["今天", "昨天", "前天"].indexOf(word) * 24 * 60 * MINUTE_MS);
    return clock === undefined ? day : `${day.slice(0, 10)} ${clock} +0800`;
  }
  const [, month, dayOfMonth, time] = /^(\d\d)-(\d\d)(?:\s+(\d{1,2}:\d\d))?$/.exec(written) ?? [];
  if (month === undefined) return null;
  // Without a year it is this year's, or last year's when that day is still to come.
  const year = Number(dayOf(seen).slice(0, 4));
  const day = [year, year - 1]
    .map((one) => `${one}-${month}-${dayOfMonth}`)
    .find((one) => Date.parse(`${one}T00:00:00+08:00`) <= seen)!;
  return time === undefined ? `${day}+08:00` : `${day} ${time} +0800`;
}

function minuteOf(instant: number): string {
  const local = new Date(instant + AHEAD_MS).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 16)} +0800`;
}

function dayOf(instant: number): string {
  return `${new Date(instant + AHEAD_MS).toISOString().slice(0, 10)}+08:00`;
}
