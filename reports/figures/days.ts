import { COLOURS, label, line, round, shade, svg } from "./svg.ts";

export interface DaysInput {
  readonly id: string;
  readonly title: string;
  readonly described: string;
  /** Every day of the period, none left out: `2021-09-08`. */
  readonly days: readonly { readonly day: string; readonly count: number }[];
  readonly events: readonly { readonly day: string; readonly name: string }[];
  /** Sources that were not read on a day, for most of it. */
  readonly blind: readonly { readonly day: string; readonly said: string }[];
  readonly shown: (count: number) => string;
  readonly dayText: (day: string) => string;
}

const WIDTH = 960;
const LEFT = 64;
const RIGHT = 16;
const HEIGHT = 180;
const EVENT_ROW = 16;
/** Labels under the bars beyond this many would run into each other. */
const LABELS = 12;

/** Posts a day, events above their days. */
export function daysChart(input: DaysInput): string {
  const { id, title, described, days, events, blind, shown, dayText } = input;
  const top = 12 + EVENT_ROW * events.length;
  const bottom = top + HEIGHT;
  const most = Math.max(1, ...days.map(({ count }) => count));
  const step = (WIDTH - LEFT - RIGHT) / Math.max(1, days.length);
  const middle = (i: number) => LEFT + step * (i + 0.5);
  const body: string[] = [];
  for (const { day, said } of blind) {
    const at = days.findIndex((each) => each.day === day);
    if (at >= 0) body.push(shade(LEFT + step * at, top, step, HEIGHT, `${dayText(day)}: ${said}`));
  }
  for (const share of [0, 0.5, 1]) {
    const y = bottom - HEIGHT * share;
    body.push(line([LEFT, y], [WIDTH - RIGHT, y], COLOURS.grid));
    body.push(
      label(LEFT - 8, y + 4, shown(Math.round(most * share)), {
        anchor: "end",
        size: 11,
        fill: COLOURS.other,
      }),
    );
  }
  const every = Math.ceil(days.length / LABELS);
  for (const [i, { day, count }] of days.entries()) {
    const height = (count / most) * HEIGHT;
    body.push(
      `<rect x="${round(middle(i) - step * 0.36)}" y="${round(bottom - height)}" width="${round(step * 0.72)}" height="${round(height)}" fill="${COLOURS.registered}"><title>${dayText(day)}: ${shown(count)}</title></rect>`,
    );
    if (i % every === 0)
      body.push(
        label(middle(i), bottom + 18, dayText(day), { anchor: "middle", size: 11, fill: COLOURS.other }),
      );
  }
  for (const [row, event] of events.entries()) {
    const at = days.findIndex(({ day }) => day === event.day);
    if (at < 0) continue;
    const [x, y] = [middle(at), 12 + EVENT_ROW * row];
    body.push(line([x, y + 4], [x, bottom], COLOURS.event, { dashed: true }));
    const late = x > WIDTH * 0.7;
    body.push(
      label(x + (late ? -5 : 5), y + 4, event.name, {
        anchor: late ? "end" : "start",
        size: 11,
        fill: COLOURS.event,
      }),
    );
  }
  return svg(id, { width: WIDTH, height: bottom + 28 }, { title, described }, body);
}
