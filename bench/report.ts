import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";

const RESULTS = new URL("../docs/results.md", import.meta.url);
const HEAD = `# Results

Written by \`npm run bench\`, section by section; do not edit. Ours and the peers are measured in the same run on the same
machine: ratios travel, absolute figures do not.
`;

export interface BenchReport {
  /** The bench's name on the command line. */
  readonly name: string;
  readonly title: string;
  /** Its findings in Markdown, headings from the third level. */
  readonly body: string;
  /** The command that repeats it, with DIR for the data folder. */
  readonly command: string;
  /** npm packages whose versions matter to the figures. */
  readonly packages: readonly string[];
}

/** A bench's section: where, when and with what it was measured, then what was found. */
export function section({ name, title, body, command, packages }: BenchReport): string {
  const [cpu] = os.cpus();
  const facts = [
    `${new Date().toISOString().slice(0, 10)} · ${cpu?.model.trim() ?? "unknown processor"}, ${os.cpus().length} cores, ` +
      `${Math.round(os.totalmem() / 2 ** 30)} GiB · ${os.platform()} ${os.arch()} · Node ${process.versions.node}`,
    ...(packages.length === 0 ? [] : [packages.map((name) => `${name} ${versionOf(name)}`).join(", ")]),
    `\`${command}\``,
  ];
  return `${start(name)}\n## ${title}\n\n${facts.join("  \n")}\n\n${body.trim()}\n${end(name)}`;
}

/** Puts the section into docs/results.md in place of the bench's last one, or at the end. */
export function writeSection(report: BenchReport): void {
  const old = existsSync(RESULTS) ? readFileSync(RESULTS, "utf8") : HEAD;
  writeFileSync(RESULTS, withSection(old, report.name, section(report)));
}

/** `document` with the named section replaced or added. */
export function withSection(document: string, name: string, text: string): string {
  const from = document.indexOf(start(name));
  const to = document.indexOf(end(name));
  if (from < 0 || to < from) return `${document.trimEnd()}\n\n${text}\n`;
  return document.slice(0, from) + text + document.slice(to + end(name).length);
}

const start = (name: string) => `<!-- bench ${name} -->`;
const end = (name: string) => `<!-- /bench ${name} -->`;

function versionOf(name: string): string {
  const lock = createRequire(import.meta.url)("../package-lock.json") as {
    readonly packages: Readonly<Record<string, { readonly version?: string }>>;
  };
  return lock.packages[`node_modules/${name}`]?.version ?? "not installed";
}
