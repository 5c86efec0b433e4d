import type { ChannelConfig, DIGESTS } from "../../config/alerts.ts";
import {
  type Alert,
  type Delivery,
  type RaisedAlert,
  SEVERITIES,
  type Severity,
} from "../../contracts/alert.ts";
import { nextTick } from "../../text/schedule.ts";
import type { Rule } from "./parts.ts";

/** How far back the flood guard counts. */
export const FLOOD_MS = 3_600_000;

/** Times of the messages told alone of one rule on one channel, within the last hour. */
export interface Flood {
  readonly times: (channel: string, rule: string) => readonly number[];
  readonly note: (channel: string, rule: string, at: number) => void;
}

/** The next time that a cron expression names, in the zone of the alerts. */
export type Ticks = (every: string, after: number) => number | null;

/** Ten thousand alerts of one storm ask for the same few times. */
export function ticksIn(zone: string): Ticks {
  const known = new Map<string, number | null>();
  return (every, after) => {
    const key = `${every}\n${after}`;
    const tick = known.has(key) ? known.get(key)! : nextTick(every, zone, after);
    known.set(key, tick);
    return tick;
  };
}

/**
 * How often an alert has doubled since it was raised: with channel and thread it names what is told, so that the same
 * news is never told twice, and a story that grows without end is told a few times and not a hundred.
 */
export function levelOf({ events }: Pick<RaisedAlert, "events">): number {
  const base = Math.max(1, events.find(({ what }) => what === "raised")?.size ?? 1);
  const largest = Math.max(...events.map(({ size }) => size), base);
  return Math.floor(Math.log2(largest / base));
}

export function deliveryKey(
  channel: string,
  { thread, events }: Pick<RaisedAlert, "thread" | "events">,
): string {
  return `${channel}/${thread}/${levelOf({ events })}`;
}

/** The delivery of an alert to one channel; null when it is not to be told there. Pure but for what `flood` notes. */
export function planDelivery(
  alert: Pick<Alert, "id" | "thread" | "events" | "severity" | "state">,
  rule: Rule,
  channel: ChannelConfig,
  { now, ticks, flood }: { readonly now: number; readonly ticks: Ticks; readonly flood: Flood },
): Delivery | null {
  if (alert.state === "closed" || rank(alert.severity) < rank(channel.least_severity)) return null;
  let digest = rule.digest ?? channel.digest;
  if (digest === "immediate") {
    const recent = flood.times(channel.name, rule.name).filter((at) => at > now - FLOOD_MS).length;
    if (recent >= channel.most_messages) digest = "hourly";
    else flood.note(channel.name, rule.name, now);
  }
  const due = afterQuiet(channel, alert.severity, ticks, digestTime(digest, channel, ticks, now));
  return {
    key: deliveryKey(channel.name, alert),
    channel: channel.name,
    alert: alert.id,
    rule: rule.name,
    mode: digest === "immediate" ? "alone" : "digest",
    batch: null,
    state: "waiting",
    created_at: new Date(now).toISOString(),
    due_at: new Date(due).toISOString(),
    attempts: 0,
    error: null,
    sent_at: null,
  };
}

function digestTime(
  digest: (typeof DIGESTS)[number],
  { daily_at }: ChannelConfig,
  ticks: Ticks,
  now: number,
): number {
  if (digest === "immediate") return now;
  return ticks(digest === "hourly" ? "0 * * * *" : daily(daily_at), now) ?? now;
}

/** The same time, or the end of the quiet hours that it lies in. */
export function afterQuiet(
  { quiet_hours: quiet }: Pick<ChannelConfig, "quiet_hours">,
  severity: Severity,
  ticks: Ticks,
  at: number,
): number {
  if (quiet === undefined || rank(severity) >= rank(quiet.except)) return at;
  const [begin, end] = [ticks(daily(quiet.from), at), ticks(daily(quiet.to), at)];
  // Whichever comes next tells which side of it we are on.
  return begin !== null && end !== null && end < begin ? end : at;
}

function daily(clock: string): string {
  const [hour, minute] = clock.split(":").map(Number);
  return `${minute} ${hour} * * *`;
}

export function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}
