import { CHINESE, sampleTexts, TWEETS } from "../copies/corpus.ts";
import { latency } from "./latency.ts";
import { keysInRedis } from "./memory.ts";
import { soak } from "./soak.ts";
import { openStage } from "./stage.ts";
import { throughput } from "./throughput.ts";

/** Enough that a run takes longer than its start, few enough that three runs fit into some minutes. */
const POSTS = 20_000;
const TEXTS = 20_000;
/** A soak looks for what grows, not for how fast it goes: a rate that leaves the machine to others as well. */
const SOAK_POSTS_A_SECOND = 20;

function textsOf(dataDir: string): readonly string[] {
  const choice = { count: TEXTS, least: 20, seed: "distributed" };
  return [
    ...sampleTexts(dataDir, TWEETS, choice),
    ...sampleTexts(dataDir, CHINESE, { ...choice, count: TEXTS / 4 }),
  ].map(({ text }) => text);
}

/** What the construction of many processes does a second, how late it is, and what its parts cost with nothing to do. */
export async function distributed(
  dataDir: string,
  options: { readonly sample?: number },
  say: (line: string) => void,
): Promise<string> {
  const texts = textsOf(dataDir);
  if (texts.length === 0) return "No set of posts was found, so this was not measured.";
  const stage = await openStage();
  try {
    const { text, rate } = await throughput(stage, texts, options.sample ?? POSTS, say);
    const late = await latency(stage, texts, Math.max(1, Math.floor(rate / 2)), say);
    return `### Throughput\n\n${text}\n\n### Latency under half load\n\n${late}`;
  } finally {
    await stage.close();
  }
}

/** How much memory the hot keys take. */
export async function distributedKeys(
  dataDir: string,
  options: { readonly sample?: number },
  say: (line: string) => void,
): Promise<string> {
  const texts = textsOf(dataDir);
  if (texts.length === 0) return "No set of posts was found, so this was not measured.";
  return keysInRedis(texts, options.sample, say);
}

/** Half an hour, or as long as `--soak` says. */
export async function distributedSoak(
  dataDir: string,
  { soak: seconds = 1_800 }: { readonly soak?: number },
  say: (line: string) => void,
): Promise<string> {
  const texts = textsOf(dataDir);
  if (texts.length === 0) return "No set of posts was found, so this was not measured.";
  const stage = await openStage();
  try {
    return await soak(stage, texts, { rate: SOAK_POSTS_A_SECOND, seconds }, say);
  } finally {
    await stage.close();
  }
}
