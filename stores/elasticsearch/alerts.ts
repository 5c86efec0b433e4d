import { type Alert, type AlertJudgement, type Delivery, stateOf } from "../../contracts/alert.ts";
import type { Store } from "../../contracts/store.ts";
import { bulk, type Write } from "./bulk.ts";
import type { Connection } from "./connection.ts";
import { change, read } from "./documents.ts";
import { aliasOf } from "./names.ts";
import { unpacked } from "./packed.ts";
import { type RecordDocument, recordDocument } from "./records.ts";

/** Alerts, what people decided on them, and their deliveries: see contracts/store.ts. */
export function alertDocuments(connection: Connection) {
  const { prefix } = connection.options;
  const index = aliasOf(prefix, "alerts");
  const deliveryIndex = aliasOf(prefix, "deliveries");

  async function putDeliveries(action: Write["action"], deliveries: readonly Delivery[]): Promise<void> {
    const writes = deliveries.map((delivery) => ({
      ...{ action, index: deliveryIndex, id: delivery.key },
      document: recordDocument("deliveries", delivery),
    }));
    for (const outcome of await bulk(connection, writes)) {
      if (outcome.status === "refused") throw new Error(`a delivery cannot be stored: ${outcome.reason}`);
    }
  }

  async function bodies<R>(from: string, ids: readonly string[]): Promise<readonly R[]> {
    const held = await read<RecordDocument<R>>(connection, from, ids);
    return held.flatMap((each) => (each === null ? [] : [unpacked(each.document.body)]));
  }

  return {
    async save({ alerts, deliveries }: Parameters<Store["saveAlerts"]>[0]): Promise<void> {
      const saved = new Map(alerts.map((alert) => [alert.id, alert]));
      await change<RecordDocument<Alert>>(connection, {
        index,
        ids: [...saved.keys()],
        decide: (id, before) => {
          const judgements = before === null ? [] : unpacked(before.body).judgements;
          return {
            put: recordDocument("alerts", { ...saved.get(id)!, judgements, state: stateOf(judgements) }),
          };
        },
      });
      await putDeliveries("create", deliveries);
    },
    get: (ids: readonly string[]) => bodies<Alert>(index, ids),
    async judge(id: string, judgement: AlertJudgement): Promise<boolean> {
      let there = false;
      await change<RecordDocument<Alert>>(connection, {
        index,
        ids: [id],
        decide: (_, before) => {
          there = before !== null;
          if (before === null) return null;
          const body = unpacked(before.body);
          if (body.judgements.some((each) => sameDecision(each, judgement))) return null;
          const judgements = [...body.judgements, judgement].toSorted(byTime);
          return { put: recordDocument("alerts", { ...body, judgements, state: stateOf(judgements) }) };
        },
      });
      return there;
    },
    saveDeliveries: (deliveries: readonly Delivery[]) => putDeliveries("index", deliveries),
    getDeliveries: (keys: readonly string[]) => bodies<Delivery>(deliveryIndex, keys),
  };
}

function sameDecision(a: AlertJudgement, b: AlertJudgement): boolean {
  return byTime(a, b) === 0;
}

function byTime(a: AlertJudgement, b: AlertJudgement): number {
  const [first, second] = [a, b].map(({ at, by, state }) => `${at}\n${by}\n${state}`) as [string, string];
  return first < second ? -1 : first > second ? 1 : 0;
}
