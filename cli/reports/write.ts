import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { inLanguage } from "../../config/reports.ts";
import type { Config } from "../../config/schema.ts";
import { UsageError } from "../../contracts/errors.ts";
import type { Store } from "../../contracts/store.ts";
import { readFinding } from "../../pipelines/reports/finding.ts";
import { periodInput } from "../../pipelines/reports/period.ts";
import { storyNoteInput } from "../../pipelines/reports/story.ts";
import type { ReportDocument } from "../../reports/document/model.ts";
import type { Period, PeriodInput } from "../../reports/kinds/period.ts";
import { afterActionReport, situationReport, watchReport } from "../../reports/kinds/sitrep.ts";
import { storyNote } from "../../reports/kinds/story.ts";
import { MESSAGES, type ReportLanguage } from "../../reports/messages/index.ts";
import { NO_NOTES, type Notes, newNotes, readNotes } from "../../reports/parts/analyst.ts";
import { EXIT } from "../exit.ts";
import type { Session } from "../session.ts";
import { storyOf } from "../story.ts";
import type { ReportFormat, ReportOptions } from "./options.ts";

interface Wanted extends ReportOptions {
  readonly store: Store;
  readonly config: Config;
  readonly subject?: string | undefined;
}

export interface Written {
  readonly file: string;
  /** Where the analyst writes; null when the report went to standard output. */
  readonly notes: string | null;
}

/** Writes the analytic note on a story and says where. */
export async function writeStoryNote(session: Session, wanted: Wanted): Promise<Written> {
  const { store, config, subject, names = false, lang } = wanted;
  if (subject === undefined) throw new UsageError("name the story; `headwater trace` lists them");
  const { story, post } = await storyOf(store, subject);
  if (story === null) {
    throw new UsageError(`${post!.post.id} is in no story, so there is nothing to report on`, EXIT.noInput);
  }
  const finding = await readFinding(store, story, { config, names });
  if (finding === null)
    throw new UsageError(`there is no story ${story}; \`headwater trace\` lists them`, EXIT.noInput);
  return writeReport(session, wanted, `story-${story}`, async (notes) =>
    storyNote(await storyNoteInput(store, finding, { config, lang, notes })),
  );
}

/** Writes the situation report of a period. */
export async function writeSituationReport(session: Session, wanted: Wanted): Promise<Written> {
  const period = periodOf(wanted);
  return writeReport(session, wanted, `sitrep-${period.from}-${period.to}`, async (notes) =>
    situationReport(await inputOf(wanted, period, notes)),
  );
}

/** Writes the after-action report of a monitoring period that the config names, or of any days. */
export async function writeAfterAction(session: Session, wanted: Wanted): Promise<Written> {
  const { config, subject, lang } = wanted;
  const known = config.reports.monitoring;
  const named = known.find(({ id }) => id === subject);
  if (subject !== undefined && named === undefined) {
    const list =
      known.length === 0 ? "none is configured" : `known are ${known.map(({ id }) => id).join(", ")}`;
    throw new UsageError(`there is no monitoring period "${subject}" under reports.monitoring; ${list}`);
  }
  const period = named ?? periodOf(wanted);
  const about = {
    name: named === undefined ? `${period.from} – ${period.to}` : inLanguage(named.name, lang),
    background: named?.background === undefined ? null : inLanguage(named.background, lang),
  };
  return writeReport(
    session,
    wanted,
    `after-action-${named?.id ?? `${period.from}-${period.to}`}`,
    async (notes) => afterActionReport(await inputOf(wanted, period, notes), about),
  );
}

/** Writes the report on one watched narrative over a period. */
export async function writeWatchReport(session: Session, wanted: Wanted): Promise<Written> {
  const { config, subject } = wanted;
  const watch = config.watches.find(({ name }) => name === subject);
  if (watch === undefined) {
    const known = config.watches.map(({ name }) => name).join(", ") || "none is configured";
    throw new UsageError(`name a watch of the config; known: ${known}`);
  }
  const period = periodOf(wanted);
  return writeReport(session, wanted, `watch-${watch.name}-${period.from}-${period.to}`, async (notes) =>
    watchReport(await inputOf(wanted, period, notes, watch.name), watch.title),
  );
}

function inputOf(
  { store, config, lang, names = false }: Wanted,
  { from, to }: Period,
  notes: Notes,
  watch: string | null = null,
): Promise<PeriodInput> {
  return periodInput(store, { from, to }, { config, lang, names, notes, watch });
}

function periodOf({ from, to }: Wanted): Period {
  if (from === undefined || to === undefined)
    throw new UsageError("say the period: --from 2021-09-06 --to 2021-09-12");
  if (from > to) throw new UsageError(`the period ends (${to}) before it begins (${from})`);
  return { from, to };
}

/** Writes a report in the form asked for, with the notes that analysts wrote for it. */
export async function writeReport(
  session: Session,
  { config, lang, format, out }: Pick<Wanted, "config" | "lang" | "format" | "out">,
  name: string,
  make: (notes: Notes) => Promise<ReportDocument>,
): Promise<Written> {
  if (out === "-") {
    if (format === "pdf") throw new UsageError("a PDF is no text for standard output; give --out a file");
    await session.out.line((await rendered(await make(NO_NOTES), format, config, null)).toString().trimEnd());
    return { file: "-", notes: null };
  }
  const folder = config.reports.folder ?? path.join(config.data, "reports");
  const file = out ?? path.join(folder, `${name}.${lang}.${format}`);
  const notesFile = `${file.replace(/\.(?:html|md|pdf)$/, "")}.notes.md`;
  await mkdir(path.dirname(file), { recursive: true });
  const notes = await notesFrom(notesFile, path.basename(file), lang);
  for (const problem of notes.problems) session.log.warn(`${notesFile}: ${problem}`);
  await writeFile(file, await rendered(await make(notes), format, config, file));
  return { file, notes: notesFile };
}

async function notesFrom(file: string, report: string, lang: ReportLanguage): Promise<Notes> {
  const messages = MESSAGES[lang];
  if (existsSync(file)) return readNotes(await readFile(file, "utf8"), messages);
  await writeFile(file, newNotes(report, messages));
  return NO_NOTES;
}

async function rendered(
  document: ReportDocument,
  format: ReportFormat,
  config: Config,
  file: string | null,
): Promise<string | Uint8Array> {
  const messages = MESSAGES[document.lang];
  if (format === "md") {
    const { toMarkdown } = await import("../../reports/document/markdown.ts");
    return toMarkdown(document, messages, file === null ? () => null : await drawingsBeside(document, file));
  }
  const { toHtml } = await import("../../reports/document/html.ts");
  const html = toHtml(document, messages);
  if (format === "html") return html;
  const { printPdf } = await import("../../http/pdf.ts");
  return printPdf(html, { executable: config.reports.chromium, marking: document.marking?.page ?? null });
}

/** Drawings as files beside the Markdown, which cannot hold them. */
async function drawingsBeside(
  document: ReportDocument,
  file: string,
): Promise<(id: string) => string | null> {
  const names = new Map<string, string>();
  for (const block of document.blocks) {
    if (block.kind !== "drawing") continue;
    const name = `${path.basename(file, ".md")}.${block.id}.svg`;
    await writeFile(path.join(path.dirname(file), name), block.svg);
    names.set(block.id, name);
  }
  return (id) => names.get(id) ?? null;
}
