import { growth } from "./growth.ts";
import { realVolume } from "./volume.ts";

/** The largest size of the default run; a million takes a while and is asked for with `--sample 1000000`. */
const LARGEST = 100_000;

/** Pipeline: everything from file to trace, at real volume and as volume grows. */
export async function pipeline(
  dataDir: string,
  options: { readonly sample?: number },
  say: (line: string) => void,
): Promise<string> {
  const sections = [
    ["A month of real posts (ira-coordination)", await realVolume(dataDir, say)],
    ["Growth", await growth(dataDir, options.sample ?? LARGEST, say)],
  ];
  return sections.map(([title, body]) => `### ${title}\n\n${body}`).join("\n\n");
}
