import { growth } from "./growth.ts";
import { realVolume } from "./volume.ts";

/** The largest size of the default run; a million takes a while and is asked for with `--sample 1000000`. */
const LARGEST = 100_000;

/** Everything from file to trace, at real volume, against what a peer takes for its index alone. */
export async function pipeline(
  dataDir: string,
  _options: { readonly sample?: number },
  say: (line: string) => void,
): Promise<string> {
  return `### A month of real posts (ira-coordination)\n\n${await realVolume(dataDir, say)}`;
}

/** How time and memory grow with the posts. */
export async function pipelineGrowth(
  dataDir: string,
  options: { readonly sample?: number },
  say: (line: string) => void,
): Promise<string> {
  return growth(dataDir, options.sample ?? LARGEST, say);
}
