import { readFileSync } from "node:fs";
import { Command } from "commander";
import { defineAlert } from "./commands/alert.ts";
import { defineAnalyze } from "./commands/analyze.ts";
import { defineBoard } from "./commands/board.ts";
import { defineConfig } from "./commands/config.ts";
import { defineCrawl } from "./commands/crawl.ts";
import { defineDoctor } from "./commands/doctor.ts";
import { defineEvidence } from "./commands/evidence.ts";
import { defineExplore } from "./commands/explore.ts";
import { defineExport } from "./commands/export.ts";
import { defineHealth } from "./commands/health.ts";
import { defineImport } from "./commands/import.ts";
import { defineIndex } from "./commands/indexes.ts";
import { defineKeys } from "./commands/keys.ts";
import { defineKibana } from "./commands/kibana.ts";
import { defineLink } from "./commands/link.ts";
import { definePost } from "./commands/post.ts";
import { definePrune } from "./commands/prune.ts";
import { defineQuarantine } from "./commands/quarantine.ts";
import { defineReport } from "./commands/report.ts";

import { defineSchedule } from "./commands/schedule.ts";

import { defineSearch } from "./commands/search.ts";
import { defineSources } from "./commands/sources.ts";
import { defineStack } from "./commands/stack.ts";
import { defineTrace } from "./commands/trace.ts";
import { defineUp } from "./commands/up.ts";
import { defineWatch } from "./commands/watch.ts";
import { defineWork } from "./commands/work.ts";
import { examples } from "./examples.ts";
import { EXIT_MEANINGS } from "./exit.ts";

interface Manifest {
  readonly description: string;
  readonly version: string;
}

/** The whole command line. Each command loads what it works with only when it is run, so that help is quick. */
export function buildProgram({ width = process.stdout.columns ?? 100 } = {}): Command {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as Manifest;
  const program = new Command("headwater")
    .description(manifest.description)
    .version(manifest.version)
    .option("-c, --config <file>", "config file (default: headwater.yml here, else the demo case)")
    .option("-d, --data <dir>", "folder that holds everything Headwater writes (default: .headwater here)")
    .option("--json", "machine-readable output")
    .option("--debug", "show where in the code an error came from")
    .configureHelp({ showGlobalOptions: true, helpWidth: width })
    .exitOverride()
    .showHelpAfterError("(add --help for what this command takes)")
    .addHelpText(
      "after",
      [
        examples([
          ["headwater up --once", "collect, analyse and trace the demo case, and tell the finding"],
          ["headwater up --config my.yml", "the same with your sources, on their schedule"],
          ["headwater import posts.jsonl.gz", "take in posts of your own"],
          ["headwater search '宿学校 AND platform:wechat'", "find posts"],
          ["headwater trace", "list stories, largest first; then `headwater trace s-…`"],
        ]),
        "\nExit codes:",
        ...EXIT_MEANINGS.map(([code, meaning]) => `  ${String(code).padEnd(4)} ${meaning}`),
      ].join("\n"),
    );
  for (const define of [
    defineUp,
    defineCrawl,
    defineImport,
    defineAnalyze,
    defineSearch,
    definePost,
    defineTrace,
    defineExplore,
    defineWatch,
    defineAlert,
    defineLink,
    defineReport,
    defineExport,
    defineEvidence,
    defineSources,
    defineSchedule,
    defineConfig,
    defineDoctor,
    defineWork,
    defineQuarantine,
    defineKeys,
    defineHealth,
    definePrune,
    defineIndex,
    defineBoard,
    defineStack,
    defineKibana,
  ]) {
    define(program);
  }
  return program;
}
