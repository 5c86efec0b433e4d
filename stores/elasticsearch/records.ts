import type { Kind, Kinds } from "../../contracts/store.ts";
import { FIELDS } from "../fields.ts";
import { shownOf } from "./layout.ts";
import { type Packed, packed } from "./packed.ts";

/** A record as it lies in its index: what it is searched and listed by, and beside that the whole of it. */
export interface RecordDocument<R> {
  readonly order: { readonly at: string | null; readonly id: string };
  readonly body: Packed<R>;
}

export type RecordKind = Exclude<Kind, "posts">;

/** The fixed order of each kind. */
const ORDERS: { readonly [K in RecordKind]: (record: Kinds[K]) => readonly [at: string | null, id: string] } =
  {
    links: ({ child, parent }) => [null, `${child}\n${parent}`],
    stories: ({ first, story }) => [first, story],
    traces: ({ story }) => [null, story],
    runs: ({ started_at, run }) => [started_at, run],
    quarantine: ({ at, id }) => [at, id],
    alerts: ({ raised_at, id }) => [raised_at, id],
    deliveries: ({ due_at, key }) => [due_at, key],
    captures: ({ at, id }) => [at, id],
  };

/** The document of a record. `at` is for a trace, which is listed by the time of its story. */
export function recordDocument<K extends RecordKind>(
  kind: K,
  record: Kinds[K],
  at?: string | null,
): RecordDocument<Kinds[K]> {
  const values = record as unknown as Readonly<Record<string, unknown>>;
  const names = [...Object.keys(FIELDS[kind]), ...shownOf(kind)];
  const fields = names.map((name) => [name, searched(values[name])]);
  const [time, id] = ORDERS[kind](record);
  return { ...Object.fromEntries(fields), order: { at: at ?? time, id }, body: packed(record) };
}

function searched(value: unknown): unknown {
  return typeof value === "boolean" ? String(value) : value;
}
