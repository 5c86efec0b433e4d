import type { PostId } from "../../contracts/post.ts";
import { type Block, cite, type Figure, type ReportDocument, type Text } from "../document/model.ts";
import { noteBlocks } from "../parts/analyst.ts";
import { methodTexts } from "../parts/closing.ts";
import { exposureTexts } from "../parts/exposure.ts";
import { alertBlocks, carrierTable, coverageBlocks, daysBlock, sharesTables } from "../parts/period.ts";
import { list, paragraphs, section } from "../parts/sections.ts";
import { annexTable } from "../parts/tables.ts";
import { timelineBlock, treeBlock } from "../parts/timeline.ts";
import { type Told, toldPosts } from "../story.ts";
import { Telling } from "../telling.ts";
import type { Counted, PeriodInput } from "./period.ts";

/** A situation report for a period, under the headings of the SITE Task Force. */
export function situationReport(input: PeriodInput): ReportDocument {
  const telling = new Telling(input.look);
  const { m } = telling;
  return periodDocument(input, telling, m.kinds.sitrep(input.period.from, input.period.to), []);
}

/** An after-action report over a monitoring period: the same observations after its background. */
export function afterActionReport(
  input: PeriodInput,
  { name, background }: { readonly name: string; readonly background: string | null },
): ReportDocument {
  const telling = new Telling(input.look);
  const { m } = telling;
  const { from, to } = input.period;
  return periodDocument(input, telling, m.kinds.afterAction(name), [
    ...(background === null ? [] : [[background]]),
    m.scope.monitoring(name, from, to),
  ]);
}

/** A report on one watched narrative over a period. */
export function watchReport(input: PeriodInput, title: string): ReportDocument {
  const telling = new Telling(input.look);
  return periodDocument(input, telling, telling.m.kinds.watch(title), []);
}

function periodDocument(
  input: PeriodInput,
  telling: Telling,
  title: string,
  background: readonly Text[],
): ReportDocument {
  const { m } = telling;
  const h = m.headings;
  const items = itemsOf(input);
  const story = toldPosts(input, items);
  return {
    title,
    lang: input.look.lang,
    marking: input.look.marking,
    subtitle: m.kinds.periodSubtitle(telling.time(input.asOf)),
    numbers: new Map(items.map((id, i) => [id, i + 1])),
    blocks: [
      ...section("background", h.background, paragraphs(background)),
      ...section("scope", h.scope, paragraphs(scopeTexts(input, telling))),
      ...section("summary", h.summary, [list(summaryTexts(input, telling))]),
      ...section("assessment", h.assessment, noteBlocks(input.notes, telling)),
      ...section("interference", h.interference, [
        { kind: "paragraph", text: [m.scope.definition] },
        ...interferenceBlocks(input, telling, story),
      ]),
      ...section(
        "relays",
        h.relays,
        input.accounts.length === 0 ? [] : [carrierTable(input, telling, story)],
      ),
      ...section("violence", h.violence, watchBlocks(input, telling, "violent-extremism")),
      ...section("watches", h.watches, watchBlocks(input, telling, null)),
      ...section("alerts", h.alerts, alertBlocks(input, telling)),
      ...section("timeline", h.timeline, [
        daysBlock(input, telling),
        ...(input.largest === null ? [] : [timelineBlock(story, telling), treeBlock(story, telling)]),
      ]),
      ...section("exposure", h.exposure, paragraphs(exposureTexts(input.exposure, telling))),
      ...section("coverage", h.coverage, [
        ...coverageBlocks(input, telling),
        ...sharesTables(input, telling),
      ]),
      ...section("method", h.method, [
        { kind: "paragraph", text: [m.scope.cyber] },
        list(methodTexts(telling, input.version)),
      ]),
      ...section(
        "annex",
        h.annex,
        items.length === 0 ? [] : [annexTable(story, telling, items, input.notes.codes)],
      ),
    ],
  };
}

