import { simulatedCascades } from "./cascades.ts";
import { iraOrigins } from "./ira.ts";
import { weiboTrees } from "./weibo.ts";

/** Stories a simulated scenario: about 5,000 posts, so that a percent is more than chance. */
const STORIES = 300;

/** Origins: named accounts, the platform's own trees, and cascades whose truth is known because they were made. */
export async function origins(
  dataDir: string,
  options: { readonly sample?: number },
  say: (line: string) => void,
): Promise<string> {
  const sections = [
    ["Retweets without their marker (ira-origins)", await iraOrigins(dataDir, say)],
    ["Trees of reposts (weibo-cascades)", await weiboTrees(dataDir, say)],
    ["Simulated cascades", await simulatedCascades(options.sample ?? STORIES, "2021", say)],
  ];
  return sections.map(([title, body]) => `### ${title}\n\n${body}`).join("\n\n");
}
