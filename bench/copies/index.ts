import type { Half } from "../data.ts";
import { crowds } from "./crowds.ts";
import { exactPairs } from "./exact.ts";
import { guard } from "./guard.ts";
import { editKit } from "./kit.ts";

export interface CopiesOptions {
  /** Texts a language for the exact pairs; the other parts shrink with it. */
  readonly sample?: number;
  /** Which half of the edit kit's bases is measured. Tune on one, report the other. */
  readonly half?: Half | "all";
}

/** Texts a language: what the first measurements used. */
const SAMPLE = 60_000;
const BASES = 400;
const INDEX = 50_000;
const TRAPPED = 6_000;
const CROWD = 100_000;

/** Copies: exact pairs, the edit kit, and what must tie nothing. */
export async function copies(
  dataDir: string,
  options: CopiesOptions,
  say: (line: string) => void,
): Promise<string> {
  const sample = options.sample ?? SAMPLE;
  const scale = Math.min(1, sample / SAMPLE);
  const sections = [
    ["Pairs of similar wording", await exactPairs(dataDir, sample, say)],
    [
      "Edited copies",
      await editKit(
        dataDir,
        {
          bases: Math.max(20, Math.round(BASES * scale)),
          crowd: Math.round(INDEX * scale),
          half: options.half ?? "report",
        },
        say,
      ),
    ],
    ["What must tie nothing", await guard(dataDir, Math.max(600, Math.round(TRAPPED * scale)), say)],
    ["Crowds", await crowds(dataDir, Math.max(1_000, Math.round(CROWD * scale)), say)],
  ];
  return sections.map(([title, body]) => `### ${title}\n\n${body}`).join("\n\n");
}
