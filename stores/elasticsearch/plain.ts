import type { Capture } from "../../contracts/capture.ts";
import type { Quarantined, Run } from "../../contracts/run.ts";
import { bulk } from "./bulk.ts";
import type { Connection } from "./connection.ts";
import { read } from "./documents.ts";
import { aliasOf } from "./names.ts";
import { recordDocument } from "./records.ts";

interface CursorDocument {
  /** As text: a cursor may be anything. */
  readonly entry: { readonly cursor: string };
}

/** Runs, what was set aside, captures, and where each source goes on: see contracts/store.ts. */
export function plainDocuments(connection: Connection) {
  const { prefix } = connection.options;
  const cursors = aliasOf(prefix, "cursors");

  async function write(writes: Parameters<typeof bulk>[1]): Promise<void> {
    for (const [i, outcome] of (await bulk(connection, writes)).entries()) {
      if (outcome.status === "refused" || outcome.status === "no index") {
        throw new Error(`${writes[i]!.id} cannot be stored: ${JSON.stringify(outcome)}`);
      }
    }
  }

  return {
    saveRun: async (run: Run) => {
      const index = aliasOf(prefix, "runs");
      await write([{ action: "index", index, id: run.run, document: recordDocument("runs", run) }]);
      // Whoever waited for a run's end asks for it at once, and a search is up to a second behind.
      if (run.status !== "running") await connection.refresh(index);
    },
    setAside: (items: readonly Quarantined[]) =>
      write(
        items.map((item) => ({
          ...{ action: "create", index: aliasOf(prefix, "quarantine"), id: item.id },
          document: recordDocument("quarantine", item),
        })),
      ),
    saveCaptures: (captures: readonly Capture[]) =>
      write(
        captures.map((capture) => ({
          ...{ action: "index", index: aliasOf(prefix, "captures"), id: capture.id },
          document: recordDocument("captures", capture),
        })),
      ),
    cursors: {
      async read(name: string): Promise<unknown> {
        const [held] = await read<CursorDocument>(connection, cursors, [name]);
        return held === null ? null : JSON.parse(held!.document.entry.cursor);
      },
      write: (name: string, cursor: unknown) => {
        const entry = { cursor: JSON.stringify(cursor ?? null) };
        return write([{ action: "index", index: cursors, id: name, document: { id: name, entry } }]);
      },
    },
  };
}
