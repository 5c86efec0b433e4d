import { describe, expect, it } from "vitest";
import { file, folder, headwater } from "../support/command.ts";

const BAD = `http: { delay: 3, max_redirects: 99 }
schedule: { every: whenever, zone: Toronto }
sources:
  - collector: rss
    url: http://a.example/feed
  - { name: b, collector: rs }
  - { name: c, collector: rss }
  - { name: c, collector: rss, url: http://c.example/feed, enabled: maybe }
`;

describe("config check", () => {
  it("tells every problem at once with line and column, exit 78", async () => {
    const bad = file("bad.yml", BAD);
    const { code, out, err } = await headwater(["config", "check", "--config", bad]);
    expect([code, out]).toEqual([78, ""]);
    const told = err.split("\\n").join("\n");
    for (const place of [
      "bad.yml:1:9 http.delay: ",
      "bad.yml:1:19 http.max_redirects: ",
      "bad.yml:2:13 schedule.every: ",
      "bad.yml:2:30 schedule.zone: ",
      "bad.yml:4:5 sources[0].name: ",
      "bad.yml:6:16 sources[1].collector: ",
      "bad.yml:7:5 sources[2].url: ",
      "bad.yml:8:7 sources[3].name: ",
      "bad.yml:8:60 sources[3].enabled: ",
    ]) {
      expect(told).toContain(place);
    }
    expect(err).not.toMatch(/\n\s+at /);
  });

  it("gives the same as data", async () => {
    const bad = file("bad.yml", "sources: 3\ndta: x\n");
    const { code, out } = await headwater(["config", "check", "--config", bad, "--json"]);
    expect(code).toBe(78);
    expect(JSON.parse(out)).toMatchObject({
      file: bad,
      problems: [
        { path: "sources", line: 1 },
        { path: "dta", line: 2 },
      ],
    });
  });

  it("refuses several processes on a store of one, whoever asks for it", async () => {
    const team = file("team.yml", "store: sqlite\nqueue: bullmq\n");
    const { code, err } = await headwater(["config", "check", "--config", team]);
    expect(code).toBe(78);
    expect(err).toContain("team.yml:2:1 queue: ");
    expect(err).toContain("write `store: elasticsearch`");
    const work = await headwater(["work", "--role", "analyze"], { env: { HEADWATER_QUEUE: "bullmq" } });
    expect(work).toMatchObject({ code: 78, err: expect.stringContaining("HEADWATER_QUEUE (queue): ") });
  });

  it("finds none in the demo", async () => {
    const { code, out } = await headwater(["config", "check"]);
    expect(out).toMatch(/demo\.yml: no problems; \d+ sources, \d+ actors/);
    expect(code).toBe(0);
  });

  it.each([["up --once"], ["crawl"], ["search x"], ["import -"], ["analyze"]])(
    "is what `%s` begins with",
    async (command) => {
      const bad = file("bad.yml", "dta: x");
      const { code, err } = await headwater([...command.split(" "), "--config", bad]);
      expect(err).toContain('bad.yml:1:1 dta: there is no such key; did you mean "data"?');
      expect(code).toBe(78);
    },
  );
});

describe("config show and schema", () => {
  it("show what is in force: flag over environment over file", async () => {
    const at = folder();
    file("headwater.yml", "data: from-file\nhttp: { contact: file@a.example }\n", at);
    const { out } = await headwater(["config", "show", "--json"], {
      cwd: at,
      env: { HEADWATER_CONTACT: "env@a.example" },
    });
    expect(JSON.parse(out)).toMatchObject({
      data: `${at}/from-file`,
      http: { contact: "env@a.example", delay_ms: 5000 },
    });
    expect((await headwater(["config", "show", "--data", "d"], { cwd: at })).out).toContain(`data: ${at}/d`);
  });

  it("tell a variable that has no right value by its name", async () => {
    const { code, err } = await headwater(["config", "check", "--config", file("c.yml", "http: 3")], {
      env: { HEADWATER_CONTACT: "x" },
    });
    expect(err).toContain("http: must be a map of keys, not 3");
    expect(code).toBe(78);
  });

  it("print a JSON Schema with the options of collectors", async () => {
    const { out } = await headwater(["config", "schema"]);
    const schema = JSON.parse(out);
    expect(schema.properties.http.properties.delay_ms.default).toBe(5000);
    expect(schema.properties.sources.items.allOf.length).toBeGreaterThan(3);
  });
});

describe("doctor", () => {
  it("says what is there and what is not", async () => {
    const { code, out } = await headwater(["doctor", "--json"], { env: { HEADWATER_DTA: "x" } });
    const { ok, findings } = JSON.parse(out) as {
      ok: boolean;
      findings: readonly { check: string; state: string; sentence: string }[];
    };
    expect([code, ok]).toEqual([0, true]);
    for (const check of ["node", "config", "environment", "data folder", "disk", "store", "clock", "http"]) {
      expect(findings.map((finding) => finding.check)).toContain(check);
    }
    expect(findings.find(({ check }) => check === "environment")?.sentence).toContain(
      "did you mean HEADWATER_DATA?",
    );
  });

  it("exits with 1 when something is wrong", async () => {
    const { code, out } = await headwater(["doctor", "--config", file("bad.yml", "dta: x")]);
    expect(code).toBe(1);
    expect(out).toMatch(/^WRONG +config +.*bad\.yml:1:1/m);
  });
});
