import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { file, folder, headwater, jsonLines, start } from "../support/command.ts";

const many = Array.from({ length: 1500 }, (_, i) =>
  JSON.stringify({
    platform: "web",
    id: `p${i}`,
    published_at: "2021-09-08T00:00:00Z",
    text: `post number ${i} `.repeat(10),
  }),
).join("\n");

async function there(name: string): Promise<void> {
  while (!existsSync(name)) await setTimeout(20);
}

describe("up", () => {
  it("--once collects the demo case, tells the finding, and ends", async () => {
    const data = folder();
    const { code, out, err } = await headwater(["up", "--once", "--data", data]);
    expect(code).toBe(0);
    expect(out).toContain("ORIGIN");
    expect(out).toMatch(/The first in\s+Chinese\s+is\s+\[2\]/);
    expect(out).toContain("Where to look next:");
    expect(out.indexOf("▲ A story of Hanhai Herald")).toBeGreaterThan(out.indexOf("HOW SURE"));
    expect(out.indexOf("▲ A story of Hanhai Herald")).toBeLessThan(out.indexOf("Where to look next:"));
    expect(out).toContain("4 of 6 posts do not name their source.");
    expect(err).toMatch(/\d+ sources: 7\d items seen = 7\d added/);
    expect(jsonLines((await headwater(["export", "posts", "--data", data])).out)).toHaveLength(70);
  });

  it("says what to do when the config has no sources", async () => {
    const { code, err } = await headwater(["up", "--config", file("c.yml", "sources: []")]);
    expect([code, err]).toEqual([78, expect.stringContaining("the config has no sources to collect from")]);
  });

  it("keeps to its schedule until Ctrl-C, and then ends cleanly", async () => {
    const { child, ended, said } = start(["up", "--data", folder()]);
    await said("keeping to the schedule");
    child.kill("SIGINT");
    const { code, err } = await ended;
    expect(err).toContain("stopping; what is stored stays");
    expect(code).toBe(0);
  });
});

describe("signals", () => {
  it("the second ends at once", async () => {
    const data = folder();
    const { child, ended, said } = start(["import", "-", "--data", data]);
    await there(path.join(data, "headwater.db"));
    child.kill("SIGINT");
    await said("stopping");
    child.kill("SIGINT");
    expect((await ended).code).toBe(130);
  });

  it("SIGTERM stops an import, and the rest comes in with the next", async () => {
    const data = folder();
    const { child, ended } = start(["import", "-", "--data", data]);
    child.stdin!.write(`${many.slice(0, many.length / 2)}`);
    await there(path.join(data, "headwater.db"));
    child.kill("SIGTERM");
    child.stdin!.end(many.slice(many.length / 2));
    expect((await ended).code).toBe(143);
    const next = await headwater(["import", file("many.jsonl", many), "--data", data]);
    expect(next.out).toContain(": 1500 seen = ");
    expect(jsonLines((await headwater(["export", "posts", "--data", data])).out)).toHaveLength(1500);
  });
});

describe("two processes", () => {
  it("never write in one folder: the second says so, exit 75, and may still read", async () => {
    const data = folder();
    const config = file("c.yml", `sources: [{ name: one, collector: file, path: one.jsonl }]`);
    file("one.jsonl", many.split("\n")[0]!, path.dirname(config));
    const first = start(["up", "--data", data, "--config", config]);
    await first.said("keeping to the schedule");
    const second = await headwater(["import", "-", "--data", data]);
    expect([second.code, second.err]).toEqual([
      75,
      expect.stringContaining("another headwater process is writing"),
    ]);
    expect((await headwater(["search", "post", "--data", data])).err).toBe("1 post\n");
    first.child.kill("SIGINT");
    expect((await first.ended).code).toBe(0);
  });
});

describe("a reader that goes away", () => {
  it("ends an export without a word", async () => {
    const data = folder();
    await headwater(["import", file("many.jsonl", many), "--data", data]);
    const command = path.resolve(import.meta.dirname, "../../cli/headwater.js");
    const script = `"$1" "$2" export posts --data "$3" | head -n 1; echo "code \${PIPESTATUS[0]}"`;
    const shell = spawn("bash", ["-c", script, "-", process.execPath, command, data]);
    let [out, err] = ["", ""];
    shell.stdout.setEncoding("utf8").on("data", (part) => (out += part));
    shell.stderr.setEncoding("utf8").on("data", (part) => (err += part));
    await new Promise((resolve) => shell.on("close", resolve));
    expect(err).toBe("");
    expect(out.trimEnd().split("\n")).toEqual([expect.stringMatching(/^\{"id":"web:p/), "code 0"]);
  });
});
