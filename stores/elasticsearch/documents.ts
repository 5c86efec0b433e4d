import { randomUUID } from "node:crypto";
import { bulk, type Outcome, type Write } from "./bulk.ts";
import type { Connection } from "./connection.ts";
import { documentId } from "./names.ts";
import { pauseBefore, sleep } from "./patience.ts";

/** A document as it was read, with what tells whether another has changed it since. */
export interface Held<D> {
  readonly document: D;
  readonly version: number;
  readonly seq_no: number;
  readonly primary_term: number;
}

/** Documents read in one request: some megabytes. */
const READ_AT_ONCE = 500;

/** Documents by id, as last written (not as last made searchable), in the order asked; null where there is none. */
export async function read<D>(
  connection: Connection,
  index: string,
  ids: readonly string[],
): Promise<readonly (Held<D> | null)[]> {
  const all: (Held<D> | null)[] = [];
  for (let i = 0; i < ids.length; i += READ_AT_ONCE) {
    const wanted = ids.slice(i, i + READ_AT_ONCE).map(documentId);
    const { docs } = await connection.ask((client) => client.mget<D>({ index, ids: wanted }));
    for (const doc of docs) {
      if ("error" in doc) throw new Error(`${index} cannot be read: ${JSON.stringify(doc.error)}`);
      const { found, _source, _version, _seq_no, _primary_term } = doc;
      all.push(
        found
          ? { document: _source!, version: _version!, seq_no: _seq_no!, primary_term: _primary_term! }
          : null,
      );
    }
  }
  return all;
}

/**
 * What becomes of a document: it is put whole, it goes, or (null) it stays as it is. `beside` is written with it in the same
 * request, from its new version. `ahead` is written before it, from the version that was read, because the document
 * says that it is there: whoever is cut off in between does both again.
 */
export type Decision<D> =
  | { readonly put: D; readonly beside?: WritesAt | undefined; readonly ahead?: WritesAt | undefined }
  | "remove"
  | null;

type WritesAt = (version: number) => readonly Write[];

export interface Change<D> {
  readonly index: string;
  readonly ids: readonly string[];
  /** Told what is there now; asked again when another has changed it meanwhile. */
  readonly decide: (id: string, held: D | null) => Decision<D>;
  /** What was read of some of them a moment ago, to save a second reading: a change in between costs one, as ever. */
  readonly known?: ReadonlyMap<string, Held<D>> | undefined;
}

export interface Refusal {
  readonly id: string;
  readonly reason: string;
}

/** The same, without reading what is known. */
async function readAll<D>(
  connection: Connection,
  index: string,
  ids: readonly string[],
  known: ReadonlyMap<string, Held<D>> = new Map(),
): Promise<readonly (Held<D> | null)[]> {
  const rest = await read<D>(
    connection,
    index,
    ids.filter((id) => !known.has(id)),
  );
  let next = 0;
  return ids.map((id) => known.get(id) ?? rest[next++]!);
}

interface Step {
  readonly id: string;
  readonly besideAt: WritesAt | undefined;
  /** The version it gets, unless it was there before and was removed. */
  readonly version: number;
  readonly write: Write;
  readonly ahead: readonly Write[];
  readonly beside: readonly Write[];
}

/**
 * Changes documents one by one, each only if it is still as `decide` saw it. Another writer in between costs a second
 * look and nothing else. Gives what was refused of the documents beside.
 */
export async function change<D extends object>(
  connection: Connection,
  { index, ids, decide, known }: Change<D>,
): Promise<readonly Refusal[]> {
  // Told in each document: when an answer is lost, it says that the write was ours.
  const token = randomUUID();
  const refusals: Refusal[] = [];
  let open: readonly string[] = [...new Set(ids)];
  let steps: Step[] = [];
  for (let attempt = 1; open.length > 0; attempt++) {
    const tried = new Map(steps.map((step) => [step.id, step]));
    const late: Write[] = [];
    steps = [];
    const held = await readAll<D & { written?: string }>(
      connection,
      index,
      open,
      attempt === 1 ? known : undefined,
    );
    for (const [i, id] of open.entries()) {
      const before = held[i]!;
      if (attempt > 1 && before?.document.written === token) {
        // What was to be written beside it may have been lost with the answer.
        late.push(...(tried.get(id)?.besideAt?.(before.version) ?? []));
        continue;
      }
      const step = stepOf({
        index,
        id,
        before,
        decision: decide(id, before?.document ?? null),
        token,
      });
      if (step !== null) steps.push(step);
    }
    const conflicts: string[] = [];
    refusals.push(...(await writtenAhead(connection, steps)));
    const outcomes = await bulk(
      connection,
      steps.flatMap(({ write, beside }) => [write, ...beside]),
    );
    let at = 0;
    for (const { id, besideAt, version, beside: writes } of steps) {
      const outcome = outcomes[at++]!;
      const others = outcomes.slice(at, at + writes.length);
      at += writes.length;
      if (outcome.status === "refused") throw new Error(`${id} cannot be stored: ${outcome.reason}`);
      if (outcome.status === "no index") throw missing(index);
      if (outcome.status === "conflict") conflicts.push(id);
      else {
        if (outcome.version !== version) late.push(...(besideAt?.(outcome.version) ?? []));
        refusals.push(...refusalsOf(id, others));
      }
    }
    if (late.length > 0) await bulk(connection, late);
    open = conflicts;
    if (open.length > 0) await sleep(pauseBefore(attempt));
  }
  return refusals;
}

function stepOf<D extends object>(of: {
  index: string;
  id: string;
  before: Held<D> | null;
  decision: Decision<D>;
  token: string;
}): Step | null {
  const { index, id, before, decision, token } = of;
  if (decision === null || (decision === "remove" && before === null)) return null;
  const unless =
    before === null
      ? { action: "create" as const }
      : {
          action: decision === "remove" ? ("delete" as const) : ("index" as const),
          unless_changed: { seq_no: before.seq_no, primary_term: before.primary_term },
        };
  const version = (before?.version ?? 0) + 1;
  if (decision === "remove")
    return { id, besideAt: undefined, version, write: { index, id, ...unless }, ahead: [], beside: [] };
  const { put, beside: besideAt, ahead } = decision;
  return {
    ...{ id, besideAt, version },
    ahead: ahead?.(version - 1) ?? [],
    write: { index, id, ...unless, document: { ...put, written: token } },
    beside: besideAt?.(version) ?? [],
  };
}

async function writtenAhead(connection: Connection, steps: readonly Step[]): Promise<readonly Refusal[]> {
  const writes = steps.flatMap(({ id, ahead }) => ahead.map((write) => ({ id, write })));
  const outcomes = await bulk(
    connection,
    writes.map(({ write }) => write),
  );
  return writes.flatMap(({ id }, i) => refusalsOf(id, [outcomes[i]!]));
}

function refusalsOf(id: string, outcomes: readonly Outcome[]): readonly Refusal[] {
  return outcomes.flatMap((outcome) =>
    outcome.status === "refused" ? [{ id, reason: outcome.reason }] : [],
  );
}

export function missing(index: string): Error {
  return new Error(`there is no index ${index}; run \`headwater index setup\``);
}
