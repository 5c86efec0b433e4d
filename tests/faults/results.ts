import { table } from "../../bench/copies/tables.ts";
import { writeSection } from "../../bench/report.ts";
import { FAULTS } from "./kinds.ts";
import type { Verdict } from "./round.ts";

/** Prints what a run came to, and keeps a run of a hundred faults or more in docs/results.md. */
export function keepResults(verdicts: readonly Verdict[], seed: string): void {
  const sum = (of: (verdict: Verdict) => number) => verdicts.reduce((total, each) => total + of(each), 0);
  const faults = sum(({ faults }) => [...faults.values()].reduce((a, b) => a + b, 0));
  const body = [
    `${faults} faults in ${verdicts.length} rounds, seed \`${seed}\`: ${sum(({ issued }) => issued)} posts were issued; ` +
      `**${sum(({ lost }) => lost.length)} lost, ${sum(({ doubled }) => doubled.length)} doubled, ` +
      `${sum(({ invented }) => invented.length)} invented**; in ${verdicts.filter(({ different }) => different.length > 0).length} rounds ` +
      "posts, links, stories or traces differed from those of the same posts in one process without a fault. " +
      `${sum(({ replayed }) => replayed)} jobs were set aside on the way (a process that ends three times under one does that) and were run again.`,
    "",
    table(
      ["fault", "times"],
      FAULTS.map(({ name }) => [name, String(sum(({ faults }) => faults.get(name) ?? 0))]).filter(
        ([, times]) => times !== "0",
      ),
    ),
  ].join("\n");
  process.stderr.write(`\n${body}\n`);
  if (faults < 100) return;
  writeSection({
    name: "faults",
    title: "Faults",
    body,
    command: `FAULTS=${faults} npm run test:faults`,
    packages: ["bullmq", "ioredis", "@elastic/elasticsearch"],
  });
}
