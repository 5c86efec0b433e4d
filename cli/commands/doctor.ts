import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import type { Config } from "../../config/schema.ts";
import type { Run } from "../../contracts/run.ts";
import { wrap } from "../../reports/terminal.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { redisFindings } from "../redis-findings.ts";
import { action, type Session } from "../session.ts";

export function defineDoctor(program: Command): void {
  program
    .command("doctor")
    .summary("check Node, config, data folder, store, Redis, sources and clock")
    .description(
      "Looks at everything Headwater needs and says what is wrong and what to do. It changes nothing.",
    )
    .addHelpText("after", examples([["headwater doctor", "exit code 1 when something is wrong"]]))
    .action(action(doctor));
}

interface Finding {
  readonly check: string;
  /** `note`: worth knowing, nothing is wrong. */
  readonly state: "ok" | "note" | "wrong";
  readonly sentence: string;
}

/** Below the first, a note; below the second nothing can be stored safely. */
const LITTLE_SPACE = 1e9;
const NO_SPACE = 1e8;

async function doctor(session: Session): Promise<number> {
  const findings: Finding[] = [nodeFinding()];
  const loaded = await session.load();
  const { allProblems } = await import("../problems.ts");
  const { problemLine } = await import("../../config/problem.ts");
  const problems = allProblems(loaded);
  findings.push(
    ...problems.map((problem) => ({
      check: "config",
      state: "wrong" as const,
      sentence: problemLine(loaded.path, problem),
    })),
    ...(problems.length === 0
      ? [{ check: "config", state: "ok" as const, sentence: `${loaded.path} has no problems` }]
      : []),
    ...(await environmentFindings(loaded.config)),
    ...folderFindings(loaded.config.data),
    ...(await channelFindings(loaded.config)),
    ...(await storeFindings(session, loaded.config)),
    ...(await redisFindings(loaded.config)).map((found) => ({ check: "redis", ...found })),
    clientFinding(loaded.config),
  );
  const wrong = findings.filter(({ state }) => state === "wrong").length;
  if (session.options.json) await session.out.json({ ok: wrong === 0, findings });
  else {
    const mark = { ok: "ok   ", note: "note ", wrong: "WRONG" };
    await session.out.lines(
      findings.flatMap(({ check, state, sentence }) =>
        wrap(sentence, { first: `${mark[state]}  ${check.padEnd(11)}  ` }),
      ),
    );
  }
  return wrong === 0 ? EXIT.ok : EXIT.failure;
}

function nodeFinding(): Finding {
  return { check: "node", state: "ok", sentence: `Node ${process.versions.node} at ${process.execPath}` };
}

/** A mistyped variable would otherwise be passed over in silence. */
async function environmentFindings(config: Config): Promise<readonly Finding[]> {
  const [{ environmentNames }, { nearest }] = await Promise.all([
    import("../../config/environment.ts"),
    import("../../text/nearest.ts"),
  ]);
  const known = [...environmentNames(), ...channelVariables(config)];
  return Object.keys(process.env)
    .filter((name) => name.startsWith("HEADWATER_") && !known.includes(name))
    .map((name) => ({
      check: "environment",
      state: "note",
      sentence: `${name} is set, but Headwater reads no such variable; did you mean ${nearest(name, known)}?`,
    }));
}

/** Variables that the config itself names for secrets of its channels. */
function channelVariables({ alerts }: Config): readonly string[] {
  return alerts.channels.flatMap((channel) =>
    Object.entries(channel).flatMap(([key, value]) =>
      key.endsWith("_env") && typeof value === "string" ? [value] : [],
    ),
  );
}

/** A secret that is missing comes to light when the first alert is to be told; better now. */
async function channelFindings(config: Config): Promise<readonly Finding[]> {
  const { channelMap, channelProblems } = await import("../../pipelines/alerts/channels.ts");
  const { readSecrets } = await import("../../pipelines/secrets.ts");
  if (channelProblems(config).length > 0) return [];
  return [...channelMap(config.alerts).values()].map((channel): Finding => {
    const check = "channel";
    try {
      readSecrets(channel.secrets, process.env);
      return {
        check,
        state: "ok",
        sentence: `${channel.name} (${channel.config.notifier}) has what it needs`,
      };
    } catch (error) {
      return { check, state: "wrong", sentence: `${channel.name}: ${(error as Error).message}` };
    }
  });
}

