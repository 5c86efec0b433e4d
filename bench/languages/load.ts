/** Run by itself in a fresh process: what the language models cost in time and memory, as one line of JSON. */
import { existsSync, readFileSync } from "node:fs";
import { detectLanguage, loadLanguageModels } from "../../analyzers/language/index.ts";

const MB = 1_000_000;
const TEXTS = 20_000;

const before = process.memoryUsage.rss();
const start = performance.now();
await loadLanguageModels();
const milliseconds = performance.now() - start;
const loaded = process.memoryUsage.rss() - before;
for (let i = 0; i < TEXTS; i++) detectLanguage(`A post about number ${i}, und noch einer dazu, и ещё один`);
console.log(
  JSON.stringify({
    milliseconds,
    loaded: loaded / MB,
    used: (process.memoryUsage.rss() - before) / MB,
    peak: peak() / MB,
  }),
);

/** The most memory this process ever held. `resourceUsage` counts the parent's too, from before the program was loaded. */
function peak(): number {
  const status = "/proc/self/status";
  if (!existsSync(status)) return process.resourceUsage().maxRSS * 1024;
  return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync(status, "utf8"))![1]) * 1024;
}
