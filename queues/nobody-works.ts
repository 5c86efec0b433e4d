/** What `idle()` rejects with when waiting longer would be waiting for ever. */
export function nobodyWorks(steps: readonly string[]): Error {
  const names = steps
    .toSorted()
    .map((step) => `"${step}"`)
    .join(", ");
  return new Error(
    `jobs of ${steps.length === 1 ? "step" : "steps"} ${names} wait, and no worker does them: start one with that role (\`headwater work\`)`,
  );
}
