import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDate } from "../../text/dates.ts";

/** What is written, the instant it states, its zone. */
const READ: readonly (readonly [string, string, "stated" | "unknown"])[] = [
  ["2021-09-09T08:00:00+08:00", "2021-09-09T00:00:00Z", "stated"],
  ["2021-09-09T08:00:00Z", "2021-09-09T08:00:00Z", "stated"],
  ["2021-09-09T08:00:00.5Z", "2021-09-09T08:00:00.500Z", "stated"],
  ["2021-09-09T08:00:00.1234567+00:00", "2021-09-09T08:00:00.123Z", "stated"],
  ["2021-09-09T08:00Z", "2021-09-09T08:00:00Z", "stated"],
  ["2021-09-09 08:00:00 UTC", "2021-09-09T08:00:00Z", "stated"],
  ["2021-09-09 08:00:00 +0800 CST", "2021-09-09T00:00:00Z", "stated"],
  ["2021-09-09T080000+0800", "2021-09-09T00:00:00Z", "stated"],
  ["20210909T080000Z", "2021-09-09T08:00:00Z", "stated"],
  ["20210909080000", "2021-09-09T08:00:00Z", "unknown"],
  ["2021-09-09T24:00:00Z", "2021-09-10T00:00:00Z", "stated"],
  ["2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z", "stated"],
  ["2003-012-31T10:14:55+00:00", "2003-12-31T10:14:55Z", "stated"],
  ["2004-07-08 23:56:58 -00:20", "2004-07-09T00:16:58Z", "stated"],
  ["2021-09-08+08:00", "2021-09-07T16:00:00Z", "stated"],
  ["03-12-31", "2003-12-31T00:00:00Z", "unknown"],
  ["2021-251", "2021-09-08T00:00:00Z", "unknown"],
  ["2021-W36-3", "2021-09-08T00:00:00Z", "unknown"],
  ["Wed, 08 Sep 2021 10:00:00 GMT", "2021-09-08T10:00:00Z", "stated"],
  ["Wed, 8 Sep 2021 10:00 EST", "2021-09-08T15:00:00Z", "stated"],
  ["08 Sep 21 10:00:00 +0200", "2021-09-08T08:00:00Z", "stated"],
  ["30 Apr 99 08:00 GMT", "1999-04-30T08:00:00Z", "stated"],
  ["Mon, 13 Feb, 2012 06:28:00 UTC", "2012-02-13T06:28:00Z", "stated"],
  ["Thu, 30 Apr 2015 08:57:00 MET", "2015-04-30T07:57:00Z", "stated"],
  ["Wed, 19 Aug 2009 18:28:00 Etc/GMT", "2009-08-19T18:28:00Z", "stated"],
  ["Wed, 19 Feb 2012 22:40:00 GMT-01:01", "2012-02-19T23:41:00Z", "stated"],
  ["Wed, 19 Feb 2012 22:40:00 -01:01", "2012-02-19T23:41:00Z", "stated"],
  ["Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53Z", "stated"],
  ["Thu Aug 30 2012 17:26:16 +0200", "2012-08-30T15:26:16Z", "stated"],
  ["Sun Jan  4 16:29:06 2004", "2004-01-04T16:29:06Z", "unknown"],
  ["Sun Jul 15 01:16:00 +0000 2012", "2012-07-15T01:16:00Z", "stated"],
  ["Wed Sep 08 2021 08:30:00 GMT+0800 (China Standard Time)", "2021-09-08T00:30:00Z", "stated"],
  ["Sept. 8, 2021 2:05 p.m. ET", "2021-09-08T18:05:00Z", "stated"],
  ["8th September 2021 10:00 BST", "2021-09-08T09:00:00Z", "stated"],
  ["mar, 7 mar 2021 10:00:00 +0100", "2021-03-07T09:00:00Z", "stated"],
  ["12 сентября 2021 г., 14:30", "2021-09-12T14:30:00Z", "unknown"],
  ["08.09.2021 14:30", "2021-09-08T14:30:00Z", "unknown"],
  ["25/08/2021", "2021-08-25T00:00:00Z", "unknown"],
  ["Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z", "stated"],
  ["2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z", "stated"],
  ["2004-05-25 오후 11:23:17", "2004-05-25T23:23:17Z", "unknown"],
  ["2004년 05월 28일  01:31:15", "2004-05-28T01:31:15Z", "unknown"],
  ["2021年9月8日 08:30", "2021-09-08T08:30:00Z", "unknown"],
  ["2021年9月8日 星期三 下午3点05分", "2021-09-08T15:05:00Z", "unknown"],
  ["2021-09-08 08:30", "2021-09-08T08:30:00Z", "unknown"],
  ["1631088000", "2021-09-08T08:00:00Z", "stated"],
  ["1631088000123", "2021-09-08T08:00:00.123Z", "stated"],
  ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z", "stated"],
  ["Sun, 31 Dec 9999 23:59:59 -9999", "9999-12-31T23:59:59Z", "unknown"],
];

