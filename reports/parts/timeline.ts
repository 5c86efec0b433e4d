import type { PostId } from "../../contracts/post.ts";
import type { Block } from "../document/model.ts";
import { spreadTree } from "../figures/spread.ts";
import { type Lane, type LanePost, swimlane } from "../figures/swimlane.ts";
import { accountOf, type Told } from "../story.ts";
import { actorOf, type CalendarEvent, partyOf, type Telling } from "../telling.ts";

/** Lanes that fit a page; the accounts with the earliest posts are drawn. */
const LANES = 24;
/** Posts of the tree that a reader can still follow. */
const TREE = 60;
/** Events this long before the first post are still drawn. */
const BEFORE_MS = 7 * 24 * 3_600_000;

/** Who published when, a lane an account, with the events beside it. */
export function timelineBlock(story: Told, telling: Telling): Block {
  const { m } = telling;
  const { trace, posts } = story.input;
  const numbers = new Map(trace.order.map((id, i) => [id, i + 1]));
  const lanes = new Map<string, { lane: Omit<Lane, "posts">; posts: LanePost[] }>();
  let left = 0;
  for (const id of trace.order) {
    const stored = posts.get(id);
    if (stored === undefined) continue;
    const account = accountOf(story, id);
    let own = lanes.get(account);
    if (own === undefined) {
      if (lanes.size === LANES) {
        left++;
        continue;
      }
      const affiliation = actorOf(story, stored)?.affiliation;
      const detail = [
        stored.post.platform,
        affiliation === undefined ? m.drawing.other : m.affiliations[affiliation],
      ];
      own = {
        lane: {
          name: telling.name(story, stored),
          detail: detail.join(" · "),
          party: partyOf(story, stored),
        },
        posts: [],
      };
      lanes.set(account, own);
    }
    const choice = trace.parents[id];
    own.posts.push({
      id,
      number: numbers.get(id)!,
      from: stored.post.published.earliest === null ? -Infinity : Date.parse(stored.post.published.earliest),
      to: Date.parse(stored.post.published.latest),
      parent: choice?.parent ?? null,
      credited: choice?.credit === "credited",
      said: m.drawing.postSaid(numbers.get(id)!, telling.who(story, id), telling.published(stored)),
    });
  }
  const drawn = [...lanes.values()].map(({ lane, posts: own }) => ({ ...lane, posts: own }));
  const events = eventsOf(story, telling.look.events);
  const described = drawn
    .flatMap((lane) => lane.posts)
    .sort((a, b) => a.number - b.number)
    .map((post) => {
      const parent = post.parent === null ? undefined : numbers.get(post.parent);
      return `${post.said}${parent === undefined ? m.drawing.postAlone : m.drawing.postFrom(parent)}`;
    });
  const eventsSaid =
    events.length === 0 ? "" : m.drawing.events(events.map(({ date, name }) => `${date} ${name}`).join("; "));
  const blind = story.input.blind ?? [];
  const blindSaid = blind.map(({ source, from, to }) =>
    m.health.notRead(source, telling.time(from), telling.time(to)),
  );
  const said = `${described.join("; ")}.${eventsSaid}${blindSaid.length === 0 ? "" : ` ${blindSaid.join("; ")}.`}`;
  return {
    kind: "drawing",
    id: "timeline-drawing",
    svg: swimlane({
      id: "timeline-svg",
      title: m.drawing.timelineTitle,
      described: said,
      lanes: drawn,
      events: events.map(({ date, name }) => ({ at: Date.parse(date), name })),
      blind: blind.map(({ from, to }, i) => ({
        from: Date.parse(from),
        to: Date.parse(to),
        said: blindSaid[i]!,
      })),
      words: {
        tick: (instant, hours) => telling.time(new Date(instant).toISOString()).slice(5, hours ? 16 : 10),
        state: m.drawing.state,
        registered: m.drawing.registered,
        other: m.drawing.other,
        credited: m.drawing.credited,
        uncredited: m.drawing.uncredited,
      },
    }),
    caption: [
      ...m.drawing.timeline(telling.countOf(firstOfEach(story))),
      ...(blind.length === 0 ? [] : [` ${m.health.shaded}`]),
      ...(left === 0 ? [] : m.drawing.morePosts(telling.countOf(trace.order.slice(-left)))),
    ],
    described: said,
  };
}

/** What came from what, as a tree. */
export function treeBlock(story: Told, telling: Telling): Block {
  const { m } = telling;
  const { trace, posts } = story.input;
  const shown = trace.order.slice(0, TREE).flatMap((id, i) => {
    const stored = posts.get(id);
    const choice = trace.parents[id];
    if (stored === undefined) return [];
    return [
      {
        id,
        number: i + 1,
        name: telling.name(story, stored),
        party: partyOf(story, stored),
        parent: choice?.parent ?? null,
        credited: choice?.credit === "credited",
      },
    ];
  });
  const numbers = new Map(shown.map(({ id, number }) => [id, number]));
  const described = shown
    .map(({ number, name, parent }) => {
      const from = parent === null ? undefined : numbers.get(parent);
      return `${number} ${name}${from === undefined ? m.drawing.postAlone : m.drawing.postFrom(from)}`;
    })
    .join("; ");
  return {
    kind: "drawing",
    id: "spread-drawing",
    svg: spreadTree({
      id: "spread-svg",
      title: m.drawing.spreadTitle,
      described: `${described}.`,
      posts: shown,
    }),
    caption: [
      m.drawing.spread,
      ...(trace.order.length > TREE ? m.drawing.morePosts(telling.countOf(trace.order.slice(TREE))) : []),
    ],
    described: `${described}.`,
  };
}

/** Events within the story's time and a week before. */
export function eventsOf(story: Told, events: readonly CalendarEvent[]): readonly CalendarEvent[] {
  const { first, last } = story.input.story;
  if (first === null || last === null) return [];
  const [from, to] = [Date.parse(first) - BEFORE_MS, Date.parse(last) + BEFORE_MS];
  return events
    .filter(({ date }) => Date.parse(date) >= from && Date.parse(date) <= to)
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

function firstOfEach(story: Told): readonly PostId[] {
  const seen = new Map<string, PostId>();
  for (const id of story.input.trace.order) {
    const account = accountOf(story, id);
    if (!seen.has(account)) seen.set(account, id);
  }
  return [...seen.values()];
}
