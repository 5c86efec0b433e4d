import type { Config } from "../../config/schema.ts";
import type { Query } from "../../contracts/query.ts";
import type { Store } from "../../contracts/store.ts";
import { veilOf } from "../../reports/interchange/veil.ts";
import type { Session } from "../session.ts";
import type { Plan } from "./plan.ts";
import { supplyOf } from "./supply.ts";

interface Export {
  readonly store: Store;
  readonly config: Config;
  readonly query: Query;
  readonly plan: Plan;
  /** The query as it was written. */
  readonly where: string | null;
}

/** Writes to standard output, and tells on standard error what was read and where each of it ended. */
export async function writeExport(
  { out, log }: Session,
  { store, config, query, plan: { kind, format, profile }, where }: Export,
): Promise<void> {
  const veil = await veilOf(store.find("posts", { kind: "all" }), {
    profile,
    shown: config.privacy.shown_accounts,
    key: config.sharing.pseudonym_key,
  });
  const read = kind === "accounts" ? "links" : kind;
  const total = await store.count(read, query);
  const left = new Map<string, number>();
  let written = 0;
  let done = 0;
  const progress = () => log.progress(`${kind} as ${format.name}`, ++done, total);
  const parts = format.write(kind, supplyOf(store, query, veil, profile), {
    marking: config.reports.marking,
    tlp: profile.tlp ?? config.reports.tlp,
    organisation: config.sharing.organisation,
    techniques: config.sharing.techniques,
    actors: new Map(config.actors.map((actor) => [actor.id, actor])),
    wrote: () => {
      written++;
      progress();
    },
    leftOut: (reason) => {
      left.set(reason, (left.get(reason) ?? 0) + 1);
      progress();
    },
  });
  await out.text(parts);
  if (total === 0) log.info(`no ${read}${where === null ? "" : ` match ${where}`}`);
  else {
    const ends = [
      `${written} written`,
      ...[...left].map(([reason, count]) => `${count} left out: ${reason}`),
    ];
    log.info(`${done} ${read} read = ${ends.join(" + ")}`, told(profile.name, veil.concealed));
  }
  if (done !== total) {
    log.warn(
      `there were ${total} ${read} when the export began: something changed while it was written; export again for one moment’s state`,
    );
  }
}

function told(profile: string, concealed: number): Readonly<Record<string, unknown>> {
  return { profile, ...(concealed === 0 ? {} : { "accounts by pseudonym": concealed }) };
}
