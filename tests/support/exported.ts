import { planOf } from "../../cli/export/plan.ts";
import { writeExport } from "../../cli/export/write.ts";
import type { Session } from "../../cli/session.ts";
import { configSchema } from "../../config/schema.ts";
import type { ExportKind } from "../../config/sharing.ts";
import type { Query } from "../../contracts/query.ts";
import type { Store } from "../../contracts/store.ts";
import { recorder } from "./alerts.ts";

export interface Exported {
  readonly text: string;
  /** What was told on standard error. */
  readonly said: readonly string[];
}

/** What `headwater export` writes, without a process. */
export async function exported(
  store: Store,
  config: object,
  { kind, format, profile, query = { kind: "all" } }: Wanted,
): Promise<Exported> {
  const checked = configSchema.parse(config);
  const log = recorder();
  let text = "";
  const out = {
    text: async (parts: AsyncIterable<string>) => {
      for await (const part of parts) text += part;
    },
  };
  const plan = planOf(checked.sharing, { kind, format, ...(profile === undefined ? {} : { profile }) });
  const session = { out, log } as unknown as Session;
  await writeExport(session, { store, config: checked, query, plan, where: null });
  return { text, said: log.said };
}

interface Wanted {
  readonly kind?: ExportKind | undefined;
  readonly format: string;
  readonly profile?: string;
  readonly query?: Query;
}
