import type { Alert } from "../../contracts/alert.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Kind, Kinds, RemovableKind, Store } from "../../contracts/store.ts";
import { Count, type Tally } from "./tally.ts";

export interface RecordsPlan {
  readonly tallies: readonly Tally[];
  readonly remove: Readonly<Record<Exclude<RemovableKind, "captures">, readonly string[]>>;
  /** Posts that the alerts which stay rest on. */
  readonly cited: ReadonlySet<PostId>;
}

/** Which runs, quarantined records, alerts and deliveries go. */
export async function planRecords(store: Store, before: string): Promise<RecordsPlan> {
  const remove = {
    runs: [] as string[],
    quarantine: [] as string[],
    alerts: [] as string[],
    deliveries: [] as string[],
  };
  const [runs, quarantine, alerts, deliveries] = [
    new Count("runs"),
    new Count("quarantine"),
    new Count("alerts"),
    new Count("deliveries"),
  ];

  const last = new Map<string, string>();
  for await (const { run, source } of all(store, "runs")) last.set(source, run);
  for await (const { run, source, started_at, ended_at } of all(store, "runs")) {
    if ((ended_at ?? started_at) >= before) runs.keep("recent");
    // What a source is asked for next, and how it is, is told of it.
    else if (last.get(source) === run) runs.keep("the last of its source");
    else {
      runs.remove();
      remove.runs.push(run);
    }
  }

  for await (const { id, at } of all(store, "quarantine")) {
    if (at >= before) quarantine.keep("recent");
    else {
      quarantine.remove();
      remove.quarantine.push(id);
    }
  }

  const cited = new Set<PostId>();
  const gone = new Set<string>();
  for await (const alert of all(store, "alerts")) {
    const why = keeps(alert, before);
    if (why === null) {
      alerts.remove();
      remove.alerts.push(alert.id);
      gone.add(alert.id);
    } else {
      alerts.keep(why);
      for (const id of alert.items) cited.add(id);
    }
  }

  for await (const { key, alert, state, created_at } of all(store, "deliveries")) {
    if (state === "waiting") deliveries.keep("not sent yet");
    else if (created_at >= before && !gone.has(alert)) deliveries.keep("recent");
    else {
      deliveries.remove();
      remove.deliveries.push(key);
    }
  }
  const tallies = [runs, quarantine, alerts, deliveries].map(({ tally }) => tally);
  return { tallies, remove, cited };
}

function keeps({ state, holds, updated_at, judgements }: Alert, before: string): string | null {
  if (updated_at >= before || judgements.some(({ at }) => at >= before)) return "recent";
  return holds && state !== "closed" ? "it stands, and nobody has closed it" : null;
}

function all<K extends Kind>(store: Store, kind: K): AsyncIterable<Kinds[K]> {
  return store.find(kind, { kind: "all" });
}
