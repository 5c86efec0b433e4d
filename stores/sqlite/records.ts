import type { Capture } from "../../contracts/capture.ts";
import type { Quarantined, Run } from "../../contracts/run.ts";
import type { Database } from "./database.ts";

/** Runs, what was set aside, captures, and where each source goes on: see contracts/store.ts. */
export function recordTables({ raw }: Database) {
  const run = raw.prepare(`
    INSERT INTO runs (run, source, collector, status, started_at, body) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (run) DO UPDATE SET (source, collector, status, started_at, body) =
      (excluded.source, excluded.collector, excluded.status, excluded.started_at, excluded.body)`);
  const aside = raw.prepare(`
    INSERT INTO quarantine (id, run, source, reason, at, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`);
  const capture = raw.prepare(`
    INSERT INTO captures (id, at, url, requested_url, status, sha256, file, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET (at, url, requested_url, status, sha256, file, body) =
      (excluded.at, excluded.url, excluded.requested_url, excluded.status, excluded.sha256, excluded.file, excluded.body)`);
  const read = raw.prepare("SELECT body FROM cursors WHERE name = ?");
  const write = raw.prepare("INSERT OR REPLACE INTO cursors (name, body) VALUES (?, ?)");

  return {
    saveRun(record: Run): void {
      const { run: name, source, collector, status, started_at } = record;
      run.run(name, source, collector, status, Date.parse(started_at), JSON.stringify(record));
    },
    /** Within a transaction. */
    setAside(items: readonly Quarantined[]): void {
      for (const item of items) {
        const { id, run: name, source, reason, at } = item;
        aside.run(id, name, source, reason, Date.parse(at), JSON.stringify(item));
      }
    },
    /** Within a transaction. */
    saveCaptures(captures: readonly Capture[]): void {
      for (const each of captures) {
        const { id, at, url, requested_url, status, sha256, file } = each;
        capture.run(id, Date.parse(at), url, requested_url, status, sha256, file, JSON.stringify(each));
      }
    },
    readCursor(name: string): unknown {
      const row = read.get(name);
      return row === undefined ? null : JSON.parse(String(row.body));
    },
    writeCursor(name: string, cursor: unknown): void {
      write.run(name, JSON.stringify(cursor ?? null));
    },
  };
}
