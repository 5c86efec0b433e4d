import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { UsageError } from "../../contracts/errors.ts";
import { counted } from "../../reports/words.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { action, type Session } from "../session.ts";

export function defineKibana(program: Command): void {
  const kibana = program
    .command("kibana")
    .summary("bring data views and dashboards to Kibana")
    .description(
      "Works with a Kibana that looks at Headwater's indexes in Elasticsearch (docs/operations.md).",
    );
  kibana
    .command("setup")
    .description(
      "Brings the data views and the dashboards (overview, story) to what this version of Headwater says. Each has a fixed id; what is the same is left alone, and what you have changed under those ids is put back: save your own under another name.",
    )
    .requiredOption("--kibana <url>", "where Kibana answers; with /s/SPACE for a space")
    .option("--api-key-file <file>", "file with an encoded API key")
    .option("--ca <file>", "certificate of the authority that signed Kibana's certificate")
    .option("--dry-run", "tell what would change, and change nothing; exit code 1 when something would")
    .addHelpText(
      "after",
      examples([
        ["docker compose run --rm dashboards", "what `docker compose up` does"],
        [
          "headwater kibana setup --kibana https://kibana.example:5601 --api-key-file key --dry-run",
          "look first",
        ],
      ]),
    )
    .action(action(setup));
}

interface Given {
  readonly kibana: string;
  readonly apiKeyFile?: string;
  readonly ca?: string;
  readonly dryRun?: boolean;
}

async function setup({ out, options }: Session, given: Given): Promise<number> {
  const [{ apiKey, jsonService }, { applyKibana, KIBANA_HEADERS }] = await Promise.all([
    import("../../http/json-service.ts"),
    import("../../kibana/apply.ts"),
  ]);
  const kibana = jsonService({
    url: given.kibana,
    ca: given.ca,
    authorization: given.apiKeyFile === undefined ? undefined : apiKey(secret(given.apiKeyFile)),
    headers: KIBANA_HEADERS,
  });
  const look = given.dryRun === true;
  const applied = await applyKibana(kibana, look ? "look" : "write");
  const other = applied.filter(({ state }) => state !== "same");
  if (options.json) await out.json(applied);
  else {
    await out.lines(
      applied.flatMap(({ what, state, differences }) => [
        `${state.padEnd(7)}  ${what}`,
        ...differences.map((line) => `           ${line}`),
      ]),
    );
    await out.line(
      other.length === 0
        ? "Kibana has everything as it should be."
        : `${counted(other.length, "object", "objects")} ${look ? "would be written" : "written"}.`,
    );
  }
  return look && other.length > 0 ? EXIT.failure : EXIT.ok;
}

function secret(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (cause) {
    throw new UsageError(`the API key cannot be read: ${(cause as Error).message}`, EXIT.noInput, { cause });
  }
}
