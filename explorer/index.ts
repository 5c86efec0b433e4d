import { type Served, type ServeOptions, servePages } from "../http/serve.ts";
import { createExplorer } from "./app.ts";
import type { ExplorerParts } from "./parts.ts";

export interface ExplorerOptions extends ExplorerParts, Pick<ServeOptions, "host" | "port" | "certificate"> {
  /** For the account `explorer`; null lets in whoever reaches it, and is for this machine alone. */
  readonly password: string | null;
  readonly told: (error: Error, path: string) => void;
}

const USER = "explorer";

/** Serves the explorer: pages about what is stored, to look only. */
export function serveExplorer(options: ExplorerOptions): Promise<Served> {
  const { store, config, names, password, told, ...where } = options;
  return servePages({
    ...where,
    login: password === null ? null : { user: USER, password },
    well: async () => (await store.count("runs", { kind: "all" })) >= 0,
    answer: createExplorer({ store, config, names }, told),
  });
}