test.each(READ)("%s", (raw, instant, zone) => {
  expect(readDate(raw)).toMatchObject({ instant, zone });
});

test.each([
  "",
  " ",
  "yesterday",
  "3 hours ago",
  "12:30",
  "42",
  "09/08/2021",
  "2021-02-30",
  "2021-13-01T00:00:00Z",
  "2003-12-31T25:14:55Z",
  "2003-12-31T10:61:55Z",
  "2013-01-27-01",
  "2013-01-28T11:30:00-06:00Textra",
  "2013-xx-27",
  "2013-01-28T09:00:00+00:xx",
  "Sun, 16 Dec 2012 1:2:3:4 GMT",
  "Sun, 16 zzz 2012 11:47:32 GMT",
  "Sun, 99 Jun 2009 12:00:00 GMT",
  "Sun, 16 Dec zz 11:47:32 GMT",
  "The debate of 8 September 2021 was held in Gatineau.",
  "8 Sep 2021 ".repeat(1000),
])("%j is no date", (raw) => {
  expect(readDate(raw)).toBeNull();
});

describe("the interval is as wide as what was left open", () => {
  test.each([
    ["2021-09-08T08:30:00.250Z", "2021-09-08T08:30:00.250Z", "2021-09-08T08:30:00.250Z"],
    ["2021-09-08T08:30:00Z", "2021-09-08T08:30:00.000Z", "2021-09-08T08:30:00.999Z"],
    ["2021-09-08T08:30Z", "2021-09-08T08:30:00.000Z", "2021-09-08T08:30:59.999Z"],
    ["2021-09-08Z", "2021-09-08T00:00:00.000Z", "2021-09-08T23:59:59.999Z"],
    ["2021-09-08T08:30:00", "2021-09-07T18:30:00.000Z", "2021-09-08T20:30:00.999Z"],
    ["2021-09-08", "2021-09-07T10:00:00.000Z", "2021-09-09T11:59:59.999Z"],
    ["2021-09", "2021-08-31T10:00:00.000Z", "2021-10-01T11:59:59.999Z"],
    ["2021", "2020-12-31T10:00:00.000Z", "2022-01-01T11:59:59.999Z"],
  ])("%s", (raw, earliest, latest) => {
    expect(readDate(raw)).toMatchObject({ earliest, latest });
  });

  test.each([
    ["2021-09-08", "Asia/Shanghai", "2021-09-07T16:00:00.000Z", "2021-09-08T15:59:59.999Z"],
    ["2021-09-08 08:30", "+08:00", "2021-09-08T00:30:00.000Z", "2021-09-08T00:30:59.999Z"],
    // The hour that comes twice, and the one that never comes: both readings stand.
    ["2021-11-07 01:30:00", "America/Toronto", "2021-11-07T05:30:00.000Z", "2021-11-07T06:30:00.999Z"],
    ["2021-03-14 02:30:00", "America/Toronto", "2021-03-14T06:30:00.000Z", "2021-03-14T07:30:00.999Z"],
    // The day the clocks go back has 25 hours.
    ["2021-11-07", "America/Toronto", "2021-11-07T04:00:00.000Z", "2021-11-08T04:59:59.999Z"],
  ])("%s in %s", (raw, zone, earliest, latest) => {
    expect(readDate(raw, { zone })).toMatchObject({ earliest, latest, zone: "assumed" });
  });
});

