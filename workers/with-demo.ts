import type { Config } from "../config/schema.ts";
import { startDemo } from "../demo/server.ts";

/** Serves the demo case's small web where the config asks for it, while the work lasts. */
export async function withDemo<T>(config: Config, work: (config: Config) => Promise<T>): Promise<T> {
  if (!config.demo) return work(config);
  const demo = await startDemo();
  try {
    const hosts = { ...config.http.hosts, ...demo.hosts };
    return await work({ ...config, http: { ...config.http, hosts } });
  } finally {
    await demo.close();
  }
}
