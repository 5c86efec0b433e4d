import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import type { Installation, Stage } from "./stage.ts";

/**
 * Elasticsearch on the last core and everything else on the others, as where it has a machine of its own; the returned
 * function lets all run anywhere again. By `taskset` (util-linux), for processes that run already.
 */
export async function apart(stage: Stage, { workers }: Installation): Promise<() => void> {
  const last = cpus().length - 1;
  if (last < 1) throw new Error("one core cannot be shared out: this bench needs two");
  const { nodes } = await stage.elasticsearch.ask((client) => client.nodes.info({ metric: ["process"] }));
  const servers = Object.values(nodes).map((node) => (node.process as unknown as { readonly id: number }).id);
  const redis = Number(/process_id:(\d+)/.exec(await stage.redis.info("server"))![1]);
  const others = [process.pid, redis, ...workers.map(({ pid }) => pid)];
  runOn(servers, `${last}`);
  runOn(others, `0-${last - 1}`);
  return () => runOn([...servers, ...others], `0-${last}`);
}

function runOn(pids: readonly number[], cores: string): void {
  for (const pid of pids) execFileSync("taskset", ["-a", "-p", "-c", cores, String(pid)], { stdio: "pipe" });
}
