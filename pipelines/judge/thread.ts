// A thread that reads posts and compares them while the one that asks keeps the index and the store.
import { parentPort, workerData } from "node:worker_threads";
import { actorIndex } from "../../analyzers/actors/index.ts";
import { watchIndex } from "../../analyzers/watches/index.ts";
import { createDesk } from "./desk.ts";
import type { Answer, DeskConfig, Question } from "./threaded.ts";

const { actors, watches, copies, version } = workerData as DeskConfig;
const desk = createDesk({ actorOf: actorIndex(actors), watchesOf: watchIndex(watches), copies, version });

parentPort!.on("message", async ({ number, ask, given }: Question) => {
  let answer: Answer;
  try {
    answer = { number, result: await (desk[ask] as (given: unknown) => Promise<unknown>)(given) };
  } catch (error) {
    answer = { number, error };
  }
  parentPort!.postMessage(answer);
});
