import { share, table } from "../copies/tables.ts";
import { sameCode } from "./codes.ts";

export interface Judged {
  readonly lang: string;
  readonly answer: string;
  readonly confidence: number;
}

const STEPS = [0.2, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0001];

/** How often answers are right, by the confidence they came with. */
export function calibration(judged: readonly Judged[]): string {
  const rows = STEPS.slice(1).flatMap((to, i) => {
    const from = STEPS[i]!;
    const members = judged.filter(({ confidence }) => confidence >= from && confidence < to);
    if (members.length === 0) return [];
    const mean = members.reduce((sum, { confidence }) => sum + confidence, 0) / members.length;
    const right = members.filter(({ lang, answer }) => sameCode(lang) === sameCode(answer)).length;
    return [
      [
        `${from} to ${to > 1 ? 1 : to}`,
        String(members.length),
        mean.toFixed(3),
        share(right, members.length),
      ],
    ];
  });
  return table(["confidence", "answers", "mean", "right"], rows);
}
