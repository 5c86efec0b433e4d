// A thread that reads posts and compares them while the one that asks keeps the index and the store.
import { parentPort, workerData } from "node:worker_threads";
import { actorIndex } from "../../analyzers/actors/index.ts";
import { watchIndex } from "../../analyzers/watches/index.ts";
import { postsBeside } from "../../stores/sqlite/beside.ts";
import { type ComparedOrMissing, type Comparison, createDesk, type Desk } from "./desk.ts";
import type { Answer, DeskConfig, Question } from "./threaded.ts";

const { actors, watches, copies, version, file } = workerData as DeskConfig;
const own = createDesk({ actorOf: actorIndex(actors), watchesOf: watchIndex(watches), copies, version });
const desk: Desk = file === undefined ? own : { ...own, compare: (asked) => compareStored(asked, file) };

/** Reads what is missing here: to bring it over costs both threads more. What cannot be read here is asked for. */
async function compareStored(asked: Comparison, from: string): Promise<ComparedOrMissing> {
  const answer = await own.compare(asked);
  if (!("missing" in answer)) return answer;
  try {
    const posts = postsBeside(from, answer.missing);
    const found = new Set(posts.map(({ post }) => post.id));
    return await own.compare({ ...asked, posts, absent: answer.missing.filter((id) => !found.has(id)) });
  } catch {
    return answer;
  }
}

parentPort!.on("message", async ({ number, ask, given }: Question) => {
  let answer: Answer;
  try {
    answer = { number, result: await (desk[ask] as (given: unknown) => Promise<unknown>)(given) };
  } catch (error) {
    answer = { number, error };
  }
  parentPort!.postMessage(answer);
});
