import type { Alert, AlertFinding, Delivery, RaisedAlert } from "../../contracts/alert.ts";
import { stateOf } from "../../contracts/alert.ts";
import type { Query } from "../../contracts/query.ts";
import type { Parts } from "../parts.ts";
import { channelsOf } from "./parts.ts";
import { deliveryKey, FLOOD_MS, type Flood, planDelivery, ticksIn } from "./plan.ts";
import { reconcile } from "./reconcile.ts";

/**
 * Saves what rules found with the deliveries that come of it. `known` are the stored alerts that stand in what the rules
 * were asked of. The same findings again change nothing and queue nothing.
 */
export async function saveFindings(
  parts: Parts,
  findings: readonly AlertFinding[],
  known: readonly Alert[],
): Promise<void> {
  const { store } = parts;
  const now = parts.now().getTime();
  const stored = new Map(known.map((alert) => [alert.id, alert]));
  const missing = findings.map(({ id }) => id).filter((id) => !stored.has(id));
  for (const alert of await store.getAlerts(missing)) stored.set(alert.id, alert);
  const result = reconcile(findings, [...stored.values()], new Date(now).toISOString());
  if (result.standing.length + result.changed.length === 0) return;
  const judged = (alert: RaisedAlert) =>
    (result.continues.get(alert.id) ?? stored.get(alert.id))?.judgements ?? [];
  const flood = await readFlood(parts);
  const deliveries = await planned(
    parts,
    result.standing.map((alert) => ({ ...alert, judgements: judged(alert), state: stateOf(judged(alert)) })),
    now,
    flood,
  );
  if (result.changed.length > 0 || deliveries.length > 0)
    await store.saveAlerts({ alerts: result.changed, deliveries });
  for (const alert of result.standing)
    if (judged(alert).length === 0 || result.continues.has(alert.id)) await carryOn(parts, alert);
  for (const id of result.again)
    await redirect(parts, id, (delivery) => ({ ...delivery, state: "waiting" }), "withdrawn");
  await flood.save();
}

/**
 * Gives an alert what people decided on the one that it carries on, and what waits to be told of that one. Asked of every
 * such alert without decisions of its own: a crash may have come between its saving and this.
 */
async function carryOn(parts: Parts, { id, events }: RaisedAlert): Promise<void> {
  const former = events.findLast(({ what }) => what === "continues")?.alert;
  if (former === undefined) return;
  const [alert] = await parts.store.getAlerts([former]);
  for (const judgement of alert?.judgements ?? []) await parts.store.judgeAlert(id, judgement);
  await redirect(parts, former, (delivery) => ({ ...delivery, alert: id }), "waiting");
}

/** Deliveries that are not queued yet. */
async function planned(
  parts: Parts,
  alerts: readonly Alert[],
  now: number,
  flood: Flood,
): Promise<readonly Delivery[]> {
  const { rules, config, store } = parts;
  const ticks = ticksIn(config.alerts.zone);
  const wanted = alerts.flatMap((alert) => {
    const rule = rules.find(({ name }) => name === alert.rule);
    if (rule === undefined) return [];
    return channelsOf(rule, config.alerts).map((channel) => ({ alert, rule, channel }));
  });
  const keys = wanted.map(({ alert, channel }) => deliveryKey(channel.name, alert));
  const there = new Set((await store.getDeliveries(keys)).map(({ key }) => key));
  return wanted.flatMap(({ alert, rule, channel }, i) =>
    there.has(keys[i]!) ? [] : (planDelivery(alert, rule, channel, { now, ticks, flood }) ?? []),
  );
}

async function redirect(
  { store }: Parts,
  alert: string,
  change: (delivery: Delivery) => Delivery,
  state: Delivery["state"],
): Promise<void> {
  const of = (field: string, value: string): Query => ({ kind: "text", field, value, prefix: false });
  const query: Query = { kind: "and", parts: [of("alert", alert), of("state", state)] };
  const found: string[] = [];
  for await (const { key } of store.find("deliveries", query)) found.push(key);
  if (found.length === 0) return;
  const current = (await store.getDeliveries(found)).filter((delivery) => delivery.state === state);
  await store.saveDeliveries(current.map(change));
}

const FLOOD_KEPT_AS = "alerts/flood";

/** The flood guard's memory: kept by name, so that every process sees it at once. */
async function readFlood({ store, now }: Parts): Promise<Flood & { save(): Promise<void> }> {
  const kept = (await store.cursors.read(FLOOD_KEPT_AS)) ?? {};
  const since = now().getTime() - FLOOD_MS;
  const times = new Map<string, number[]>();
  for (const [key, at] of Object.entries(kept as Readonly<Record<string, readonly number[]>>)) {
    const recent = at.filter((time) => time > since);
    if (recent.length > 0) times.set(key, recent);
  }
  let noted = false;
  const keyOf = (channel: string, rule: string) => JSON.stringify([channel, rule]);
  return {
    times: (channel, rule) => times.get(keyOf(channel, rule)) ?? [],
    note: (channel, rule, at) => {
      const key = keyOf(channel, rule);
      times.set(key, [...(times.get(key) ?? []), at]);
      noted = true;
    },
    save: async () => {
      if (noted) await store.cursors.write(FLOOD_KEPT_AS, Object.fromEntries(times));
    },
  };
}
