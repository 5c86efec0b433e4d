/** A worker of a fault run: `headwater work` with the store that the run gives it. Its one argument is JSON. */
import { writeSync } from "node:fs";
import { configSchema } from "../../config/schema.ts";
import type { Log } from "../../contracts/log.ts";
import type { Role } from "../../pipelines/runner.ts";
import { openElasticsearchStore } from "../../stores/elasticsearch/index.ts";
import type { ElasticsearchOptions } from "../../stores/elasticsearch/options.ts";
import { runRoles } from "../../workers/roles.ts";

export interface WorkerArgument {
  readonly role: Role;
  readonly config: unknown;
  readonly elasticsearch: ElasticsearchOptions;
  readonly health: string;
}

const given = JSON.parse(process.argv[2]!) as WorkerArgument;
const say = (level: string) => (sentence: string) => {
  writeSync(2, `${given.role} ${process.pid} ${level}: ${sentence}\n`);
};
const log: Log = { info: say("info"), warn: say("warn"), error: say("error"), progress() {} };
const stopping = new AbortController();
process.on("SIGTERM", () => stopping.abort());

try {
  const store = await openElasticsearchStore(given.elasticsearch);
  const config = configSchema.parse(given.config);
  const { signal } = stopping;
  await runRoles(config, { roles: [given.role], log, signal, health: given.health, store });
  process.exit(0);
} catch (error) {
  say("ended")(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  process.exit(1);
}
