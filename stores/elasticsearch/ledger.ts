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

const NONE: ReadonlyMap<PostId, unknown> = new Map();

/** The truth about posts: one document each, read as last written, and changed by one writer at a time. */
export function ledger(connection: Connection) {
  const { prefix } = connection.options;
  const index = ledgerOf(prefix);

  return {
    async get(ids: readonly PostId[]): Promise<readonly (Entry | null)[]> {
      const held = await read<LedgerDocument>(connection, index, ids);
      return held.map((each) => each?.document.entry ?? null);
    },

    /**
     * For what must be there: findings, links and stories are of stored posts. Of those that `may` have been taken away
     * meanwhile it tells without them.
     */
    async mustRead(
      ids: Iterable<PostId>,
      may: ReadonlyMap<PostId, unknown> = NONE,
    ): Promise<ReadonlyMap<PostId, Held<LedgerDocument>>> {
      const wanted = [...new Set(ids)];
      const held = await read<LedgerDocument>(connection, index, wanted);
      return new Map(
        wanted.flatMap((id, i) => {
          const each = held[i]!;
          if (each !== null) return [[id, each] as const];
          if (may.has(id)) return [];
          throw new Error(`${id} is not stored, so nothing can be said of it`);
        }),
      );
    },

    /**
     * `beside` is written with an entry that people see a difference in, as its place in `posts` is. `known`: what was
     * just read.
     */
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
          return documentAfter(after);
        },
        beside: (document, version) => [
          ...projection(connection.options, document, version),
          ...beside(document.id, version),
        ],
      });
    },

    /** Marks stories to be traced anew: the other mark tells whoever traces them now. */
    async markForTrace(ids: readonly PostId[]): Promise<void> {
      await this.change(ids, (_, before) => (before === null ? null : marked(before)));
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

/** What waits to be shown is shown with the write that ends its last wait, whatever people see of that one. */
function documentAfter({ entry, waits, alone }: EntryChange): Decision<LedgerDocument> {
  if (!waits.includes("show")) return { put: ledgerDocument(entry, waits), alone };
  const isEarly = waits.includes("analyze") || waits.includes("trace");
  return { put: ledgerDocument(entry, isEarly ? waits : withoutWait(waits, "show")), alone: isEarly };
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
