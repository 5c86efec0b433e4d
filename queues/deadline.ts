/** A job's own signal: aborted with the queue's, or when the job has taken too long. Call `over` when it has ended. */
export function withDeadline(
  stopping: AbortSignal,
  deadline_ms: number | undefined,
): { readonly signal: AbortSignal; over(): void } {
  if (deadline_ms === undefined) return { signal: stopping, over() {} };
  const late = new AbortController();
  const timer = setTimeout(
    () => late.abort(new Error(`it did not end within ${sayTime(deadline_ms)}`)),
    deadline_ms,
  );
  timer.unref();
  return { signal: AbortSignal.any([stopping, late.signal]), over: () => clearTimeout(timer) };
}

export function sayTime(ms: number): string {
  return ms < 120_000 ? `${ms / 1000} s` : `${Math.round(ms / 60_000)} minutes`;
}
