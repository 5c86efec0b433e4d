import { findingOf } from "../../analyzers/alerts/index.ts";
import type { Alert, AlertFinding } from "../../contracts/alert.ts";
import type { Query } from "../../contracts/query.ts";
import { readHealth } from "../health.ts";
import type { Parts } from "../parts.ts";
import { runsOf } from "./facts.ts";
import { saveFindings } from "./save.ts";

const KEPT_AS = "alerts/stale";
/** A source goes stale within hours: to read all runs every few seconds would tell nobody anything sooner. */
const ASK_EVERY_MS = 300_000;

/** Asks the rules that look at sources. Time alone can make a source stale, so this is asked now and then. */
export async function raiseStale(parts: Parts): Promise<void> {
  const { store, sources } = parts;
  const rules = parts.rules.filter(({ of }) => of.on === "source");
  if (rules.length === 0 || sources.size === 0) return;
  const asked = await store.cursors.read(KEPT_AS);
  const now = parts.now().getTime();
  if (typeof asked === "number" && asked <= now && now - asked < ASK_EVERY_MS) return;
  const asks = [...sources.values()].map(({ name, schedule, secrets }) => ({
    name,
    schedule,
    has_token: secrets.length > 0,
  }));
  const healths = await readHealth(store, asks, now);
  const findings: AlertFinding[] = [];
  for (const rule of rules) {
    if (rule.of.on !== "source") continue;
    for (const [source, { health, runs }] of healths) {
      const summary = runsOf(runs);
      if (summary === null) continue;
      const fired = rule.of.fire({ source, runs: summary, health, now }, rule.options);
      findings.push(...fired.map((each) => findingOf(rule, each)));
    }
  }
  const known: Alert[] = [];
  for (const { name } of rules) {
    const is = (field: string, value: string): Query => ({ kind: "text", field, value, prefix: false });
    const query: Query = { kind: "and", parts: [is("rule", name), is("holds", "true")] };
    for await (const alert of store.find("alerts", query)) {
      // What another start crawls is not for this one to withdraw.
      if (sources.has(alert.source ?? "")) known.push(alert);
    }
  }
  await saveFindings(parts, findings, known);
  await store.cursors.write(KEPT_AS, now);
}
