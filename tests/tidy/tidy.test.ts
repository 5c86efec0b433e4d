import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { caveatsOf } from "../../cli/collector-readme.ts";
import { collectors } from "../../collectors/index.ts";
import { code, files, importsOf, read, root } from "./sources.ts";

/** Lines a file may have. A longer one is split; data that a script makes is not code. */
const LONGEST = 400;
const GENERATED = new Set(["text/chinese-table.ts"]);

/** A document's text, without what it shows as code. */
function withoutCode(markdown: string): string {
  return markdown.replace(/```.*?```/gs, "").replace(/`[^`\n]*`/g, "");
}

describe("the tree", () => {
  it("has no file over the limit", () => {
    const long = code.filter((file) => !GENERATED.has(file) && read(file).split("\n").length > LONGEST);
    expect(long).toEqual([]);
  });

  it("has no drawer for odds and ends", () => {
    expect(
      files.filter((file) => /(?:^|\/)(?:utils?|helpers?|misc|common|stuff)(?:\/|\.[a-z]+$)/i.test(file)),
    ).toEqual([]);
  });

  it("names no machine, and holds nothing that looks like a secret", () => {
    const text = files.filter(
      (file) =>
        /\.(?:ts|md|ya?ml|json|sh)$/.test(file) &&
        file !== "package-lock.json" &&
        !file.startsWith("tests/tidy/"),
    );
    const wrong = text.filter(
      (file) =>
        /(?:^|[\s"'`(])\/(?:work|root|home|Users)\/\w/m.test(read(file)) ||
        /-----BEGIN [A-Z ]*PRIVATE KEY|\b(?:xox[bp]-|ghp_|AKIA)[A-Za-z0-9]{10,}/.test(read(file)),
    );
    expect(wrong).toEqual([]);
  });

  it("leaves no test out and no work marked undone", () => {
    const wrong = code.filter(
      (file) =>
        !file.startsWith("tests/tidy/") &&
        /\b(?:it|test|describe)\.(?:skip|only|todo)\(|\b(?:TODO|FIXME|XXX|HACK)\b/.test(read(file)),
    );
    expect(wrong).toEqual([]);
  });
});

describe("collectors", () => {
  const folders = readdirSync(path.join(root, "collectors"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

  it("are exactly those of the list, in order", () => {
    expect(Object.keys(collectors)).toEqual([...folders].sort());
  });

  it.each(folders)("%s has a README, fixtures, a pure map and its own name", (folder) => {
    expect(existsSync(path.join(root, "collectors", folder, "README.md"))).toBe(true);
    expect(existsSync(path.join(root, "collectors", folder, "map.ts"))).toBe(true);
    expect(readdirSync(path.join(root, "tests/fixtures", folder)).length).toBeGreaterThan(0);
    expect(collectors[folder]!.info.name).toBe(folder);
    // `headwater sources` shows them.
    const { limits, bias } = caveatsOf(folder);
    expect(limits, "the README says no **Limits**").toMatch(/\w+/);
    expect(bias, "the README says no **Bias**").toMatch(/\w+/);
  });
});

describe("documents", () => {
  it.each(["docs", "kibana"])("that scripts/%s.ts generates are fresh", (script) => {
    const checked = execFileSync(process.execPath, [`scripts/${script}.ts`, "--check"], {
      cwd: root,
      encoding: "utf8",
    });
    expect(checked).toContain("fresh");
  });

  it("number each decision once, in its name and in its heading", () => {
    const decisions = files.filter((file) => file.startsWith("docs/decisions/"));
    const numbers = decisions.map((file) => Number(path.basename(file).slice(0, 4)));
    expect(new Set(numbers).size).toBe(numbers.length);
    const headings = decisions.map((file) => Number(/^# (\d+)\. /.exec(read(file))?.[1]));
    expect(headings).toEqual(numbers);
  });

  it("link only to what is there", () => {
    const broken = files
      .filter((file) => file.endsWith(".md"))
      .flatMap((file) =>
        [...withoutCode(read(file)).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
          .map(([, to]) => path.posix.join(path.posix.dirname(file), to!))
          .filter((to) => !existsSync(path.join(root, to)))
          .map((to) => `${file} → ${to}`),
      );
    expect(broken).toEqual([]);
  });
});

describe("dependencies", () => {
  const manifest = JSON.parse(read("package.json")) as Record<string, Record<string, string>>;

  it("are pinned to one version each", () => {
    const loose = ["dependencies", "devDependencies", "optionalDependencies"].flatMap((kind) =>
      Object.entries(manifest[kind] ?? {}).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version)),
    );
    expect(loose).toEqual([]);
  });

  it("at run time are all used, and all that is used is declared", () => {
    const product = code.filter((file) => !/^(?:tests|bench|scripts)\//.test(file) && file.includes("/"));
    const used = new Set(
      product
        .flatMap((file) => importsOf(file).map(({ to }) => to))
        .filter((to) => !/\.(?:ts|json)$/.test(to) && !to.startsWith("node:")),
    );
    expect([...used].sort()).toEqual(Object.keys(manifest.dependencies!).sort());
  });
});
