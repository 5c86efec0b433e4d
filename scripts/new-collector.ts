/** A collector that works: a starting point, with a list of notices in JSON as its source. */

/** Why this cannot name a collector; null when it can. */
export function nameProblem(name: string, taken: readonly string[]): string | null {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name))
    return `"${name}" cannot name a collector: write lower-case letters, digits and single hyphens, such as tide-tables`;
  return taken.includes(name) ? `there is a collector "${name}" already` : null;
}

/** `tide-tables` as an identifier: `tideTables`. */
export const identifierOf = (name: string): string =>
  name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Every file of the new collector, by its path from the root of the project. */
export function collectorFiles(name: string): Readonly<Record<string, string>> {
  const id = identifierOf(name);
  const type = id[0]!.toUpperCase() + id.slice(1);
  const title = name[0]!.toUpperCase() + name.slice(1).replaceAll("-", " ");
  const folder = `collectors/${name}`;
  const fixture = `tests/fixtures/${name}/plain`;
  const notice = {
    no: 7,
    when: "2025-12-30T09:00:00Z",
    head: "Road works",
    body: "The bridge is closed until Friday.",
    url: "http://plain.example/notices/7",
  };
  return {
    [`${folder}/options.ts`]: `import { z } from "zod";

export const ${id}Options = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).meta({ description: "Address of the list." }),
});
export type ${type}Options = z.infer<typeof ${id}Options>;
`,
    [`${folder}/map.ts`]: `import type { Mapped } from "../../contracts/collector.ts";
import { fieldsOf, idOf, isFields, knownFields, textOf, unknownFields } from "../fields.ts";

/** What is read; then, in words of their own, what is left alone by name. */
const KNOWN = knownFields("no when head body url");

/** A record as \`collect\` yields it: what the site gave, and the sum of the bytes it came in. */
export interface ${type}Record {
  readonly notice: unknown;
  readonly sha256: string;
}

/** One raw record to one draft, or why not. Pure: no clock, no network, no files. */
export function map(raw: unknown): Mapped {
  const { notice, sha256 } = fieldsOf(raw);
  const no = isFields(notice) ? idOf(notice.no) : null;
  if (!isFields(notice) || no === null) return { rejected: "this is no notice: it has no number" };
  return {
    draft: {
      platform: "web",
      id: \`notice-\${no}\`,
      url: textOf(notice.url),
      published_at: textOf(notice.when),
      published_basis: "page",
      title: textOf(notice.head),
      text: textOf(notice.body),
      sha256: textOf(sha256),
    },
    unknown_fields: unknownFields(notice, KNOWN),
  };
}
`,
    [`${folder}/index.ts`]: `import type { Collector } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import { apiOf } from "../api.ts";
import { fieldsOf } from "../fields.ts";
import { type ${type}Record, map } from "./map.ts";
import { type ${type}Options, ${id}Options } from "./options.ts";

export const ${id}: Collector<${type}Options, null> = {
  info: {
    name: "${name}",
    title: "${title}",
    summary: "Reads a plain JSON list of notices.",
    lawful_basis: "The list is published to be read by programs, without a log-in.",
    options: ${id}Options,
    references: ["https://www.rfc-editor.org/rfc/rfc8259"],
  },
  map,
  async *collect({ url }, _, io) {
    // \`api: false\` keeps robots.txt; leave it out for a documented interface that you were given leave to use.
    const { body, sha256 } = await apiOf(io, { service: new URL(url).host }).ask(url, { api: false });
    const { notices } = fieldsOf(body);
    if (!Array.isArray(notices)) throw new SetAside(\`\${url} has changed shape: it has no list of notices.\`);
    const records = notices.map((notice, at) => ({
      where: \`\${url} notice \${at + 1}\`,
      raw: { notice, sha256 } satisfies ${type}Record,
    }));
    yield { records, next: null };
  },
};
`,
    [`${folder}/README.md`]: `# ${name}

Reads a plain JSON list of notices.

\`\`\`yaml
sources:
  - name: my-${name}
    collector: ${name}
    url: https://site.example/notices.json
\`\`\`

**What is collected.** Number, time, heading, text and address of each notice.

**Lawful basis.** The list is published to be read by programs, without a log-in; robots.txt and the pace of the site are kept.

**Limits.**
- The list is what the site shows now: what left it between two crawls is not seen.

**Bias.** A site's notices say what its owner wants known.
`,
    [`${fixture}/source.json`]: `${JSON.stringify({ notices: [notice] }, null, 2)}\n`,
    [`${fixture}/case.json`]: `${JSON.stringify({ headers: { "content-type": "application/json" } }, null, 2)}\n`,
    [`tests/unit/collectors/${name}.test.ts`]: `import { ${id} } from "../../../collectors/${name}/index.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";

collectorSuite({
  collector: ${id},
  fixtures: "tests/fixtures/${name}",
  options: ({ url, extra }) => ({ url, ...extra }),
  surprise: (raw) => {
    const record = raw as { readonly notice: object };
    return { ...record, notice: { ...record.notice, surprise: "?" } };
  },
});
`,
  };
}

/** The list of collectors with one more, in its place. */
export function listWith(list: string, name: string): string {
  const id = identifierOf(name);
  const imports = list.match(/^import \{ \w+ \} from "\.\/[^"]+";$/gm) ?? [];
  const entries = /= \{\n((?: {2}.+,\n)+)\} as unknown/.exec(list)?.[1]?.trimEnd().split("\n");
  if (imports.length === 0 || entries === undefined) {
    throw new Error("collectors/index.ts is not written as it was: add the collector there by hand");
  }
  const pathOf = (line: string) => /"\.\/([^/]+)\//.exec(line)?.[1] ?? "";
  const keyOf = (line: string) => /^ {2}"?([\w-]+)/.exec(line)?.[1] ?? "";
  const sorted = (lines: readonly string[], by: (line: string) => string) =>
    [...lines].sort((a, b) => (by(a) < by(b) ? -1 : 1));
  const imported = sorted([...imports, `import { ${id} } from "./${name}/index.ts";`], pathOf);
  const entered = sorted([...entries, id === name ? `  ${id},` : `  "${name}": ${id},`], keyOf);
  return list
    .replace(imports.join("\n"), imported.join("\n"))
    .replace(entries.join("\n"), entered.join("\n"));
}
