/** Words for days near the one on which a page was read, with how many days they are away. */
const DAYS: Readonly<Record<string, number>> = {
  today: 0,
  "aujourd'hui": 0,
  "aujourd’hui": 0,
  heute: 0,
  hoy: 0,
  hoje: 0,
  сегодня: 0,
  сьогодні: 0,
  今天: 0,
  今日: 0,
  yesterday: -1,
  hier: -1,
  gestern: -1,
  ayer: -1,
  ontem: -1,
  вчера: -1,
  вчора: -1,
  昨天: -1,
  昨日: -1,
  前天: -2,
};

const WORD = new RegExp(`^(${Object.keys(DAYS).join("|")})(?![\\p{Script=Latin}\\p{Script=Cyrillic}])`, "iu");
/** What stands between the day and the hour. */
const BETWEEN = /^[\s,]*(?:at|à|um|в|о|a las|às)?[\s,]*/iu;

/** `Yesterday at 10:15` as a date, counted from when the page was read, in the forum's zone. Anything else stays as it is. */
export function withDay(written: string, read_at: string, zone: string | undefined): string {
  const word = WORD.exec(written.trim())?.[1];
  const at = Date.parse(read_at);
  if (word === undefined || Number.isNaN(at)) return written;
  const day = dayIn(zone, at + DAYS[word.toLowerCase()]! * 86_400_000);
  const rest = written.trim().slice(word.length).replace(BETWEEN, "").trim();
  return rest === "" ? day : `${day} ${rest}`;
}

function dayIn(zone: string | undefined, instant: number): string {
  // Swedish writes days as ISO 8601 does.
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone ?? "UTC", dateStyle: "short" }).format(instant);
}
