import path from "node:path";
import type { Command } from "commander";
import type { Config } from "../../config/schema.ts";
import { UsageError } from "../../contracts/errors.ts";
import type { Run } from "../../contracts/run.ts";
import type { Store } from "../../contracts/store.ts";
import type { Parts } from "../../pipelines/parts.ts";

import { largestStories, readFinding } from "../../pipelines/reports/finding.ts";
import { counted } from "../../reports/words.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { exitOf, runsSentence } from "../runs.ts";
import { action, type Session } from "../session.ts";

/** A story of fewer posts is a pair: listed by `trace`, not told unasked. */
const LEAST_POSTS = 3;
/** Findings told in full after a round; more would not be read. */
const TOLD = 3;

export function defineUp(program: Command): void {
  program
    .command("up")
    .summary("collect, analyse, trace and tell the findings; then keep to the schedule")
    .description(
      "Collects from every source of the config, analyses and traces what came, and tells the findings of the largest stories. Then it keeps to the schedule until Ctrl-C; with --once it ends.",
    )
    .option("--once", "end when everything is collected, analysed and traced")
    .option("--names", "show private accounts by name instead of by pseudonym")
    .addHelpText(
      "after",
      examples([
        ["headwater up --once", "the demo case, from nothing to the finding"],
        ["headwater up --config my.yml --data /srv/headwater", "your sources, on their schedule"],
        ["headwater up --once --json > findings.json", "runs and findings as data, one line a round"],
      ]),
    )
    .action(action(up));
}

async function up(
  session: Session,
  { once = false, names = false }: { once?: boolean; names?: boolean },
): Promise<number> {
  const config = await session.checkedConfig();
  const sources = config.sources.filter(({ enabled }) => enabled);
  if (sources.length === 0) {
    throw new UsageError(
      "the config has no sources to collect from; write some under `sources:` (docs/config.md), or `headwater import` files",
      EXIT.config,
    );
  }
  const { runEmbedded } = await import("../../workers/embedded.ts");
  const { interruption, log } = session;
  log.info(`${counted(sources.length, "source", "sources")}; what is collected lies in ${config.data}`);
  const told = new Map<string, string>();
  const alerts = alertWriter(session);
  const { runs } = await runEmbedded(config, {
    log,
    once,
    signal: interruption.signal,
    write: alerts.write,
    onRound: async ({ store }, round) => {
      log.info(runsSentence(round));
      await tell(session, { store, config, names, runs: round, told, alerts: alerts.release });
    },
  });
  await alerts.release();
  if (interruption.by() === null) return once ? exitOf(runs) : EXIT.ok;
  // Without --once, Ctrl-C is how it ends.
  if (!once) return EXIT.ok;
  return interruption.by() === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
}

/** Alerts of the first round wait until the finding is told: it says what they are about. */
function alertWriter({ out, options }: Session): {
  readonly write: Parts["write"];
  release(): Promise<void>;
} {
  let waiting: (() => Promise<void>)[] | null = [];
  return {
    write: async (lines, notice) => {
      const print = async () => {
        if (options.json) await out.jsonLines([{ alerts: notice }]);
        else await out.lines(lines);
      };
      if (waiting === null) await print();
      else waiting.push(print);
    },
    release: async () => {
      const held = waiting ?? [];
      waiting = null;
      for (const print of held) await print();
    },
  };
}

interface Round {
  readonly store: Store;
  readonly config: Config;
  readonly names: boolean;
  readonly runs: readonly Run[];
  /** What was told before, by story: a finding that has not changed is not told again. */
  readonly told: Map<string, string>;
  /** Tells the alerts that were held back for the finding. */
  readonly alerts: () => Promise<void>;
}

async function tell(session: Session, { store, config, names, runs, told, alerts }: Round): Promise<void> {
  const { findingLines } = await import("../../reports/finding.ts");
  const stories = await largestStories(store, TOLD, LEAST_POSTS);
  const findings = [];
  for (const { story } of stories) {
    const finding = await readFinding(store, story, { config, names });
    if (finding === null) continue;
    const now = JSON.stringify(finding.trace);
    if (told.get(story) === now) continue;
    told.set(story, now);
    findings.push(finding);
  }
  if (session.options.json) {
    await session.out.jsonLines([{ runs, findings: findings.map(({ story, trace }) => ({ story, trace })) }]);
    await alerts();
    return;
  }
  for (const finding of findings)
    await session.out.lines([...findingLines(finding), "", "─".repeat(100), ""]);
  await alerts();
  const notes = [];
  for (const { story } of findings)
    notes.push(await noteOf(session, { store, config, names, story: story.story }));
  await session.out.lines(await nextLines(store, stories[0]?.story ?? null));
  if (notes.length > 0)
    await session.out.lines(["", "To see it, open in a browser:", ...notes.map((file) => `  ${file}`)]);
}

/** The analytic note of a finding as a page: who would rather look than read opens it. */
async function noteOf(
  session: Session,
  { store, config, names, story }: Pick<Round, "store" | "config" | "names"> & { readonly story: string },
): Promise<string> {
  const { writeStoryNote } = await import("../reports/write.ts");
  const written = await writeStoryNote(session, {
    store,
    config,
    subject: story,
    lang: "en",
    format: "html",
    names,
  });
  return path.resolve(written.file);
}

/** Where to look next: commands that work as they stand. */
async function nextLines(store: Store, story: string | null): Promise<readonly string[]> {
  const posts = await store.count("posts", { kind: "all" });
  const stories = await store.count("stories", { kind: "all" });
  const { table } = await import("../../reports/terminal.ts");
  const next =
    story === null
      ? [
          ["npx headwater search '*'", "what was collected"],
          ["npx headwater trace", "the stories there are"],
        ]
      : [
          ["npx headwater trace", "all stories, largest first"],
          [`npx headwater trace ${story}`, "this one again; --json has every link"],
          [
            `npx headwater report story ${story} --lang fr`,
            "its analytic note in French; --format pdf to print",
          ],
          [`npx headwater search 'story:${story}'`, "its posts"],
          ["npx headwater export links --where 'credit:uncredited'", "copies that name no source"],
        ];
  const none = story === null ? `; none with ${LEAST_POSTS} posts or more yet` : "";
  return [`${posts} posts, ${stories} stories${none}. Where to look next:`, ...table(next, [60, 40], "  ")];
}
