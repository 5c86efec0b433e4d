import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { wordingOf, wordingText } from "../../text/wording.ts";
import { postsOf } from "../copies/corpus.ts";
import { count, median, ratio, table } from "../copies/tables.ts";
import { DATASKETCH, PeerMissing, runPeer } from "../peers/run.ts";
import { headwater, type Outcome } from "./command.ts";

const SET = "ira-coordination";
const ROUNDS = 3;

/** The whole of February 2016 through everything, against what datasketch takes to index the same texts. */
export async function realVolume(dataDir: string, say: (line: string) => void): Promise<string> {
  const file = path.join(dataDir, SET, "posts.jsonl.gz");
  if (!existsSync(file)) return `The set ${SET} was not found, so the pipeline was not measured on it.`;
  const folded: string[] = [];
  for (const { text } of postsOf(dataDir, SET)) folded.push(wordingText(wordingOf(text ?? "")));
  const ours: Outcome[] = [];
  const theirs: Outcome[] = [];
  let missing: string | null = null;
  for (let round = 1; round <= ROUNDS; round++) {
    const data = await mkdtemp(path.join(os.tmpdir(), "headwater-bench-"));
    try {
      ours.push(await headwater(["import", file, "--data", data]));
    } finally {
      await rm(data, { recursive: true, force: true });
    }
    say(`round ${round}: ${told(ours.at(-1)!)} for ${count(folded.length)} posts`);
    if (missing !== null) continue;
    try {
      const { stages, wall } = await runPeer(DATASKETCH, { task: "queries", documents: folded });
      const cpuSeconds = stages.signature! + stages.index!;
      theirs.push({ seconds: wall!, cpuSeconds, peakMb: null, out: "" });
      say(`round ${round}: datasketch ${told(theirs.at(-1)!)}`);
    } catch (error) {
      if (!(error instanceof PeerMissing)) throw error;
      missing = error.message;
    }
  }
  const [one, other] = [medians(ours), medians(theirs)];
  const peak = Math.max(...ours.map(({ peakMb }) => peakMb ?? 0));
  const row = (name: string, { seconds, cpu }: Medians) => [
    name,
    seconds.toFixed(1),
    ratio(seconds, other?.seconds ?? null),
    cpu.toFixed(1),
    ratio(cpu, other?.cpu ?? null),
    count(folded.length / seconds),
  ];
  return [
    `${count(folded.length)} tweets: \`headwater import\` from start to end (reading, storing, search index, languages, keys, links, traces), and datasketch signing and adding the folded texts to its LSH index. ` +
      `Medians of ${ROUNDS} interleaved rounds. Time on the wall tells only on a machine with nothing else to do.`,
    "",
    table(
      [
        "",
        "on the wall s",
        "× datasketch's",
        "processor s",
        "× datasketch's",
        "posts/s",
        "peak MB",
        "kB a post",
      ],
      [
        [...row("headwater import", one!), count(peak), ((peak * 1024) / folded.length).toFixed(1)],
        ...(other === null ? [] : [[...row("datasketch, index only", other), "–", "–"]]),
      ],
    ),
    ...(missing === null ? [] : ["", `${missing}.`]),
  ].join("\n");
}

interface Medians {
  readonly seconds: number;
  readonly cpu: number;
}

function medians(outcomes: readonly Outcome[]): Medians | null {
  if (outcomes.length === 0) return null;
  return {
    seconds: median(outcomes.map(({ seconds }) => seconds)),
    cpu: median(outcomes.map(({ seconds, cpuSeconds }) => cpuSeconds ?? seconds)),
  };
}

function told({ seconds, cpuSeconds }: Outcome): string {
  return `${seconds.toFixed(1)} s on the wall, ${(cpuSeconds ?? seconds).toFixed(1)} s of processor time`;
}
