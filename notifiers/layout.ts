import type { AlertText, Notice } from "../contracts/notifier.ts";
import { messages } from "../text/messages/index.ts";

/** A headed part of an alert. */
export interface Part {
  readonly label: string;
  readonly lines: readonly string[];
}

/** Cut to so many UTF-16 units, with … where something is missing, and never inside a character. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = most - 1;
  const unit = text.charCodeAt(end);
  if (unit >= 0xdc00 && unit <= 0xdfff) end--;
  return `${text.slice(0, end)}…`;
}

/** When, who, how sure, what is not known: the same order in every channel. Links are left to the channel. */
export function partsOf(alert: AlertText): readonly Part[] {
  const { labels } = alert;
  const parts: readonly Part[] = [
    { label: labels.since, lines: [alert.since] },
    { label: labels.who, lines: alert.who },
    { label: labels.how_sure, lines: alert.how_sure },
    { label: labels.not_known, lines: alert.not_known },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

/** Which alert it is, for a person who wants to acknowledge it. */
export function footer({ id, rule, state }: AlertText): string {
  return `${id} · ${rule} · ${state}`;
}

/** The sentence that tells how many alerts of a digest are not shown; null when all are. */
export function furtherLine({ lang, alerts }: Notice, shown: number): string | null {
  const further = alerts.length - shown;
  return further > 0 ? `${messages[lang].words.further(further)}.` : null;
}

/** From whole to what still tells the essence: lines a part, characters a line. */
const CONDENSED: readonly (readonly [lines: number, characters: number])[] = [
  [40, 1_000],
  [12, 240],
  [6, 160],
  [3, 80],
];

/**
 * The largest layout that fits: with as many alerts as there is room for (`shown`), and, when not even one fits, with
 * its parts cut. `build` is given a notice with the alerts to lay out.
 */
export function fitted<T>(
  notice: Notice,
  build: (notice: Notice, shown: number) => T,
  fits: (built: T) => boolean,
): T {
  for (const [lines, characters] of CONDENSED) {
    const alerts = notice.alerts.map((alert) => condensed(alert, lines, characters));
    for (
      let shown = alerts.length;
      shown > 0;
      shown = shown === 1 ? 0 : Math.max(1, Math.floor(shown * 0.7))
    ) {
      const built = build({ ...notice, alerts }, shown);
      if (fits(built)) return built;
    }
  }
  // Three lines of 80 characters fit into every channel.
  const [lines, characters] = CONDENSED.at(-1)!;
  return build({ ...notice, alerts: notice.alerts.map((alert) => condensed(alert, lines, characters)) }, 1);
}

function condensed(alert: AlertText, lines: number, characters: number): AlertText {
  const cut = (all: readonly string[]) => {
    const kept = all.slice(0, lines).map((line) => clip(line, characters));
    return all.length > lines ? [...kept, `… ${all.length - lines}`] : kept;
  };
  return {
    ...alert,
    title: clip(alert.title, characters),
    what: cut(alert.what),
    who: cut(alert.who),
    how_sure: cut(alert.how_sure),
    not_known: cut(alert.not_known),
  };
}

/** An alert as plain lines, for terminals and mail. */
export function plainLines(alert: AlertText): readonly string[] {
  return [
    alert.title,
    ...alert.what,
    ...partsOf(alert).flatMap(({ label, lines }) =>
      lines.length === 1 ? [`${label}: ${lines[0]}`] : [`${label}:`, ...lines.map((line) => `  - ${line}`)],
    ),
    ...(alert.links.length === 0
      ? []
      : [`${alert.labels.links}:`, ...alert.links.map(({ label, url }) => `  ${label}: ${url}`)]),
    `${alert.labels.severity}: ${alert.severity_told} · ${footer(alert)}`,
  ];
}