function folderFindings(folder: string): readonly Finding[] {
  let there = folder;
  while (!existsSync(there)) there = path.dirname(there);
  const findings: Finding[] = [];
  try {
    accessSync(there, constants.W_OK);
    const sentence =
      there === folder ? `${folder} can be written` : `${folder} is not there yet; it can be made`;
    findings.push({ check: "data folder", state: "ok", sentence });
  } catch {
    findings.push({
      check: "data folder",
      state: "wrong",
      sentence: `${there} cannot be written; change its permissions, or give --data another folder`,
    });
  }
  const { bavail, bsize } = statfsSync(there);
  const free = bavail * bsize;
  const state = free < NO_SPACE ? "wrong" : free < LITTLE_SPACE ? "note" : "ok";
  const advice = state === "ok" ? "" : "; free some before collecting more";
  findings.push({
    check: "disk",
    state,
    sentence: `${(free / 1e9).toFixed(1)} GB free at ${there}${advice}`,
  });
  return findings;
}

async function storeFindings(session: Session, config: Config): Promise<readonly Finding[]> {
  if (config.store === "sqlite" && !existsSync(path.join(config.data, "headwater.db"))) {
    return [
      {
        check: "store",
        state: "note",
        sentence: "nothing is stored yet; `headwater up --once` collects from the sources",
      },
      clockFinding([]),
    ];
  }
  try {
    const { openStore } = await import("../../pipelines/store.ts");
    const store = await openStore(config, { readOnly: true });
    try {
      const counts: string[] = [];
      for (const kind of ["posts", "links", "stories", "quarantine"] as const) {
        counts.push(
          `${await store.count(kind, { kind: "all" })} ${kind === "quarantine" ? "in quarantine" : kind}`,
        );
      }
      const runs: Run[] = [];
      for await (const run of store.find("runs", { kind: "all" })) runs.push(run);
      const refused = await store.count("deliveries", {
        kind: "text",
        field: "state",
        value: "failed",
        prefix: false,
      });
      return [
        { check: "store", state: "ok", sentence: counts.join(", ") },
        ...deliveryFindings(refused),
        ...sourceFindings(config, runs),
        clockFinding(runs),
      ];
    } finally {
      await store.close();
    }
  } catch (error) {
    session.log.info("the store could not be read");
    return [
      { check: "store", state: "wrong", sentence: error instanceof Error ? error.message : String(error) },
      clockFinding([]),
    ];
  }
}

function deliveryFindings(refused: number): readonly Finding[] {
  if (refused === 0) return [];
  const sentence = `${refused === 1 ? "an alert was" : `${refused} alerts were`} refused by a channel; \`headwater export deliveries --where state:failed\` says why, \`headwater alert resend\` tries again`;
  return [{ check: "alerts", state: "wrong", sentence }];
}

function sourceFindings(config: Config, runs: readonly Run[]): readonly Finding[] {
  return config.sources
    .filter(({ enabled }) => enabled)
    .map(({ name }) => {
      const own = runs
        .filter(({ source }) => source === name)
        .sort((a, b) => (a.started_at < b.started_at ? 1 : -1));
      const last = own[0];
      const check = "source";
      if (last === undefined) return { check, state: "note", sentence: `${name}: never crawled` };
      const told = `${name}: last crawl ${last.started_at} ${last.status}, ${last.seen} seen, ${last.buckets.rejected} rejected`;
      if (last.status !== "failed") return { check, state: "ok", sentence: told };
      return { check, state: "wrong", sentence: `${told}: ${last.problems.at(-1) ?? "no reason kept"}` };
    });
}

/** Times of collection and the order of posts rest on this clock. */
function clockFinding(runs: readonly Run[]): Finding {
  const now = new Date();
  const latest = runs
    .map(({ ended_at, started_at }) => ended_at ?? started_at)
    .sort()
    .at(-1);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (latest !== undefined && latest > now.toISOString()) {
    return {
      check: "clock",
      state: "wrong",
      sentence: `it says ${now.toISOString()}, but the last run ended ${latest}; set the clock`,
    };
  }
  return { check: "clock", state: "ok", sentence: `${now.toISOString()}, time zone ${zone}` };
}

function clientFinding({ http }: Config): Finding {
  if (http.contact !== null)
    return { check: "http", state: "ok", sentence: `asks as ${http.user_agent}, contact ${http.contact}` };
  return {
    check: "http",
    state: "note",
    sentence: `asks as ${http.user_agent}, without a contact; set http.contact (or HEADWATER_CONTACT), so that a site's owner can reach you`,
  };
}
