import type { PostId } from "../../contracts/post.ts";
import { COLOURS, label, line, mark, type Party, round, shade, shortLabel, svg } from "./svg.ts";
import { timeAxis } from "./time-axis.ts";

/** A post of the timeline: when, as an interval in epoch milliseconds, and from which post it came. */
export interface LanePost {
  readonly id: PostId;
  readonly number: number;
  /** -Infinity when only the end is known. */
  readonly from: number;
  readonly to: number;
  readonly parent: PostId | null;
  readonly credited: boolean;
  readonly said: string;
}

export interface Lane {
  readonly name: string;
  /** Under the name: platform, affiliation. */
  readonly detail: string;
  readonly party: Party;
  readonly posts: readonly LanePost[];
}

export interface SwimlaneInput {
  readonly id: string;
  readonly title: string;
  readonly described: string;
  /** In the order in which they are drawn, from above. */
  readonly lanes: readonly Lane[];
  readonly events: readonly { readonly at: number; readonly name: string }[];
  /** Stretches in which a source was not read. */
  readonly blind: readonly { readonly from: number; readonly to: number; readonly said: string }[];
  readonly words: {
    readonly tick: (instant: number, hours: boolean) => string;
    readonly state: string;
    readonly registered: string;
    readonly other: string;
    readonly credited: string;
    readonly uncredited: string;
  };
}

const NAMES = 210;
const WIDTH = 960;
const RIGHT = 24;
const LANE = 44;
const LEGEND = 34;
const EVENT_ROW = 16;
/** Columns of a lane's name that fit beside the drawing. */
const NAME_COLUMNS = 28;

/** Who published when, a lane an account; lines lead from each post to the one it came from, events stand across. */
export function swimlane({ id, title, described, lanes, events, blind, words }: SwimlaneInput): string {
  const top = LEGEND + EVENT_ROW * Math.max(1, events.length) + 8;
  const bottom = top + lanes.length * LANE;
  const instants = [
    ...lanes.flatMap(({ posts }) => posts.flatMap(({ from, to }) => [from, to])),
    ...events.map(({ at }) => at),
  ];
  const axis = timeAxis(instants, NAMES, WIDTH - NAMES - RIGHT);
  const body: string[] = [...legend(words)];
  for (const { from, to, said } of blind) {
    const [start, end] = [axis.x(from), axis.x(to)];
    body.push(shade(start, top, end - start, bottom - top, said));
  }
  for (const { at, x } of axis.ticks) {
    body.push(line([x, top], [x, bottom], COLOURS.grid));
    body.push(
      label(x, bottom + 18, words.tick(at, axis.hours), { anchor: "middle", size: 11, fill: COLOURS.other }),
    );
  }
  for (const [i, event] of events.entries()) {
    const x = axis.x(event.at);
    const y = LEGEND + EVENT_ROW * (i + 0.75);
    body.push(line([x, y + 4], [x, bottom], COLOURS.event, { dashed: true }));
    // A label near the right edge is set to the left of its line.
    const late = x > WIDTH * 0.7;
    body.push(
      label(x + (late ? -5 : 5), y + 4, event.name, {
        anchor: late ? "end" : "start",
        size: 11,
        fill: COLOURS.event,
      }),
    );
  }
  const places = new Map<PostId, readonly [number, number]>();
  for (const [i, lane] of lanes.entries()) {
    const y = top + LANE * (i + 0.5);
    body.push(line([NAMES, y], [WIDTH - RIGHT, y], COLOURS.grid));
    body.push(shortLabel(NAMES - 12, y - 2, lane.name, NAME_COLUMNS, { anchor: "end", weight: 600 }));
    body.push(
      shortLabel(NAMES - 12, y + 13, lane.detail, NAME_COLUMNS, {
        anchor: "end",
        size: 10.5,
        fill: COLOURS.other,
      }),
    );
    for (const post of lane.posts) places.set(post.id, [axis.x(post.to), y]);
  }
  for (const lane of lanes) {
    for (const post of lane.posts) {
      const [from, to] = [post.parent === null ? undefined : places.get(post.parent), places.get(post.id)!];
      if (from !== undefined) body.push(curve(from, to, post.credited));
    }
  }
  for (const lane of lanes) {
    for (const post of lane.posts) {
      const [x, y] = places.get(post.id)!;
      const start = axis.x(post.from);
      // A time that is only known to lie between two instants is drawn as the stretch between them.
      if (x - start > 2) body.push(line([start, y], [x, y], COLOURS[lane.party], { width: 4 }));
      body.push(mark(x, y, lane.party, post.said));
      body.push(label(x, y - 10, String(post.number), { anchor: "middle", size: 10 }));
    }
  }
  return svg(id, { width: WIDTH, height: bottom + 28 }, { title, described }, body);
}

function curve(from: readonly [number, number], to: readonly [number, number], credited: boolean): string {
  const bend = round((from[0] + to[0]) / 2);
  const dash = credited ? "" : ' stroke-dasharray="5 4"';
  return `<path d="M${round(from[0])} ${round(from[1])}C${bend} ${round(from[1])} ${bend} ${round(to[1])} ${round(to[0])} ${round(to[1])}" fill="none" stroke="${COLOURS.line}" stroke-width="1.5"${dash}/>`;
}

function legend(words: SwimlaneInput["words"]): readonly string[] {
  const drawn: string[] = [];
  // From the left edge: in French the words take most of the width.
  let x = RIGHT;
  for (const party of ["state", "registered", "other"] as const) {
    drawn.push(mark(x + 6, 16, party, words[party]), label(x + 18, 20, words[party], { size: 11 }));
    x += 36 + words[party].length * 6;
  }
  for (const kind of ["credited", "uncredited"] as const) {
    drawn.push(line([x, 16], [x + 26, 16], COLOURS.line, { dashed: kind === "uncredited", width: 1.5 }));
    drawn.push(label(x + 32, 20, words[kind], { size: 11 }));
    x += 50 + words[kind].length * 6;
  }
  return drawn;
}