test("an assumed zone changes nothing where one is stated", () => {
  const stated = "2021-09-08T08:30:00-04:00";
  expect(readDate(stated, { zone: "Asia/Shanghai" })).toEqual(readDate(stated));
});

test("CST is Central time, or China's where China is assumed", () => {
  expect(readDate("Thu Sep 09 17:26:16 CST 2021")?.instant).toBe("2021-09-09T23:26:16Z");
  const assumed = readDate("Thu Sep 09 17:26:16 CST 2021", { zone: "Asia/Shanghai" });
  expect(assumed).toMatchObject({ instant: "2021-09-09T09:26:16Z", zone: "assumed" });
});

test("a zone nobody knows is as good as none", () => {
  expect(readDate("2021-09-08 08:30", { zone: "Mars/Olympus" })?.zone).toBe("unknown");
});

const instants = fc.date({
  // A day in, so that the local year is at least 1.
  min: new Date("0001-01-02T00:00:00Z"),
  max: new Date("9999-12-30T00:00:00Z"),
  noInvalidDate: true,
});
const offsets = fc.integer({ min: -12 * 60, max: 14 * 60 });

/** The instant as a clock so many minutes ahead of UTC shows it. */
function shown(instant: Date, minutes: number): string {
  const local = new Date(instant.getTime() + minutes * 60_000).toISOString().slice(0, -1);
  const size = Math.abs(minutes);
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${local}${minutes < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

test("any instant in any zone is read back as itself", () => {
  fc.assert(
    fc.property(instants, offsets, (instant, minutes) => {
      const raw = shown(instant, minutes);
      fc.pre(/^\d{4}-/.test(raw));
      const read = readDate(raw);
      expect(read).toMatchObject({ instant: instant.toISOString(), zone: "stated" });
      expect(readDate(raw.replace("T", " "))).toEqual(read);
    }),
  );
});

test("whatever is left out, the interval holds the instant", () => {
  fc.assert(
    fc.property(instants, offsets, fc.constantFrom(4, 7, 10, 16, 19, 23), (instant, minutes, length) => {
      const local = shown(instant, minutes);
      fc.pre(/^\d{4}-/.test(local));
      const read = readDate(local.slice(0, length));
      expect(read?.zone).toBe("unknown");
      expect(Date.parse(read!.earliest)).toBeLessThanOrEqual(instant.getTime());
      expect(Date.parse(read!.latest)).toBeGreaterThanOrEqual(instant.getTime());
      expect(Date.parse(read!.earliest)).toBeLessThanOrEqual(Date.parse(read!.instant));
      expect(Date.parse(read!.latest)).toBeGreaterThanOrEqual(Date.parse(read!.instant));
    }),
  );
});

test("no text makes it throw or give what is no interval", () => {
  const pieces = fc.constantFrom(
    "2021",
    "09",
    "8",
    "-",
    ":",
    "T",
    " ",
    "Sep",
    "年",
    "+08",
    "GMT",
    "pm",
    "오후",
    ".",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((parts) => parts.join("")),
      ),
      (raw) => {
        const read = readDate(raw);
        if (read) expect(Date.parse(read.earliest)).toBeLessThanOrEqual(Date.parse(read.latest));
      },
    ),
  );
});

test("a hundred thousand plain dates take less than a second of one processor", () => {
  const started = process.cpuUsage();
  for (let count = 0; count < 100_000; count++) readDate("2021-09-09T08:00:00+08:00");
  expect(process.cpuUsage(started).user).toBeLessThan(1_000_000);
});
