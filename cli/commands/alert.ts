import { userInfo } from "node:os";
import { Argument, type Command } from "commander";
import type { Config } from "../../config/schema.ts";
import type { Alert, AlertState } from "../../contracts/alert.ts";
import { UsageError } from "../../contracts/errors.ts";
import type { Query } from "../../contracts/query.ts";
import type { Store } from "../../contracts/store.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { countOption } from "../options.ts";
import { action, type Session } from "../session.ts";

const DECISIONS: Readonly<Record<string, AlertState>> = {
  ack: "acknowledged",
  close: "closed",
  reopen: "open",
};

export function defineAlert(program: Command): void {
  const alert = program
    .command("alert")
    .summary("what the rules raised: list, show, acknowledge, close; and test the rules")
    .description(
      "Alerts are raised by the rules of the config where stories are traced. Each has one id for its rule and story: a story that grows changes its alert and makes no other. Decisions carry a name and a time and outrank the machine.",
    )
    .addHelpText(
      "after",
      examples([
        ["headwater alert list", "open and acknowledged alerts that hold, the newest first"],
        ["headwater alert show a-3f9a", "one of them, with its history and where it was told"],
        ["headwater alert ack a-3f9a --by 'M. Tremblay'", "somebody looks after it"],
        ["headwater alert close a-3f9a --note 'a satire page'", "it is told no more, however it grows"],
        ["headwater alert test", "run every rule's tests; exit code 1 when one fails"],
      ]),
    );
  alert
    .command("list")
    .description("Lists alerts that hold and are not closed; with --all, every one.")
    .option("-a, --all", "closed ones and those not borne out any more, too")
    .option("-w, --where <query>", "only what a search finds, e.g. 'severity:high rule:*'")
    .option("-n, --limit <n>", "show at most so many", countOption, 30)
    .action(action(list));
  alert
    .command("show")
    .description(
      "Shows an alert: what, since when, who, how sure, what is not known, its history, and where it was told.",
    )
    .argument("<id>", "its id, or the beginning of it")
    .option("--names", "show private accounts by name instead of by pseudonym")
    .action(action(show));
  for (const [name, state] of Object.entries(DECISIONS)) {
    alert
      .command(name)
      .description(DESCRIPTIONS[state])
      .addArgument(new Argument("<id>", "its id, or the beginning of it"))
      .option("--by <name>", "whose decision it is (default: the user of this machine)")
      .option("--note <text>", "why")
      .action(action((session: Session, id: string, given: Given) => decide(session, state, id, given)));
  }
  alert
    .command("resend")
    .description("Queues again what a channel refused, after what was wrong with it has been mended.")
    .action(action(resend));
  alert
    .command("test")
    .description(
      "Runs the tests of the named rules, or of all: their posts are linked and traced as in earnest.",
    )
    .argument("[rule...]", "names of rules in the config")
    .action(action(test));
}

const DESCRIPTIONS: Readonly<Record<AlertState, string>> = {
  acknowledged: "Says that somebody looks after an alert.",
  closed: "Closes an alert: it is told no more.",
  open: "Takes an acknowledgement or a closing back.",
};

interface Given {
  readonly by?: string;
  readonly note?: string;
}

async function list(
  session: Session,
  { all = false, where, limit }: { all?: boolean; where?: string; limit: number },
): Promise<number> {
  const { parseQuery } = await import("../../text/query.ts");
  const asked = parseQuery(where ?? "");
  const query: Query = all ? asked : { kind: "and", parts: [asked, parseQuery("holds:true -state:closed")] };
  const store = await session.storeIfThere();
  try {
    const found: Alert[] = [];
    if (store !== null) for await (const alert of store.find("alerts", query)) found.push(alert);
    const newest = found.toReversed().slice(0, limit);
    if (session.options.json) await session.out.jsonLines(newest);
    else if (newest.length > 0) {
      const config = await session.config();
      const [{ table }, { alertTitle }] = await Promise.all([
        import("../../reports/terminal.ts"),
        import("../../reports/alert.ts"),
      ]);
      const rows = newest.map((alert) => [
        alert.id,
        alert.holds ? alert.state : "withdrawn",
        alert.severity,
        alert.raised_at.slice(0, 16).replace("T", " "),
        alert.rule,
        alertTitle(alert, config.alerts.lang),
      ]);
      await session.out.lines(
        table(
          [["alert", "state", "severity", "raised (UTC)", "rule", "what"], ...rows],
          [18, 12, 8, 16, 24, 60],
        ),
      );
    }
    if (found.length === 0) session.log.info("no alerts");
    else if (found.length > newest.length)
      session.log.info(`${newest.length} of ${found.length} alerts; --limit shows more`);
    return EXIT.ok;
  } finally {
    await store?.close();
  }
}

