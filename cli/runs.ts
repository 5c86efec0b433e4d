import { BUCKETS, type Run } from "../contracts/run.ts";
import { EXIT } from "./exit.ts";

/** Problems told with a run; the store has the others. */
const PROBLEMS = 5;

/** A run as a line that adds up, then the fields nobody knows, then the first problems with their places. */
export function runLines(run: Run): readonly string[] {
  const counts = BUCKETS.map((bucket) => `${run.buckets[bucket]} ${bucket}`).join(" + ");
  const state = run.status === "done" ? "" : ` (${run.status})`;
  const form = run.read_as === undefined ? "" : `, read as ${run.read_as}`;
  const unknown = Object.entries(run.unknown_fields).map(([field, count]) => `${field} (${count})`);
  const more = run.problems.length - PROBLEMS;
  return [
    `${run.source}: ${run.seen} seen = ${counts}${state}${form}`,
    ...(unknown.length > 0 ? [`  unknown fields: ${unknown.join(", ")}`] : []),
    ...run.problems.slice(0, PROBLEMS).map((problem) => `  ${problem}`),
    ...(more > 0 ? [`  … and ${more} more problems; \`headwater export runs\` has them`] : []),
  ];
}

/** Several runs in one sentence. */
export function runsSentence(runs: readonly Run[]): string {
  const failed = runs.filter(({ status }) => status === "failed");
  const counts = BUCKETS.map(
    (bucket) => `${runs.reduce((sum, run) => sum + run.buckets[bucket], 0)} ${bucket}`,
  );
  const seen = runs.reduce((sum, run) => sum + run.seen, 0);
  const trouble = failed.length === 0 ? "" : `; failed: ${failed.map(({ source }) => source).join(", ")}`;
  return `${runs.length} ${runs.length === 1 ? "source" : "sources"}: ${seen} items seen = ${counts.join(" + ")}${trouble}`;
}

/** Whether all went well, some sources failed, or none could be read. */
export function exitOf(runs: readonly Run[]): number {
  const failed = runs.filter(({ status }) => status === "failed").length;
  if (failed === 0) return EXIT.ok;
  return failed === runs.length ? EXIT.unavailable : EXIT.failure;
}
