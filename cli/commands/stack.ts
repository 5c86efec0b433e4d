import { existsSync, readFileSync } from "node:fs";
import type { Command } from "commander";
import { UsageError } from "../../contracts/errors.ts";
import type { JsonService } from "../../http/json-service.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { countOption } from "../options.ts";
import { action, type Session } from "../session.ts";

/** Where docker-compose.yml mounts the secrets. */
const SECRETS = "/secrets";
/** Elasticsearch in the compose network. */
const ELASTICSEARCH = "https://elasticsearch:9200";

export function defineStack(program: Command): void {
  const stack = program
    .command("stack")
    .summary("set up, back up and restore the servers of the compose file")
    .description(
      "What the one-off containers of docker-compose.yml run, and what an operator runs in them. docs/operations.md tells when.",
    )
    .addHelpText(
      "after",
      examples([
        ["docker compose run --rm setup stack password analyst", "the password of Kibana's analyst account"],
        ["docker compose run --rm setup stack backup", "a snapshot now; one is taken every night anyway"],
        ["docker compose run --rm setup stack backups", "the snapshots there are"],
      ]),
    );
  const withSecrets = (command: Command) =>
    command.option("--secrets <dir>", "folder of the stack's secrets", SECRETS);
  const withElasticsearch = (command: Command) =>
    withSecrets(command).option("--elasticsearch <url>", "where Elasticsearch answers", ELASTICSEARCH);

  withSecrets(stack.command("secrets"))
    .description(
      "Makes certificates, passwords and keys that are not there yet, and renews what is about to end.",
    )
    .action(action(secrets));
  withElasticsearch(stack.command("setup"))
    .description(
      "Makes accounts, API keys, retention and snapshots in Elasticsearch. May be run at any time.",
    )
    .option("--keep-posts <days>", "days that a month can be searched, or `forever`", daysOption, FOREVER)
    .option("--keep-snapshots <days>", "days that a nightly snapshot is kept", countOption, 30)
    .action(action(setup));
  withSecrets(stack.command("password"))
    .description(
      "Prints a password: of `analyst` (Kibana), `elastic` (everything), `board` (the queue's pages) or `explorer` (its pages).",
    )
    .argument("<account>")
    .action(action(password));
  withElasticsearch(stack.command("backup"))
    .description("Takes a snapshot of all indices and of Kibana, and waits for it.")
    .argument("[name]", "lower case; the time when left out")
    .action(action(backup));
  withElasticsearch(stack.command("backups"))
    .description("Lists the snapshots, oldest first.")
    .action(action(backups));
  withElasticsearch(stack.command("restore"))
    .description(
      "Puts the indices of a snapshot in the place of those that are there. Stop the workers first; docs/operations.md has the steps.",
    )
    .argument("<name>")
    .action(action(restore));
}

const FOREVER = "forever";

function daysOption(written: string): number | typeof FOREVER {
  return written === FOREVER ? FOREVER : countOption(written);
}

interface Place {
  readonly secrets: string;
}
interface Reached extends Place {
  readonly elasticsearch: string;
}

async function secrets({ log }: Session, { secrets: root }: Place): Promise<number> {
  const { makeSecrets } = await import("../../stack/secrets.ts");
  const made = await makeSecrets(root);
  log.info(made.length === 0 ? `Everything is in ${root} already.` : `Made in ${root}: ${made.join(", ")}.`);
  return EXIT.ok;
}

async function setup(
  { log }: Session,
  given: Reached & { readonly keepPosts: number | typeof FOREVER; readonly keepSnapshots: number },
): Promise<number> {
  const { setUpStack } = await import("../../stack/setup.ts");
  await setUpStack({
    url: given.elasticsearch,
    secrets: given.secrets,
    posts_days: given.keepPosts === FOREVER ? null : given.keepPosts,
    snapshots_days: given.keepSnapshots,
    say: (sentence) => log.info(sentence),
  });
  return EXIT.ok;
}

async function password({ out }: Session, account: string, { secrets: root }: Place): Promise<number> {
  const { places } = await import("../../stack/places.ts");
  const at = places(root);
  const files: Readonly<Record<string, string>> = {
    analyst: at.analystPassword,
    elastic: at.elasticPassword[1]!,
    board: at.boardPassword,
    explorer: at.explorerPassword,
  };
  const file = Object.hasOwn(files, account) ? files[account]! : null;
  if (file === null) {
    throw new UsageError(`There is no account "${account}"; known are ${Object.keys(files).join(", ")}.`);
  }
  await out.line(readSecret(file));
  return EXIT.ok;
}

async function backup({ out }: Session, name: string | undefined, given: Reached): Promise<number> {
  const { snapshotName, takeSnapshot } = await import("../../stack/snapshots.ts");
  const taken = await takeSnapshot(await asElastic(given), name ?? snapshotName("headwater", new Date()));
  await out.line(`${taken.snapshot}: ${taken.indices.length} indices`);
  return EXIT.ok;
}

async function backups({ out, options }: Session, given: Reached): Promise<number> {
  const { listSnapshots } = await import("../../stack/snapshots.ts");
  const snapshots = await listSnapshots(await asElastic(given));
  if (options.json) await out.json(snapshots);
  else {
    await out.lines(
      snapshots.map(
        ({ snapshot, state, start_time, indices }) =>
          `${snapshot}  ${start_time}  ${state}  ${indices.length} indices`,
      ),
    );
  }
  return EXIT.ok;
}

async function restore({ out, log }: Session, name: string, given: Reached): Promise<number> {
  const { restoreSnapshot } = await import("../../stack/snapshots.ts");
  const { indices, before } = await restoreSnapshot(await asElastic(given), name, () => new Date());
  if (before !== null) log.info(`What was there before is in the snapshot ${before}.`);
  await out.line(`${name}: ${indices.length} indices restored`);
  return EXIT.ok;
}

async function asElastic({ elasticsearch, secrets: root }: Reached): Promise<JsonService> {
  const [{ basic, jsonService }, { places }] = await Promise.all([
    import("../../http/json-service.ts"),
    import("../../stack/places.ts"),
  ]);
  const at = places(root);
  return jsonService({
    url: elasticsearch,
    ca: at.authority.certificate,
    authorization: basic("elastic", readSecret(at.elasticPassword[1]!)),
  });
}

function readSecret(file: string): string {
  if (!existsSync(file)) {
    throw new UsageError(
      `${file} is not there; this runs in the set-up container: docker compose run --rm setup …`,
    );
  }
  return readFileSync(file, "utf8").trim();
}
