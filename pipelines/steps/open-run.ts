import type { Run } from "../../contracts/run.ts";
import type { Parts } from "../parts.ts";

/**
 * Saves a run that begins, and says whether the last one of its source did not come to its end: what it had stored may not
 * have been handed on. One that a killed process left open is closed; a source is never crawled twice at once. The last
 * run is kept as a cursor, which is read as it was written: a search may be a second late.
 */
export async function beginRun({ store, log }: Parts, run: Run): Promise<boolean> {
  const left = (await store.cursors.read(nameOf(run))) as Run | null;
  if (left?.status === "running") {
    await store.saveRun({ ...left, status: "interrupted" });
    log.warn(`the run of ${left.source} that began ${left.started_at} was interrupted; it is taken up again`);
  }
  await store.saveRun(run);
  await store.cursors.write(nameOf(run), run);
  return left !== null;
}

/** Saves a run that has ended. */
export async function endRun({ store }: Parts, run: Run): Promise<void> {
  await store.saveRun(run);
  await store.cursors.write(nameOf(run), run.status === "done" ? null : run);
}

function nameOf({ source }: Run): string {
  return `unfinished run of ${source}`;
}
