// A thread that tells languages while the one that asks compares and stores. It answers texts with findings, in order.
import { parentPort } from "node:worker_threads";
import { detectLanguage, loadLanguageModels } from "../../analyzers/language/index.ts";

const loaded = loadLanguageModels();

parentPort!.on("message", async (texts: readonly string[]) => {
  await loaded;
  parentPort!.postMessage(texts.map(detectLanguage));
});
