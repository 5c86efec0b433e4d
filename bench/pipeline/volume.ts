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
  const theirs: number[] = [];
  let missing: string | null = null;
  for (let round = 1; round <= ROUNDS; round++) {
    const data = await mkdtemp(path.join(os.tmpdir(), "headwater-bench-"));
    try {
      ours.push(await headwater(["import", file, "--data", data]));
    } finally {
      await rm(data, { recursive: true, force: true });
    }
    const { seconds: wall, cpuSeconds } = ours.at(-1)!;
    say(
      `round ${round}: ${(cpuSeconds ?? wall).toFixed(1)} s of processor time (${wall.toFixed(0)} s on the wall) for ${count(folded.length)} posts`,
    );
    if (missing !== null) continue;
    try {
      const { stages } = await runPeer(DATASKETCH, { task: "queries", documents: folded });
      theirs.push(stages.signature! + stages.index!);
      say(`round ${round}: datasketch ${theirs.at(-1)!.toFixed(1)} s`);
    } catch (error) {
      if (!(error instanceof PeerMissing)) throw error;
      missing = error.message;
    }
  }
  const seconds = median(ours.map((outcome) => outcome.seconds));
  // The peers tell processor time; ours is compared by the same, where the system tells it.
  const cpu = median(ours.map((outcome) => outcome.cpuSeconds ?? outcome.seconds));
  const peer = theirs.length === 0 ? null : median(theirs);
  const peak = Math.max(...ours.map(({ peakMb }) => peakMb ?? 0));
  return [
    `${count(folded.length)} tweets: \`headwater import\` from start to end (reading, storing, search index, languages, keys, links, traces), and datasketch signing and adding the folded texts to its LSH index. ` +
      `Medians of ${ROUNDS} interleaved rounds.`,
    "",
    table(
      ["", "processor s", "posts/s", "× datasketch's time", "on the wall s", "peak MB", "kB a post"],
      [
        [
          "headwater import",
          cpu.toFixed(1),
          count(folded.length / cpu),
          ratio(cpu, peer),
          seconds.toFixed(1),
          count(peak),
          ((peak * 1024) / folded.length).toFixed(1),
        ],
        ...(peer === null
          ? []
          : [
              ["datasketch, index only", peer.toFixed(1), count(folded.length / peer), "1.00", "–", "–", "–"],
            ]),
      ],
    ),
    ...(missing === null ? [] : ["", `${missing}.`]),
  ].join("\n");
}
