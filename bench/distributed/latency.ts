import { count, table } from "../copies/tables.ts";
import { startFlow, watchProbes } from "./flow.ts";
import { percentile } from "./meters.ts";
import type { Stage } from "./stage.ts";

const SECONDS = 60;

/** How long a post takes from being collected to being found, to its story, and to an alert in a channel. */
export async function latency(
  stage: Stage,
  texts: readonly string[],
  rate: number,
  say: (line: string) => void,
): Promise<string> {
  const flow = await startFlow(stage, "latency", texts, { rate, seconds: SECONDS });
  try {
    const { searchable, explained, raised, told, probes } = await watchProbes(stage, flow, flow.brought);
    const row = (name: string, values: readonly number[]) => [
      name,
      String(values.length),
      ...[0.5, 0.95, 0.99].map((of) => (percentile(values, of) / 1000).toFixed(2)),
    ];
    say(`searchable after ${(percentile(searchable, 0.95) / 1000).toFixed(2)} s (p95)`);
    return [
      `${count(rate)} posts a second (half of what two workers reach above) for ${SECONDS} s, a page each second; ${probes} of the posts are probes: copies of an outlet's article, that a rule watches for. ` +
        "Seconds from the moment a page was read. After a few alerts in a row a channel is sent a digest, so few are sent by themselves.",
      "",
      table(
        ["from collected to", "probes", "p50", "p95", "p99"],
        [
          row("found by a search (bar: p95 ≤ 5 s)", searchable),
          row("its story, found by a search", explained),
          row("alert raised", raised),
          row("alert sent, by itself", told),
        ],
      ),
    ].join("\n");
  } finally {
    flow.feeder.kill("SIGKILL");
    await flow.installation.remove();
  }
}
