import {
  type Alert,
  type AlertJudgement,
  type Delivery,
  type RaisedAlert,
  stateOf,
} from "../../contracts/alert.ts";
import type { Store } from "../../contracts/store.ts";
import type { Database } from "./database.ts";

export interface StoredAlertRow {
  readonly body: string;
  readonly judgements: string;
}

/** What a whole alert is read from; a condition on `a` follows. */
export const STORED_ALERT = `
  SELECT a.body, (
    SELECT json_group_array(json_object('at', j.at, 'by', j.by, 'state', j.state, 'note', j.note) ORDER BY j.at, j.by, j.state)
    FROM alert_judgements j WHERE j.alert = a.id
  ) AS judgements
  FROM alerts a`;

export function storedAlert({ body, judgements: written }: StoredAlertRow): Alert {
  const judgements = JSON.parse(written) as readonly AlertJudgement[];
  return { ...(JSON.parse(body) as RaisedAlert), judgements, state: stateOf(judgements) };
}

/** Alerts, what people decided on them, and their deliveries: see contracts/store.ts. */
export function alertTables({ raw }: Database) {
  const put = raw.prepare(`
    INSERT INTO alerts (id, rule, kind, severity, subject, story, watch, source, holds, since, until, size,
      raised_at, updated_at, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET (rule, kind, severity, subject, story, watch, source, holds, since, until, size,
      raised_at, updated_at, body) = (excluded.rule, excluded.kind, excluded.severity, excluded.subject,
      excluded.story, excluded.watch, excluded.source, excluded.holds, excluded.since, excluded.until, excluded.size,
      excluded.raised_at, excluded.updated_at, excluded.body)
    RETURNING key`);
  const get = raw.prepare(`${STORED_ALERT} WHERE a.id = ?`);
  const dropItems = raw.prepare("DELETE FROM alert_items WHERE alert = ?");
  const addItem = raw.prepare("INSERT INTO alert_items (post, alert) VALUES (?, ?) ON CONFLICT DO NOTHING");
  const isThere = raw.prepare("SELECT 1 FROM alerts WHERE id = ?");
  const judge = raw.prepare(`
    INSERT INTO alert_judgements (alert, at, by, state, note) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING`);
  const columns = "(name, channel, alert, rule, mode, batch, state, created_at, due_at, body)";
  const queue = raw.prepare(`
    INSERT INTO deliveries ${columns} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING`);
  const putDelivery = raw.prepare(`
    INSERT INTO deliveries ${columns} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET (channel, alert, rule, mode, batch, state, created_at, due_at, body) =
      (excluded.channel, excluded.alert, excluded.rule, excluded.mode, excluded.batch, excluded.state,
      excluded.created_at, excluded.due_at, excluded.body)`);
  const getDelivery = raw.prepare("SELECT body FROM deliveries WHERE name = ?");

  function saveAlert(alert: RaisedAlert): void {
    const row = put.get(
      alert.id,
      alert.rule,
      alert.kind,
      alert.severity,
      alert.subject,
      alert.story,
      alert.watch,
      alert.source,
      String(alert.holds),
      timeOf(alert.since),
      timeOf(alert.until),
      alert.size,
      Date.parse(alert.raised_at),
      Date.parse(alert.updated_at),
      JSON.stringify(alert),
    );
    const key = Number(row!.key);
    dropItems.run(key);
    for (const post of alert.items) addItem.run(post, key);
  }

  return {
    /** Within a transaction. */
    save({ alerts, deliveries }: Parameters<Store["saveAlerts"]>[0]): void {
      for (const alert of alerts) saveAlert(alert);
      for (const delivery of deliveries) queue.run(...deliveryRow(delivery));
    },
    get(ids: readonly string[]): readonly Alert[] {
      return ids.flatMap((id) => {
        const row = get.get(id);
        return row === undefined ? [] : [storedAlert(row as unknown as StoredAlertRow)];
      });
    },
    /** Within a transaction. */
    judge(id: string, { at, by, state, note }: AlertJudgement): boolean {
      if (isThere.get(id) === undefined) return false;
      judge.run(id, at, by, state, note);
      return true;
    },
    /** Within a transaction. */
    saveDeliveries(deliveries: readonly Delivery[]): void {
      for (const delivery of deliveries) putDelivery.run(...deliveryRow(delivery));
    },
    getDeliveries(keys: readonly string[]): readonly Delivery[] {
      return keys.flatMap((key) => {
        const row = getDelivery.get(key);
        return row === undefined ? [] : [JSON.parse(String(row.body)) as Delivery];
      });
    },
  };
}

function deliveryRow(delivery: Delivery): (string | number | null)[] {
  const { key, channel, alert, rule, mode, batch, state, created_at, due_at } = delivery;
  const times = [Date.parse(created_at), Date.parse(due_at)];
  return [key, channel, alert, rule, mode, batch, state, ...times, JSON.stringify(delivery)];
}

function timeOf(written: string | null): number | null {
  return written === null ? null : Date.parse(written);
}
