import type { Block } from "../document/model.ts";
import { mixedSentences } from "../messages/estimates.ts";
import type { Messages } from "../messages/index.ts";
import type { Telling } from "../telling.ts";

/** What analysts wrote for a report. It lies in a file of its own beside the report, which nothing overwrites. */
export interface Notes {
  /** Markdown. */
  readonly assessment: string;
  /** Admiralty codes (NATO AJP-2.1: source A–F, item 1–6) by the item's number. */
  readonly codes: ReadonlyMap<number, string>;
  /** What an analyst should mend, one sentence each. */
  readonly problems: readonly string[];
}

export const NO_NOTES: Notes = { assessment: "", codes: new Map(), problems: [] };

const CODE = /^\s*\[?(\d+)\]?\s*[:：]\s*([A-F])\s*-?\s*([1-6])\s*$/i;

/** Reads a notes file as `newNotes` begins it. */
export function readNotes(text: string, m: Messages): Notes {
  const body = text.replace(/<!--.*?-->/gs, "");
  const sections = new Map<string, string>();
  const problems: string[] = [];
  const known = [m.headings.assessment, m.notes.admiralty];
  for (const part of body.split(/^## /m).slice(1)) {
    const end = part.indexOf("\n");
    const name = part.slice(0, end < 0 ? undefined : end).trim();
    if (!known.includes(name))
      problems.push(`the notes have a section "${name}"; known are ${known.join(", ")}`);
    sections.set(name, end < 0 ? "" : part.slice(end + 1).trim());
  }
  const assessment = sections.get(m.headings.assessment) ?? "";
  for (const sentence of mixedSentences(assessment)) {
    problems.push(
      `likelihood and confidence stand in one sentence (ICD 203 keeps them apart): "${sentence.slice(0, 120)}"`,
    );
  }
  const codes = new Map<number, string>();
  for (const line of (sections.get(m.notes.admiralty) ?? "").split("\n")) {
    if (line.trim() === "") continue;
    const found = CODE.exec(line);
    if (found === null) problems.push(`"${line.trim()}" is no Admiralty code; write e.g. "3: B2"`);
    else codes.set(Number(found[1]), `${found[2]!.toUpperCase()}${found[3]}`);
  }
  return { assessment, codes, problems };
}

/** The notes file that an analyst begins from. */
export function newNotes(report: string, m: Messages): string {
  return [
    m.notes.file(report),
    "",
    `## ${m.headings.assessment}`,
    "",
    `## ${m.notes.admiralty}`,
    m.notes.admiraltyHelp,
    "",
  ].join("\n");
}

export function noteBlocks({ assessment }: Notes, { m }: Telling): readonly Block[] {
  return assessment === ""
    ? [{ kind: "paragraph", text: [m.notes.empty] }]
    : [{ kind: "analyst", markdown: assessment }];
}
