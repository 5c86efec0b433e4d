import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** What a collector's README says that its posts do not show; null where it says nothing. */
export interface Caveats {
  readonly limits: string | null;
  readonly bias: string | null;
}

/** Reads the README that lies in the collector's folder. */
export function caveatsOf(collector: string): Caveats {
  const file = path.join(import.meta.dirname, "../collectors", collector, "README.md");
  return existsSync(file) ? readCaveats(readFileSync(file, "utf8")) : { limits: null, bias: null };
}

/** `## Limits`, `**Limits.**`, `- **Limits**: …`: what begins a statement, and so ends the one before it. */
const LABEL = /^(?:#{2,4}\s+(.+)|(?:[-*]\s+)?\*\*([^*]+)\*\*[.:]?\s*(.*))$/;

/** The statements labelled Limits and Bias, each as one paragraph. One that is labelled with both stands for both. */
export function readCaveats(markdown: string): Caveats {
  const statements: { readonly label: string; readonly lines: string[]; readonly section: boolean }[] = [];
  // Examples of configs are no statements.
  for (const line of markdown.replace(/^```.*?^```/gms, "").split("\n")) {
    const [, heading, bold, rest] = LABEL.exec(line.trimEnd()) ?? [];
    const label = heading ?? bold;
    const current = statements.at(-1);
    if (label !== undefined)
      statements.push({ label, lines: rest ? [rest] : [], section: heading !== undefined });
    // A statement in bold is one paragraph or one list.
    else if (line.trim() === "" && current?.section === false && current.lines.length > 0)
      statements.push({ label: "", lines: [], section: false });
    else current?.lines.push(line.trim().replace(/^[-*]\s+/, ""));
  }
  const said = (word: RegExp): string | null =>
    statements
      .filter(({ label }) => word.test(label))
      .map(({ lines }) => lines.join(" ").replace(/\s+/g, " ").trim())
      .join(" ")
      .trim()
      .replace(/^./, (first) => first.toUpperCase()) || null;
  return { limits: said(/\blimits?\b/i), bias: said(/\bbias(?:es)?\b/i) };
}
