/**
 * `npm run new -- collector NAME`: makes a collector that works, with a fixture and a test that passes the shared suite, and
 * adds it to the list. What it collects is then rewritten into what you want.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { collectorFiles, listWith, nameProblem } from "./new-collector.ts";

const root = path.resolve(import.meta.dirname, "..");
const inRoot = (file: string) => path.join(root, file);

process.exitCode = main();

/** 64 (EX_USAGE) for a wrong command line, as everywhere. */
function main(): number {
  const { positionals } = parseArgs({ allowPositionals: true, options: {} });
  const [kind, name, ...more] = positionals;
  if (kind !== "collector" || name === undefined || more.length > 0) {
    console.error("usage: npm run new -- collector NAME");
    return 64;
  }
  const folders = readdirSync(inRoot("collectors"), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const problem = nameProblem(
    name,
    folders.map((folder) => folder.name),
  );
  const files = Object.entries(problem === null ? collectorFiles(name) : {});
  const there = files.find(([file]) => existsSync(inRoot(file)));
  if (problem !== null || there !== undefined) {
    console.error(problem ?? `${there![0]} is there already`);
    return 64;
  }
  for (const [file, text] of files) {
    mkdirSync(path.dirname(inRoot(file)), { recursive: true });
    writeFileSync(inRoot(file), text);
  }
  const list = inRoot("collectors/index.ts");
  writeFileSync(list, listWith(readFileSync(list, "utf8"), name));
  const test = `tests/unit/collectors/${name}.test.ts`;
  const run = (file: string, args: readonly string[], env = {}) =>
    execFileSync(process.execPath, [inRoot(file), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: "pipe",
    });
  const written = [...files.map(([file]) => file), "collectors/index.ts"].filter((file) =>
    /\.(?:ts|json)$/.test(file),
  );
  run("node_modules/@biomejs/biome/bin/biome", ["check", "--write", ...written]);
  run("node_modules/vitest/vitest.mjs", ["run", test], { UPDATE_FIXTURES: "1" });
  run("scripts/docs.ts", []);
  for (const [file] of files) console.log(file);
  console.log(`
It passes the shared suite as it is. Now make it yours:
  1. collectors/${name}/options.ts and index.ts: what a source of it needs, and how its records are fetched
  2. collectors/${name}/map.ts: how a record becomes a post; every field is used, left alone by name, or reported
  3. tests/fixtures/${name}: a folder a case, in your own words; refusals and broken answers too
  4. UPDATE_FIXTURES=1 npx vitest run ${test}   writes expected.json: read it like code
  5. collectors/${name}/README.md: what is collected, on what lawful basis, limits and bias; then npm run docs`);
  return 0;
}
