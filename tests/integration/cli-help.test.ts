import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { headwater } from "../support/command.ts";

const COMMANDS = [
  "up",
  "crawl",
  "import",
  "analyze",
  "search",
  "trace",
  "link",
  "export",
  "sources",
  "config",
  "doctor",
];

describe("help", () => {
  it("lists every command, examples and exit codes, on standard output", async () => {
    const { code, out, err } = await headwater(["--help"]);
    expect([code, err]).toEqual([0, ""]);
    for (const command of COMMANDS) expect(out).toMatch(new RegExp(`^  ${command} `, "m"));
    expect(out).toContain("Examples:");
    expect(out).toMatch(/^ {2}78 +the config has problems/m);
  });

  it.each(COMMANDS)("of %s has examples and the global options", async (command) => {
    const { code, out } = await headwater([command, "--help"]);
    expect(code).toBe(0);
    expect(out).toMatch(
      new RegExp(`Examples:\\n  \\$ headwater ${command}|Examples:\\n  \\$ .*headwater ${command}`),
    );
    for (const option of ["--config", "--data", "--json"]) expect(out).toContain(option);
  });

  it("says the version", async () => {
    expect(await headwater(["--version"])).toEqual({ code: 0, out: `${manifest.version}\n`, err: "" });
  });
});

describe("a mistake on the command line", () => {
  it.each([
    ["no command", [], "Usage: headwater"],
    ["an unknown command", ["serch", "x"], "Did you mean search?"],
    ["an unknown option", ["search", "x", "--lmit", "3"], "Did you mean --limit?"],
    ["a missing argument", ["search"], "missing required argument 'query'"],
    ["a number that is none", ["search", "x", "--limit", "many"], "Write a whole number from 1."],
    [
      "an order that is none",
      ["search", "x", "--order", "random"],
      "Allowed choices are relevance, newest, oldest.",
    ],
    ["a kind that is none", ["export", "pots"], "Allowed choices are posts"],
    ["a map that is none", ["import", "-", "--map", "text"], "Write column=field"],
    ["a query that is none", ["export", "posts", "--where", "(a"], "this parenthesis is never closed"],
  ])("%s is told in a sentence, exit 64, without a stack trace", async (_, args, sentence) => {
    const { code, out, err } = await headwater(args);
    expect(err).toContain(sentence);
    expect(err).not.toMatch(/\n\s+at /);
    expect([code, out]).toEqual([64, ""]);
  });
});