function scopeTexts(
  { period, all, stories, carried, coverage }: PeriodInput,
  telling: Telling,
): readonly Text[] {
  const { m } = telling;
  return [
    m.scope.period(period.from, period.to),
    m.scope.collected(postsFigure(telling, all), sourcesFigure(telling, coverage.length)),
    m.scope.stories(
      telling.figure(stories.count, { kind: "query", of: "stories", where: stories.where }),
      telling.countOf(carried.map(({ start }) => start)),
    ),
  ];
}

function summaryTexts(input: PeriodInput, telling: Telling): readonly Text[] {
  const { m } = telling;
  const { period, carried, coverage, watches } = input;
  const uncredited = carried.flatMap((story) => story.uncredited);
  const carriers = carried.flatMap((story) => story.carriers);
  const texts: Text[] = [];
  if (carriers.length > 0) texts.push(m.relayed(telling.countOf(carriers), telling.countOf(uncredited)));
  if (uncredited.length === 0) texts.push(m.didNotObserve.uncredited(period.from, period.to));
  for (const { name, count } of watches)
    if (count === 0) texts.push(m.didNotObserve.watch(name, period.from, period.to));
  const read = coverage.filter(({ run }) => run?.status === "done");
  texts.push(
    m.didNotObserve.bounded(sourcesFigure(telling, read.length), sourcesFigure(telling, coverage.length)),
  );
  return texts;
}

/** The sources stand in the coverage table; they are no items of the annex. */
function sourcesFigure(telling: Telling, count: number): Figure {
  return telling.figure(count, { kind: "table", id: "coverage" });
}

function postsFigure(telling: Telling, { count, where }: Counted): Figure {
  return telling.figure(count, { kind: "query", of: "posts", where });
}

function interferenceBlocks(input: PeriodInput, telling: Telling, story: Told): readonly Block[] {
  const { m } = telling;
  const { carried, period } = input;
  if (carried.length === 0)
    return [{ kind: "paragraph", text: m.didNotObserve.uncredited(period.from, period.to) }];
  return [
    list(
      carried.map((each) => [
        ...m.storyLine(
          { kind: "code", text: each.story },
          telling.titleOf(story, each.start),
          postsFigure(telling, each.posts),
          telling.countOf(each.carriers),
          telling.countOf(each.uncredited),
        ),
        " ",
        cite(each.start, ...each.carriers.slice(0, NAMED)),
      ]),
    ),
    { kind: "paragraph", text: [m.unknown.intent] },
  ];
}

/** Carriers cited with a story; the table of accounts has the others. */
const NAMED = 6;

function watchBlocks(
  { watches, period }: PeriodInput,
  telling: Telling,
  category: string | null,
): readonly Block[] {
  const { m } = telling;
  const own = watches.filter((watch) =>
    category === null ? watch.category !== "violent-extremism" : watch.category === category,
  );
  if (own.length === 0)
    return category === null ? [] : [{ kind: "paragraph", text: [m.didNotObserve.noWatches] }];
  return [
    list(
      own.map((watch) =>
        watch.count === 0
          ? m.didNotObserve.watch(watch.name, period.from, period.to)
          : [...m.watchLine(watch.name, postsFigure(telling, watch)), " ", cite(...watch.newest)],
      ),
    ),
  ];
}

/** Every post that the report names, in order of time as the annex lists them. */
function itemsOf(input: PeriodInput): readonly PostId[] {
  const ids = new Set<PostId>([
    ...(input.largest?.trace.order ?? []),
    ...input.carried.flatMap(({ start, carriers }) => [start, ...carriers]),
    ...input.accounts.flatMap(({ posts }) => posts),
    ...input.watches.flatMap(({ newest }) => newest),
    ...input.alerts.flatMap(({ items }) => items),
    ...input.exposure.counted,
  ]);
  const time = (id: PostId) =>
    (input.largest?.posts.get(id) ?? input.named.get(id))?.post.published.latest ?? "";
  return [...ids].sort((a, b) => (time(a) === time(b) ? (a < b ? -1 : 1) : time(a) < time(b) ? -1 : 1));
}
