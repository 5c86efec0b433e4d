import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { buildProgram } from "../../cli/program.ts";
import { readCompose, withCompose } from "./model.ts";

const root = path.resolve(import.meta.dirname, "../..");
const scripts = readdirSync(path.join(root, "scripts/stack")).map((name) => `scripts/stack/${name}`);
const text = (file: string) => readFileSync(path.join(root, file), "utf8");

/** Every `docker compose …` that people are told to type, or that a script runs. */
function told(): readonly string[] {
  const files = ["docs/operations.md", "docs/cli.md", "README.md", "docker-compose.yml", ...scripts];
  return files.flatMap((file) =>
    [
      ...text(file)
        .replaceAll("\\\n", " ")
        .matchAll(/docker compose ([^\n`#|;&)>]+)/g),
    ].map(([, line]) => line!.trim()),
  );
}

const TAKES_VALUE = new Set(["--scale", "--entrypoint", "--volume", "--tail"]);

/** The words of a line that are no options of `docker compose` itself. */
function words(line: string): readonly string[] {
  const all = line.split(/\s+/);
  return all.filter((word, i) => !word.startsWith("-") && !TAKES_VALUE.has(all[i - 1] ?? ""));
}

withCompose(() => {
  const { services } = readCompose();

  describe("what operators are told to type", () => {
    it("names services that are there", () => {
      const wrong = told().flatMap((line) => {
        const [verb, ...rest] = words(line);
        if (verb === "run" || verb === "exec") return services[rest[0]!] === undefined ? [line] : [];
        const stays = ["stop", "logs", "up", "start", "restart"].includes(verb!);
        return stays
          ? rest.filter((name) => services[name] === undefined).map((name) => `${line}: ${name}`)
          : [];
      });
      expect(told().length).toBeGreaterThan(15);
      expect(wrong).toEqual([]);
    });

    it("gives headwater commands that it has", () => {
      const program = buildProgram();
      const given = [
        ...told()
          .filter((line) => line.startsWith("run ") && !line.includes("--entrypoint"))
          .map((line) => words(line).slice(2)),
        ...Object.values(services)
          .filter(({ image }) => image.startsWith("headwater:"))
          .map(({ command }) => command ?? []),
      ].filter((command) => command.length > 0);
      expect(given.length).toBeGreaterThan(8);
      const missing = given.filter(([name, below]) => {
        const command = program.commands.find((known) => known.name() === name);
        if (command === undefined) return true;
        return command.commands.length > 0 && !command.commands.some((known) => known.name() === below);
      });
      expect(missing).toEqual([]);
    });
  });
});

describe("the scripts of the stack", () => {
  it.each(scripts)("%s is sound, and stops at the first failure", (script) => {
    expect(() => execFileSync("bash", ["-n", path.join(root, script)], { stdio: "pipe" })).not.toThrow();
    expect(text(script)).toContain("\nset -euo pipefail\n");
    expect(text(script)).toMatch(/Usage: scripts\/stack\/\w+\.sh/);
  });

  it.each(scripts)("%s says what it needs when it is given nothing", (script) => {
    const run = () => execFileSync("bash", [path.join(root, script)], { stdio: "pipe", encoding: "utf8" });
    expect(run).toThrow(/scripts\/stack\/\w+\.sh (?:FOLDER|ARCHIVE)/);
  });
});
