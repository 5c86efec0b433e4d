import type { PostId } from "../../contracts/post.ts";
import type { Write } from "./bulk.ts";
import type { Connection } from "./connection.ts";
import { change, type Decision, type Held, type Refusal, read } from "./documents.ts";
import { type Entry, type LedgerDocument, ledgerDocument, ledgerOf, projection } from "./entry.ts";
import { pages } from "./pages.ts";

export type Wait = LedgerDocument["waits"][number];

/** What becomes of an entry. `alone`: people see no difference. */
export interface EntryChange {
  readonly entry: Entry;
  readonly waits: readonly Wait[];
  readonly alone: boolean;
}

/** The truth about posts: one document each, read as last written, and changed by one writer at a time. */
export function ledger(connection: Connection) {
  const { prefix } = connection.options;
  const index = ledgerOf(prefix);

  return {
    async get(ids: readonly PostId[]): Promise<readonly (Entry | null)[]> {
      const held = await read<LedgerDocument>(connection, index, ids);
      return held.map((each) => each?.document.entry ?? null);
    },

    /** Those that are there, each as it is held. */
    async read(ids: Iterable<PostId>): Promise<ReadonlyMap<PostId, Held<LedgerDocument>>> {
      const wanted = [...new Set(ids)];
      const held = await read<LedgerDocument>(connection, index, wanted);
      return new Map(held.flatMap((each, i) => (each === null ? [] : [[wanted[i]!, each] as const])));
    },

    /** `beside` is written with an entry, as its place in `posts` is. `known`: what was just read. */
    change(
      ids: readonly PostId[],
      decide: (id: PostId, before: LedgerDocument | null) => EntryChange | null,
      beside: (id: PostId, version: number) => readonly Write[] = () => [],
      known?: ReadonlyMap<PostId, Held<LedgerDocument>>,
    ): Promise<readonly Refusal[]> {
      return change<LedgerDocument>(connection, {
        index,
        ids,
        known,
        decide: (id, before): Decision<LedgerDocument> => {
          const after = decide(id, before);
          if (after === null) return null;
          const { waits, shown } = showing(after);
          const put = ledgerDocument(after.entry, waits);
          const place = (version: number) => projection(connection.options, put, version);
          const others = (version: number) => beside(id, version);
          if (shown === "ahead") return { put, ahead: place, beside: others };
          return { put, beside: shown ? (version) => [...place(version), ...others(version)] : others };
        },
      });
    },

    /** Marks stories to be traced anew: the other mark tells whoever traces them now. */
    async markForTrace(ids: readonly PostId[]): Promise<void> {
      await this.change(ids, (_, before) => (before === null ? null : marked(before)));
    },

    /** Shows posts that wait to be shown, whatever else they wait for. */
    async show(ids: readonly PostId[]): Promise<void> {
      await this.change(ids, (_, before) => {
        if (!before?.waits.includes("show")) return null;
        return { entry: before.entry, waits: withoutWait(before.waits, "show"), alone: false };
      });
    },

    /** To be analysed and traced anew: what they had to do with is gone. */
    async markAnew(ids: readonly PostId[]): Promise<void> {
      await this.change(ids, (_, before) => {
        if (before === null) return null;
        const { waits, ...rest } = marked(before);
        return { ...rest, waits: withWait(waits, "analyze") };
      });
    },

    async waiting(step: Wait, limit: number, version: string | undefined): Promise<readonly PostId[]> {
      await connection.refresh(index);
      const waits = { term: { waits: step } };
      const stale = {
        bool: { filter: [{ exists: { field: "version" } }], must_not: [{ term: { version: version! } }] },
      };
      const query =
        version === undefined ? waits : { bool: { should: [waits, stale], minimum_should_match: 1 } };
      const ids: PostId[] = [];
      for await (const hits of pages(connection, {
        index,
        query,
        sort: [{ id: "asc" }],
        source: ["id"],
        limit,
      })) {
        for (const { _source } of hits) ids.push((_source as LedgerDocument).id);
      }
      return ids;
    },
  };
}
export type Ledger = ReturnType<typeof ledger>;

/**
 * Whether the place of an entry in `posts` is written. What waits to be shown is shown when its last wait ends, whatever
 * people see of that, and before the ledger says so.
 */
function showing({ waits, alone }: EntryChange): { waits: readonly Wait[]; shown: boolean | "ahead" } {
  if (!waits.includes("show")) return { waits, shown: !alone };
  if (waits.includes("analyze") || waits.includes("trace")) return { waits, shown: false };
  return { waits: withoutWait(waits, "show"), shown: "ahead" };
}

export function marked({ entry, waits }: LedgerDocument): EntryChange {
  return { entry: { ...entry, mark: (entry.mark ?? 0) + 1 }, waits: withWait(waits, "trace"), alone: true };
}

export function withWait(waits: readonly Wait[], step: Wait): readonly Wait[] {
  return waits.includes(step) ? waits : [...waits, step];
}

export function withoutWait(waits: readonly Wait[], step: Wait): readonly Wait[] {
  return waits.filter((wait) => wait !== step);
}
