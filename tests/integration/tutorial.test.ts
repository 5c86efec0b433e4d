import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { temporaryFolder } from "../support/pipeline.ts";
import { files, root } from "../tidy/sources.ts";

const call = promisify(execFile);

it("CONTRIBUTING.md leads a newcomer to a collector that keeps every promise", async () => {
  using copy = temporaryFolder();
  const inCopy = (file: string) => path.join(copy.dir, file);
  for (const file of files) cpSync(path.join(root, file), inCopy(file), { recursive: true });
  symlinkSync(path.join(root, "node_modules"), inCopy("node_modules"));
  const page = readFileSync(path.join(root, "CONTRIBUTING.md"), "utf8");
  // A file is named before the block that holds it.
  const named = [
    ...page.matchAll(/`([\w./-]+\/notices[\w./-]*\.(?:ts|json))`(?:(?!```).)*?```(?:ts|json)\n(.*?)```/gs),
  ].map(([, file, text]) => [file!, text!] as const);
  expect(named.map(([file]) => file)).toHaveLength(6);
  for (const [file, text] of named) {
    mkdirSync(path.dirname(inCopy(file)), { recursive: true });
    writeFileSync(inCopy(file), text);
  }
  const list = readFileSync(inCopy("collectors/index.ts"), "utf8");
  writeFileSync(
    inCopy("collectors/index.ts"),
    list
      .replace("import { page }", 'import { notices } from "./notices/index.ts";\nimport { page }')
      .replace("  file,\n", "  file,\n  notices,\n"),
  );
  const run = (command: string, args: readonly string[], env = {}) =>
    call(process.execPath, [inCopy(command), ...args], { cwd: copy.dir, env: { ...process.env, ...env } });
  const test = ["run", "tests/unit/collectors/notices.test.ts"];
  await run("node_modules/vitest/vitest.mjs", test, { UPDATE_FIXTURES: "1" });
  const { stdout } = await run("node_modules/vitest/vitest.mjs", test, { NO_COLOR: "1" });
  expect(stdout).toMatch(/Tests\s+\d+ passed/);
  const { stdout: sources } = await run("cli/headwater.js", ["sources", "--collectors"]);
  expect(sources).toContain("notices");
}, 180_000);
