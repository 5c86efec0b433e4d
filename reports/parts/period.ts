import type { SourceHealth } from "../../contracts/health.ts";
import { messages, PLAIN, sentenceOf } from "../../text/messages/index.ts";
import { type Block, cite, type Text } from "../document/model.ts";
import { blindDays } from "../figures/blind-days.ts";
import { daysChart } from "../figures/days.ts";
import type { PeriodInput } from "../kinds/period.ts";
import type { Told } from "../story.ts";
import type { Telling } from "../telling.ts";

/** Rows that are still read. */
const ROWS = 40;

/** Posts by day of the whole period, quiet days included, with the events beside them. */
export function daysBlock(input: PeriodInput, telling: Telling): Block {
  const { m } = telling;
  const counts = new Map(input.days.map(({ key, count }) => [key, count]));
  const days = daysOf(input.period).map((day) => ({ day, count: counts.get(day) ?? 0 }));
  const events = input.look.events.map(({ date, name }) => ({ day: date.slice(0, 10), name }));
  const inside = events.filter(({ day }) => day >= input.period.from && day <= input.period.to);
  const said = days.map(({ day, count }) => m.drawing.dayCount(day, telling.number(count))).join("; ");
  const sources = input.coverage.filter(({ health }) => health !== null).length;
  const blind = blindDays(
    input.blind,
    days.map(({ day }) => day),
  ).map(({ day, sources: missed }) => ({
    day,
    said: m.health.blindDay(telling.number(missed), telling.number(sources)),
  }));
  const blindSaid =
    blind.length === 0 ? "" : ` ${blind.map(({ day, said }) => `${day}: ${said}`).join("; ")}.`;
  const eventsSaid =
    inside.length === 0 ? "" : m.drawing.events(inside.map(({ day, name }) => `${day} ${name}`).join("; "));
  return {
    kind: "drawing",
    id: "days-drawing",
    svg: daysChart({
      id: "days-svg",
      title: m.drawing.daysTitle,
      described: `${said}.${eventsSaid}${blindSaid}`,
      days,
      events: inside,
      blind,
      shown: (count) => telling.number(count),
      dayText: (day) => day,
    }),
    caption: [m.tables.days, ...(blind.length === 0 ? [] : [` ${m.health.shaded}`])],
    described: `${said}.${eventsSaid}${blindSaid}`,
  };
}

function daysOf({ from, to }: PeriodInput["period"]): readonly string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

/** The accounts whose posts lead back to state-controlled outlets, those with the most stories first. */
export function carrierTable({ accounts }: PeriodInput, telling: Telling, story: Told): Block {
  const { m } = telling;
  const t = m.tables;
  return {
    kind: "table",
    caption: [
      t.relays,
      ...(accounts.length > ROWS
        ? m.drawing.morePosts(telling.countOf(accounts.slice(ROWS).map(({ post }) => post)))
        : []),
    ],
    heads: [t.account, t.stories_, t.posts, t.uncredited, t.medianLag, t.item],
    rows: accounts
      .slice(0, ROWS)
      .map((account): readonly Text[] => [
        [telling.who(story, account.post)],
        [telling.countOf(account.stories)],
        [telling.countOf(account.posts)],
        [telling.countOf(account.uncredited)],
        [account.medianLag === null ? "—" : telling.lag([account.medianLag, account.medianLag])],
        [cite(...account.posts.slice(0, 8))],
      ]),
    numeric: [1, 2, 3],
  };
}

/** What was read, and when last: without it nothing can be said of what was not seen. */
export function coverageBlocks({ coverage }: PeriodInput, telling: Telling): readonly Block[] {
  const { m } = telling;
  const t = m.tables;
  if (coverage.length === 0) return [];
  return [
    {
      kind: "table",
      caption: [t.sources],
      heads: [t.source, t.lastRun, t.state, m.health.lastSuccess, m.health.health, t.seen, t.rejected],
      rows: coverage.map(({ source, run, health }): readonly Text[] => {
        const success = health?.last_success ?? null;
        const told: readonly Text[] = [
          [success === null ? "—" : telling.time(success)],
          [health === null ? "—" : healthText(health, telling)],
        ];
        if (run === null) return [[source], [m.noRuns], ["—"], ...told, ["—"], ["—"]];
        const figure = (value: number, field: string) =>
          telling.figure(value, { kind: "query", of: "runs", where: `run:"${run.run}"`, field });
        return [
          [source],
          [telling.time(run.ended_at ?? run.started_at)],
          [m.runStates[run.status]],
          ...told,
          [figure(run.seen, "seen")],
          [figure(run.buckets.rejected, "buckets.rejected")],
        ];
      }),
      numeric: [5, 6],
    },
  ];
}

/** The state since when, and why in numbers; what a site answered stays with its run. */
function healthText({ state, since, why }: SourceHealth, telling: Telling): string {
  const { lang } = telling.look;
  const word = messages[lang].health[state];
  const told = since === null || state === "well" ? word : telling.m.health.since(word, telling.time(since));
  const reasons = why
    .filter((each) => !("problem" in each.with) && each.say !== "health.new")
    .map((each) => sentenceOf(each, lang, PLAIN));
  return [told, ...reasons].join(". ");
}

/** Posts of the period by platform and by language. */
export function sharesTables({ platforms, languages }: PeriodInput, telling: Telling): readonly Block[] {
  const { m } = telling;
  const t = m.tables;
  const shares = (
    caption: string,
    head: string,
    rows: PeriodInput["platforms"],
    name: (key: string) => string,
  ): Block => ({
    kind: "table",
    caption: [caption],
    heads: [head, t.posts],
    rows: rows.map(({ key, where, count }): readonly Text[] => [
      [name(key)],
      [telling.figure(count, { kind: "query", of: "posts", where })],
    ]),
    numeric: [1],
  });
  return [
    ...(platforms.length === 0 ? [] : [shares(t.platforms, t.platform, platforms, (key) => key)]),
    ...(languages.length === 0 ? [] : [shares(t.languages, t.language, languages, (key) => m.language(key))]),
  ];
}

/** What rules have raised in the period. */
export function alertBlocks({ alerts }: PeriodInput, telling: Telling): readonly Block[] {
  const t = telling.m.tables;
  if (alerts.length === 0) return [];
  return [
    {
      kind: "table",
      caption: [t.alerts],
      heads: [t.date, t.name, t.severity, t.item],
      rows: alerts.map(({ at, rule, severity, subject, items }): readonly Text[] => [
        [telling.time(at)],
        [rule, { kind: "break" }, { kind: "code", text: subject }],
        [messages[telling.look.lang].severity[severity]],
        [cite(...items.slice(0, 6))],
      ]),
      numeric: [],
    },
  ];
}
