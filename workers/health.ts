import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** What a worker says of itself, for whoever watches over it. */
export interface Health {
  readonly at: string;
  readonly pid: number;
  readonly roles: readonly string[];
  /** Null when all is well; else a sentence. */
  readonly trouble: string | null;
  /** Jobs that wait, by step. */
  readonly waiting: Readonly<Record<string, number>>;
}

export interface HealthDeps {
  readonly file: string;
  readonly roles: readonly string[];
  readonly now: () => Date;
  waiting(step: string): Promise<number>;
}

/** One worker a container, so one file: in the folder that is writable even where nothing else is. */
export const HEALTH_FILE = path.join(tmpdir(), "headwater-health.json");
const EVERY_MS = 5_000;
/** A worker that has said nothing for six times its habit is stuck or gone. */
const STALE_MS = 30_000;

/** Writes the file every few seconds, until the returned function is called; that removes it. */
export function tellHealth({ file, roles, now, waiting }: HealthDeps): () => void {
  let over = false;
  const steps = roles.filter((role) => role !== "schedule");
  async function tell(): Promise<void> {
    const late = pause(EVERY_MS, "late" as const, { ref: false });
    const counts = await Promise.race([Promise.all(steps.map(waiting)), late]);
    if (over) return;
    const health: Health = {
      at: now().toISOString(),
      pid: process.pid,
      roles,
      trouble: counts === "late" ? "Redis does not answer" : null,
      waiting: counts === "late" ? {} : Object.fromEntries(steps.map((step, i) => [step, counts[i]!])),
    };
    // Whole or not at all: it is read at any moment.
    writeFileSync(`${file}.new`, JSON.stringify(health));
    renameSync(`${file}.new`, file);
  }
  const told = () => void tell().catch(() => {});
  told();
  const timer = setInterval(told, EVERY_MS);
  timer.unref();
  return () => {
    over = true;
    clearInterval(timer);
    rmSync(file, { force: true });
  };
}

/** What the worker said last, and what is wrong with that. */
export function readHealth(
  file: string,
  now: Date,
): { readonly health: Health | null; readonly trouble: string | null } {
  let health: Health;
  try {
    health = JSON.parse(readFileSync(file, "utf8")) as Health;
  } catch {
    return { health: null, trouble: `no worker runs here: ${file} cannot be read` };
  }
  const age = now.getTime() - Date.parse(health.at);
  // A clock that was set back makes it lie in the future; that is no worse than new.
  if (age > STALE_MS) {
    return { health, trouble: `the worker has said nothing for ${Math.round(age / 1000)} s` };
  }
  return { health, trouble: health.trouble };
}
