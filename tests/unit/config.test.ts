import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { DEMO_CONFIG, type Loaded, loadConfig } from "../../config/load.ts";
import { pathParts, pathText, problemLine } from "../../config/problem.ts";
import { configJsonSchema, keyRows } from "../../config/table.ts";
import { UsageError } from "../../contracts/errors.ts";

const folder = mkdtempSync(path.join(tmpdir(), "headwater-config-"));
let files = 0;

function load(yaml: string, env: Record<string, string> = {}, overrides: { data?: string } = {}): Loaded {
  const file = path.join(folder, `${++files}.yml`);
  writeFileSync(file, yaml);
  return loadConfig(file, env, overrides);
}

const told = (yaml: string, env: Record<string, string> = {}) =>
  load(yaml, env).problems.map((problem) => problemLine("c.yml", problem));

const ACTOR = "id: a\n    name: A\n    affiliation: private\n    confidence: low";
const EVIDENCE = "evidence: [{ source: s, date: 2021-01-01 }]";

describe("a broken config", () => {
  it.each([
    ["an unknown key", "dta: x", 'c.yml:1:1 dta: there is no such key; did you mean "data"?'],
    [
      "an unknown key below",
      "http:\n  delay: 3",
      'c.yml:2:3 http.delay: there is no such key; did you mean "delay_ms"?',
    ],
    [
      "text for a number",
      "http: { delay_ms: soon }",
      'c.yml:1:9 http.delay_ms: must be a number, not "soon"',
    ],
    ["a fraction", "http: { retries: 1.5 }", "c.yml:1:9 http.retries: must be a whole number, not 1.5"],
    [
      "a number too large",
      "http:\n  max_redirects: 99",
      "c.yml:2:3 http.max_redirects: must be at most 20, not 99",
    ],
    ["a number too small", "http:\n  delay_ms: -1", "c.yml:2:3 http.delay_ms: must be at least 0, not -1"],
    [
      "a share above one",
      "copies: { assert_overlap: 2 }",
      "c.yml:1:11 copies.assert_overlap: must be at most 1, not 2",
    ],
    ["a number for text", "data: 3", "c.yml:1:1 data: must be text, not 3"],
    [
      "robots turned off",
      "http:\n  respect_robots: false",
      "c.yml:2:3 http.respect_robots: must be true, not false",
    ],
    ["a list for a map", "http: []", "c.yml:1:1 http: must be a map of keys, not a list"],
    ["nothing for a map", "http:", "c.yml:1:1 http: must be a map of keys, not nothing"],
    ["a map for a list", "sources: {}", "c.yml:1:1 sources: must be a list, not a map"],
    ["a source without collector", "sources:\n  - name: a", "c.yml:2:5 sources[0].collector: is missing"],
    [
      "an empty name",
      'sources:\n  - { name: "", collector: rss }',
      "c.yml:2:7 sources[0].name: must not be empty",
    ],
    ["a source that is none", "sources: [rss]", 'c.yml:1:11 sources[0]: must be a map of keys, not "rss"'],
    [
      "an unknown affiliation",
      `actors:\n  - id: a\n    name: A\n    affiliation: state\n    confidence: low\n    ${EVIDENCE}`,
      'c.yml:4:5 actors[0].affiliation: must be one of state-controlled, state-affiliated, party, public-broadcaster, private, unknown, not "state"',
    ],
    [
      "an affiliation without evidence",
      `actors:\n  - ${ACTOR}\n    evidence: []`,
      "c.yml:6:5 actors[0].evidence: needs at least one item of evidence, with source and date",
    ],
    [
      "a date that is none",
      `actors:\n  - ${ACTOR}\n    ${EVIDENCE}\n    valid_from: 2021-02-30`,
      'c.yml:7:5 actors[0].valid_from: must be a date like 2026-01-31, not "2021-02-30"',
    ],
    [
      "a country by name",
      `actors:\n  - ${ACTOR}\n    ${EVIDENCE}\n    country: Canada`,
      'c.yml:7:5 actors[0].country: use an ISO 3166 two-letter code, not "Canada"',
    ],
    ["a duplicate key", "data: a\ndata: b", "c.yml:2:1: not valid YAML: Map keys must be unique"],
    ["a list at the top", "- data", "c.yml:1:1: must be a map of keys such as `sources:`"],
  ])("%s is told in a sentence with its place", (_, yaml, sentence) => {
    expect(told(yaml)).toEqual([sentence]);
  });

  it("has all its problems told at once, in the order of the file", () => {
    const problems = told("http: { delay_ms: x }\nsources: [{ name: a }, 3]\nplatform: []\n");
    expect(problems.map((line) => line.split(" ")[1])).toEqual([
      "http.delay_ms:",
      "sources[0].collector:",
      "sources[1]:",
      "platform:",
    ]);
  });

  it("has syntax errors told with line and column", () => {
    expect(told("data: [a\nhttp: {")[0]).toMatch(/^c\.yml:\d+:\d+: not valid YAML: /);
    expect(told("data: !secret x")[0]).toMatch(/^c\.yml:1:7: not valid YAML: .*!secret/);
  });

  it("cannot blow up by aliases", () => {
    const levels = Array.from(
      { length: 9 },
      (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(", ")}]`,
    );
    expect(told(`l0: &l0 [a]\n${levels.join("\n")}`)[0]).toContain("aliases");
  });

  it("keeps what is right for further checks, each at its place", () => {
    const { config, place } = load("sources:\n  - collector: rss\n  - { name: b, collector: rs }\nhttp: 3");
    expect(config.sources).toMatchObject([{ collector: "rss" }, { name: "b", collector: "rs" }]);
    expect(place({ path: "sources[1].collector", sentence: "no such" })).toMatchObject({
      line: 3,
      column: 16,
    });
    expect(place({ path: "sources[0].name", sentence: "told already" })).toBeNull();
  });

  it("that is not there is a UsageError of exit 78", () => {
    expect(() => loadConfig(path.join(folder, "none.yml"), {})).toThrow(UsageError);
    expect(() => loadConfig(path.join(folder, "none.yml"), {})).toThrow(
      /none\.yml cannot be read: there is no such file/,
    );
  });
});

describe("precedence", () => {
  it("is flag over environment over file over default", () => {
    const env = { HEADWATER_DATA: path.resolve("/e"), HEADWATER_USER_AGENT: "env" };
    expect(load("{}").config.data).toBe(path.resolve(".headwater"));
    expect(load("data: d").config.data).toBe(path.join(folder, "d"));
    expect(load("data: d", env).config.data).toBe(path.resolve("/e"));
    expect(load("data: d", env, { data: "f" }).config.data).toBe(path.resolve("f"));
    expect(load("http: { user_agent: file }", env).config.http).toMatchObject({
      user_agent: "env",
      delay_ms: 5000,
    });
  });

  it("takes a variable set to nothing as not set", () => {
    expect(load("data: /d", { HEADWATER_DATA: " " }).config.data).toBe("/d");
    const cache = (mb: string) => load("{}", { HEADWATER_ANALYSIS_CACHE_MB: mb }).config.analysis.cache_mb;
    expect([cache(""), cache("64")]).toEqual([null, 64]);
  });

  it("reads a value from the file that a variable names", () => {
    const secret = path.join(folder, "contact.txt");
    writeFileSync(secret, "desk@example.org\n");
    expect(load("{}", { HEADWATER_CONTACT_FILE: secret }).config.http.contact).toBe("desk@example.org");
    expect(() => load("{}", { HEADWATER_CONTACT_FILE: `${secret}.gone` })).toThrow(
      /HEADWATER_CONTACT_FILE names .*contact\.txt\.gone, which cannot be read/,
    );
    expect(() => load("{}", { HEADWATER_CONTACT: "a", HEADWATER_CONTACT_FILE: secret })).toThrow(/both set/);
  });

  it("finds the config by flag, variable, working directory, and else takes the demo", () => {
    const file = path.join(folder, "own.yml");
    writeFileSync(file, "demo: false");
    expect(loadConfig(null, { HEADWATER_CONFIG: file }).path).toBe(file);
    expect(loadConfig(null, {}).path).toBe(DEMO_CONFIG);
  });
});

describe("relative paths of a file", () => {
  it("start at its folder", () => {
    const { config } = load(
      "sources: [{ name: a, collector: file, path: x.jsonl }, { name: b, collector: file, path: '-' }]",
    );
    expect(config.sources).toMatchObject([{ path: path.join(folder, "x.jsonl") }, { path: "-" }]);
  });
});

describe("the demo config", () => {
  it("has no problems", () => {
    expect(loadConfig(DEMO_CONFIG, {}).problems).toEqual([]);
  });
});

describe("the table", () => {
  const rows = keyRows(configJsonSchema());

  it("has a meaning for every key", () => {
    expect(rows.filter(({ description }) => description === "").map(({ key }) => key)).toEqual([]);
  });

  it("names the variables", () => {
    expect(rows.filter(({ env }) => env !== null).map(({ env, key }) => [env, key])).toContainEqual([
      "HEADWATER_DATA",
      "data",
    ]);
  });
});

describe("paths", () => {
  it("are written and read back", () => {
    for (const parts of [
      ["a", 0, "b_c"],
      ["http", "hosts", "news.example"],
      ["x", 'qu"ote'],
    ]) {
      expect(pathParts(pathText(parts))).toEqual(parts);
    }
    expect(pathParts("sources[2].feeds.0.url")).toEqual(["sources", 2, "feeds", 0, "url"]);
  });
});
