import { execFile } from "node:child_process";
import { cpSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { listWith, nameProblem } from "../../scripts/new-collector.ts";
import { temporaryFolder } from "../support/pipeline.ts";
import { files, root } from "../tidy/sources.ts";

const call = promisify(execFile);

describe("npm run new -- collector NAME", () => {
  it("makes a collector that passes the shared suite and is in the list", async () => {
    using copy = temporaryFolder();
    const inCopy = (file: string) => path.join(copy.dir, file);
    for (const file of files) cpSync(path.join(root, file), inCopy(file), { recursive: true });
    symlinkSync(path.join(root, "node_modules"), inCopy("node_modules"));
    const run = (file: string, args: readonly string[]) =>
      call(process.execPath, [inCopy(file), ...args], {
        cwd: copy.dir,
        env: { ...process.env, NO_COLOR: "1" },
      });

    const { stdout } = await run("scripts/new.ts", ["collector", "tide-tables"]);
    expect(stdout).toContain("collectors/tide-tables/map.ts");
    const tested = await run("node_modules/vitest/vitest.mjs", [
      "run",
      "tests/unit/collectors/tide-tables.test.ts",
    ]);
    expect(tested.stdout).toMatch(/Tests\s+\d+ passed/);
    const expected = readFileSync(inCopy("tests/fixtures/tide-tables/plain/expected.json"), "utf8");
    expect(JSON.parse(expected)).toMatchObject({
      posts: [{ title: "Road works" }],
      rejected: [],
      failure: null,
    });
    const { stdout: sources } = await run("cli/headwater.js", ["sources", "--collectors"]);
    expect(sources).toContain("tide-tables — Tide tables");
    expect(readFileSync(inCopy("docs/config.md"), "utf8")).toContain("tide-tables");

    await expect(run("scripts/new.ts", ["collector", "tide-tables"])).rejects.toMatchObject({ code: 64 });
  }, 180_000);

  it("refuses what cannot be a name", () => {
    expect(nameProblem("Tide Tables", [])).toContain("cannot name a collector");
    expect(nameProblem("rss", ["rss"])).toContain("already");
    expect(nameProblem("tide-tables", ["rss"])).toBeNull();
  });

  it("keeps the list in order", () => {
    const list = readFileSync(path.join(root, "collectors/index.ts"), "utf8");
    const longer = listWith(list, "aaa-first");
    expect(longer).toContain('= {\n  "aaa-first": aaaFirst,\n');
    expect(longer.indexOf("./aaa-first/")).toBeLessThan(longer.indexOf("./commoncrawl/"));
    expect(listWith(longer, "zzz")).toContain("  zzz,\n} as unknown");
  });
});