async function show(session: Session, id: string, { names = false }: { names?: boolean }): Promise<number> {
  const config = await session.config();
  const store = await session.store();
  try {
    const alert = await alertNamed(store, id);
    const deliveries = [];
    // A story that got another name carries on under the same thread.
    const query: Query = { kind: "text", field: "alert", value: alert.id, prefix: false };
    for await (const delivery of store.find("deliveries", query)) deliveries.push(delivery);
    if (session.options.json) {
      await session.out.json({ ...alert, deliveries });
      return EXIT.ok;
    }
    const [{ alertContextOf, alertText }, { plainLines }] = await Promise.all([
      import("../../reports/alert.ts"),
      import("../../notifiers/layout.ts"),
    ]);
    const posts = new Map((await store.getPosts(alert.items)).map((stored) => [stored.post.id, stored]));
    const text = alertText(alert, alertContextOf(config, posts, names));
    await session.out.lines([
      ...plainLines(text),
      "",
      ...historyLines(alert),
      ...deliveries.map(
        ({ channel, mode, state, attempts, error, sent_at, due_at }) =>
          `${sent_at ?? due_at}  ${channel}: ${state}${mode === "digest" ? " in a digest" : ""}${attempts > 1 ? `, ${attempts} attempts` : ""}${error === null ? "" : `: ${error}`}`,
      ),
      "",
      ...(alert.story === null ? [] : [`npx headwater trace ${alert.story}`]),
    ]);
    return EXIT.ok;
  } finally {
    await store.close();
  }
}

function historyLines({ events, judgements }: Alert): readonly string[] {
  return [
    ...events.map(({ at, what, size, alert }) => ({
      at,
      told: `${what}${alert === undefined ? "" : ` ${alert}`}, size ${size}`,
    })),
    ...judgements.map(({ at, by, state, note }) => ({
      at,
      told: `${state} by ${by}${note === null ? "" : `: ${note}`}`,
    })),
  ]
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ at, told }) => `${at}  ${told}`);
}

async function decide(
  session: Session,
  state: AlertState,
  id: string,
  { by = userInfo().username, note }: Given,
): Promise<number> {
  const store = await session.storeBeside();
  try {
    const alert = await alertNamed(store, id);
    const judgement = { at: new Date().toISOString(), by, state, note: note ?? null };
    await store.judgeAlert(alert.id, judgement);
    if (session.options.json) await session.out.json({ id: alert.id, ...judgement });
    else await session.out.line(`${alert.id} is ${state} by ${by}`);
    return EXIT.ok;
  } finally {
    await store.close();
  }
}

async function resend(session: Session): Promise<number> {
  const store = await session.storeBeside();
  try {
    const failed: string[] = [];
    const query: Query = { kind: "text", field: "state", value: "failed", prefix: false };
    for await (const { key } of store.find("deliveries", query)) failed.push(key);
    const current = (await store.getDeliveries(failed)).filter(({ state }) => state === "failed");
    const due_at = new Date().toISOString();
    await store.saveDeliveries(current.map((delivery) => ({ ...delivery, state: "waiting", due_at })));
    session.log.info(
      `${current.length} queued again; a running Headwater sends them, or the next \`headwater up\``,
    );
    return EXIT.ok;
  } finally {
    await store.close();
  }
}

async function test(session: Session, names: readonly string[]): Promise<number> {
  const config = await session.checkedConfig();
  checkNames(config, names);
  const { testRules } = await import("../../pipelines/rule-tests.ts");
  const tests = await testRules(config, names);
  const failed = tests.filter(({ passed }) => !passed);
  if (session.options.json) await session.out.jsonLines(tests);
  else {
    await session.out.lines(failed.map(({ rule, test: name, problem }) => `${rule}: ${name}: ${problem}`));
  }
  session.log.info(`${tests.length} tests of rules, ${failed.length} failed`);
  return failed.length === 0 ? EXIT.ok : EXIT.failure;
}

function checkNames({ alerts: { rules } }: Config, names: readonly string[]): void {
  const known = rules.map(({ name }) => name);
  const missing = names.filter((name) => !known.includes(name));
  if (missing.length === 0) return;
  const are = known.length === 0 ? "the config has none" : `known are ${known.join(", ")}`;
  throw new UsageError(`no rule is called ${missing.join(", ")}; ${are}`);
}

async function alertNamed(store: Store, begun: string): Promise<Alert> {
  const [exact] = await store.getAlerts([begun]);
  if (exact !== undefined) return exact;
  const found: Alert[] = [];
  const query: Query = { kind: "text", field: "id", value: begun, prefix: true };
  for await (const alert of store.find("alerts", query, { limit: 10 })) found.push(alert);
  if (found.length === 1) return found[0]!;
  if (found.length === 0)
    throw new UsageError(
      `there is no alert ${begun}; \`headwater alert list --all\` lists them`,
      EXIT.noInput,
    );
  throw new UsageError(
    `several alerts begin with ${begun}: ${found.map(({ id }) => id).join(", ")}; write more of the id`,
  );
}
