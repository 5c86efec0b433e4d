// A thread that reads posts and compares them while the one that asks keeps the index and the store.
import { parentPort, workerData } from "node:worker_threads";
import { actorIndex } from "../../analyzers/actors/index.ts";
import { watchIndex } from "../../analyzers/watches/index.ts";
import type { PostId } from "../../contracts/post.ts";
import { postsBeside } from "../../stores/sqlite/beside.ts";
import { createDesk, type Desk } from "./desk.ts";
import type { Answer, DeskConfig, Question } from "./threaded.ts";

const { actors, watches, copies, room, version, file } = workerData as DeskConfig;
const parts = { actorOf: actorIndex(actors), watchesOf: watchIndex(watches), copies, version };
// Reads what is missing here: to bring it over costs both threads more. What cannot be read here is asked for.
const beside = file === undefined ? {} : { beside: (ids: readonly PostId[]) => postsBeside(file, ids) };
const desk: Desk = createDesk(parts, room, beside);

parentPort!.on("message", async ({ number, ask, given }: Question) => {
  let answer: Answer;
  try {
    answer = { number, result: await (desk[ask] as (given: unknown) => Promise<unknown>)(given) };
  } catch (error) {
    answer = { number, error };
  }
  parentPort!.postMessage(answer);
});
