import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { count, table } from "../copies/tables.ts";
import type { Detector } from "./peers.ts";

/** Texts between two looks at the clock, and how often each is read. */
const CHUNK = 200;
const ROUNDS = 7;

/**
 * Texts a second, detectors in turn over the same chunks, each chunk at its best of seven rounds: other work on the
 * machine slows single chunks, not all seven rounds of one.
 */
export function speed(texts: readonly string[], detectors: readonly Detector[]): string {
  const spent = detectors.map(() => 0);
  for (let start = 0; start < texts.length; start += CHUNK) {
    const chunk = texts.slice(start, start + CHUNK);
    const best = detectors.map(() => Number.POSITIVE_INFINITY);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [i, { detect }] of detectors.entries()) {
        const before = performance.now();
        for (const text of chunk) detect(text);
        best[i] = Math.min(best[i]!, performance.now() - before);
      }
    }
    for (const [i, time] of best.entries()) spent[i]! += time;
  }
  const franc = spent[detectors.findIndex(({ name }) => name === "franc")]!;
  const rows = detectors.map(({ name }, i) => [
    name,
    count((1000 * texts.length) / spent[i]!),
    (franc / spent[i]!).toFixed(1),
  ]);
  return [
    `${texts.length} social posts (bar: ≥ 4 × franc).`,
    table(["detector", "texts a second", "× franc"], rows),
  ].join("\n\n");
}

/** What loading the models costs a fresh process: milliseconds and growth of resident memory. */
export function loading(): string {
  const out = execFileSync(process.execPath, [fileURLToPath(new URL("load.ts", import.meta.url))], {
    encoding: "utf8",
  });
  const { milliseconds, loaded, used, peak } = JSON.parse(out) as Record<string, number>;
  return (
    `A fresh process: models loaded in ${count(milliseconds!)} ms; resident memory grew by ${count(loaded!)} MB, ` +
    `after 20,000 texts by ${count(used!)} MB; at its highest the whole process held ${count(peak!)} MB (bar: ≤ 250 MB).`
  );
}
