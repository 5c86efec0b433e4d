import type { Exposure } from "../../contracts/exposure.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Block, ReportDocument, Text } from "../document/model.ts";
import { type Notes, noteBlocks } from "../parts/analyst.ts";
import { contradictionTexts, methodTexts, unknownTexts } from "../parts/closing.ts";
import { copyBlocks } from "../parts/copies.ts";
import { exposureTexts } from "../parts/exposure.ts";
import { editBlocks, laterTexts } from "../parts/later.ts";
import {
  firstTexts,
  originSentence,
  originTexts,
  relayText,
  spanText,
  stateTexts,
} from "../parts/observed.ts";
import { list, lists, paragraphs, section, subsection } from "../parts/sections.ts";
import { annexTable, spreadTable } from "../parts/tables.ts";
import { eventsOf, timelineBlock, treeBlock } from "../parts/timeline.ts";
import { type FindingInput, type Told, told } from "../story.ts";
import { type ReportLook, Telling } from "../telling.ts";

/** A story that began earlier with the same actor or account: was it carried, too? */
export interface EarlierStory {
  readonly story: string;
  readonly first: string | null;
  readonly start: PostId;
  readonly title: string;
  readonly lang: string;
  readonly posts: number;
  readonly state: boolean;
}

export interface StoryNoteInput {
  readonly finding: FindingInput;
  readonly exposure: Exposure;
  readonly earlier: readonly EarlierStory[];
  readonly notes: Notes;
  readonly look: ReportLook;
}

/** An analytic note on one story, in the form of RRM Canada's note of September 2021. */
export function storyNote({ finding, exposure, earlier, notes, look }: StoryNoteInput): ReportDocument {
  const telling = new Telling(look);
  const { m } = telling;
  const story = told(finding);
  const { trace } = finding;
  const items = [...trace.order, ...trace.suggested];
  const h = m.headings;
  const title = telling.titleOf(story, trace.origin ?? trace.first_seen);
  return {
    title: m.kinds.story(title.text),
    lang: look.lang,
    marking: look.marking,
    subtitle: m.kinds.storySubtitle({ kind: "code", text: trace.story }, telling.time(asOf(finding))),
    numbers: new Map(items.map((id, i) => [id, i + 1])),
    blocks: [
      ...section("summary", h.summary, [list(summaryTexts(story, telling, exposure))]),
      ...section("assessment", h.assessment, noteBlocks(notes, telling)),
      ...section("timeline", h.timeline, [timelineBlock(story, telling)]),
      ...section("observed", h.observed, [
        ...paragraphs(originTexts(story, telling)),
        ...paragraphs(stateTexts(story, telling)),
        ...subsection("firsts", h.firsts, paragraphs(firstTexts(story, telling))),
        ...subsection("later", telling.m.later.heading, [
          ...paragraphs(laterTexts(story, telling)),
          ...editBlocks(story, telling),
        ]),
      ]),
      ...section("spread", h.spread, [spreadTable(story, telling), treeBlock(story, telling)]),
      ...section("copies", h.copies, copyBlocks(story, telling)),
      ...section("context", h.context, contextBlocks(story, telling, earlier)),
      ...section("exposure", h.exposure, paragraphs(exposureTexts(exposure, telling))),
      ...section("contradictions", h.contradictions, lists(contradictionTexts(story, telling))),
      ...section("unknowns", h.unknowns, [list(unknownTexts(story, telling))]),
      ...section("method", h.method, [list(methodTexts(telling, trace.version))]),
      ...section("annex", h.annex, [annexTable(story, telling, items, notes.codes)]),
    ],
  };
}

function summaryTexts(story: Told, telling: Telling, exposure: Exposure): readonly Text[] {
  return [
    spanText(story, telling),
    originSentence(story, telling),
    ...firstTexts(story, telling).slice(0, 1),
    relayText(story, telling),
    ...exposureTexts(exposure, telling).slice(0, 1),
  ];
}

function contextBlocks(story: Told, telling: Telling, earlier: readonly EarlierStory[]): readonly Block[] {
  const { m } = telling;
  const events = eventsOf(story, telling.look.events);
  const blocks: Block[] =
    events.length === 0
      ? [{ kind: "paragraph", text: [m.context.noEvents] }]
      : [
          list(events.map(({ date, name, kind }) => m.context.eventBeside(date.slice(0, 10), name, kind))),
          { kind: "paragraph", text: [m.context.beside] },
        ];
  if (earlier.length === 0) return [...blocks, { kind: "paragraph", text: [m.context.noEarlier] }];
  const t = m.tables;
  const starts = earlier.map(({ start }) => start);
  const carried = earlier.filter(({ state }) => state).map(({ start }) => start);
  return [
    ...blocks,
    { kind: "paragraph", text: m.context.earlierState(telling.countOf(carried), telling.countOf(starts)) },
    {
      kind: "table",
      caption: [t.earlier],
      heads: [t.story, t.published, t.name, t.posts, t.statePickUp],
      rows: earlier.map((each): readonly Text[] => [
        [{ kind: "code", text: each.story }],
        [each.first === null ? "—" : telling.time(each.first)],
        [{ kind: "quote", text: each.title, lang: each.lang }],
        [telling.figure(each.posts, { kind: "query", of: "posts", where: `story:${each.story}` })],
        [each.state ? m.context.yes : m.context.no],
      ]),
      numeric: [3],
    },
  ];
}

/** When the youngest of the posts was collected: the report of the same index is the same, whenever it is made. */
function asOf({ posts }: FindingInput): string {
  let latest = "";
  for (const { post } of posts.values()) if (post.collected_at > latest) latest = post.collected_at;
  return latest;
}
