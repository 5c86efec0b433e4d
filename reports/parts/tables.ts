import type { PostId } from "../../contracts/post.ts";
import { type Block, cite, type Inline, type Text } from "../document/model.ts";
import type { Told } from "../story.ts";
import type { Telling } from "../telling.ts";
import { linkBetween } from "./copies.ts";
import { laterOfItem } from "./later.ts";

/** Rows that a reader still reads; the export has all. */
const ROWS = 60;

/** Every member in order of time, with its parent, the delay, the relation, the credit, the overlap. */
export function spreadTable(story: Told, telling: Telling): Block {
  const { m } = telling;
  const { trace } = story.input;
  const t = m.tables;
  const rows = trace.order.slice(0, ROWS).map((id) => spreadRow(story, telling, id));
  return {
    kind: "table",
    caption: [
      t.spread,
      ...(trace.order.length > ROWS ? m.drawing.morePosts(telling.countOf(trace.order.slice(ROWS))) : []),
    ],
    heads: [
      t.number,
      t.account,
      t.platform,
      t.published,
      t.after,
      t.parent,
      t.relation,
      t.credit,
      t.overlap,
      t.confidence,
    ],
    rows,
    numeric: [],
  };
}

function spreadRow(story: Told, telling: Telling, id: PostId): readonly Text[] {
  const { m } = telling;
  const stored = story.input.posts.get(id);
  const choice = story.input.trace.parents[id];
  const begun: Text[] = [
    [cite(id)],
    [telling.who(story, id)],
    [stored?.post.platform ?? "—"],
    [stored === undefined ? "—" : telling.published(stored)],
  ];
  if (choice === undefined || choice.parent === null) {
    const root =
      choice?.status === "undetermined" || choice?.status === "outside-collection"
        ? m.origins[choice.status]
        : "—";
    return [...begun, ["—"], [root], ["—"], ["—"], ["—"], ["—"]];
  }
  const overlap = linkBetween(story, id, choice.parent)?.overlap ?? null;
  return [
    ...begun,
    [telling.lag(choice.lag_seconds)],
    [cite(choice.parent)],
    [choice.relation === null ? "—" : m.relations[choice.relation]],
    [m.credits[choice.credit]],
    [overlap === null ? "—" : `${telling.percent(overlap.child)} / ${telling.percent(overlap.parent)}`],
    [m.confidences[choice.confidence]],
  ];
}

/** Every item of the report: who, when, where it can be read, and the hash of what was collected. */
export function annexTable(
  story: Told,
  telling: Telling,
  items: readonly PostId[],
  codes: ReadonlyMap<number, string>,
): Block {
  const t = telling.m.tables;
  return {
    kind: "table",
    caption: [t.annex],
    heads: [t.number, t.item, t.account, t.published, t.admiralty],
    rows: items.map((id, i) => [
      [cite(id)],
      itemText(story, telling, id),
      [telling.who(story, id)],
      [publishedOf(story, telling, id)],
      [codes.get(i + 1) ?? "—"],
    ]),
    numeric: [],
    anchors: items.map((_, i) => `i${i + 1}`),
  };
}

/** An item's title, and under it what finds it again; what would name a concealed account is left out. */
function itemText(story: Told, telling: Telling, id: PostId): Text {
  const stored = story.input.posts.get(id);
  const text: Inline[] = [telling.titleOf(story, id, 60)];
  if (stored === undefined || story.names.shown(stored))
    text.push({ kind: "break" }, { kind: "code", text: id });
  const url = stored?.post.url ?? null;
  if (url !== null && story.names.shown(stored!))
    text.push({ kind: "break" }, { kind: "link", text: url, href: url });
  const hash = stored?.post.sha256 ?? null;
  if (hash !== null) text.push({ kind: "break" }, `${telling.m.tables.hash} `, { kind: "code", text: hash });
  if (stored !== undefined) text.push(...laterOfItem(stored, telling));
  return text;
}

function publishedOf(story: Told, telling: Telling, id: PostId): string {
  const stored = story.input.posts.get(id);
  return stored === undefined ? "—" : telling.published(stored);
}
