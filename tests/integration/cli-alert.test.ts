import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSqliteStore } from "../../stores/sqlite/index.ts";
import { folder, headwater, jsonLines } from "../support/command.ts";
import { ARTICLE } from "../support/posts.ts";

const at = folder();
const config = path.join(at, "headwater.yml");
const CONFIG = `
data: data
actors:
  - { id: outlet, name: The Outlet, affiliation: state-controlled, accounts: ["weibo:outlet"], confidence: high, evidence: [{ source: a list, date: 2021-01-01 }] }
watches:
  - { name: threats, title: Threats, terms: { en: [watch your back] }, examples: [Watch your back.], counter_examples: [Watch your step.] }
alerts:
  channels: [{ name: here, notifier: console }]
  rules:
    - { name: relayed, kind: state-relay, severity: high, accounts: 2 }
    - name: threats
      kind: watch-posts
      watches: [threats]
      suggested: true
      tests: [{ name: a threat, posts: [{ text: "Watch your back!" }], fires: true }]
`;
const post = (id: string, over: object) =>
  JSON.stringify({ platform: "weibo", id, account: { id }, published_at: "2021-09-08T00:00:00Z", ...over });
const POSTS = [
  post("o", { account: { id: "outlet" }, text: ARTICLE }),
  post("a", {
    account: { id: "secretive", name: "Jeanne Privée" },
    text: ARTICLE,
    published_at: "2021-09-08T05:00:00Z",
  }),
  post("b", { text: ARTICLE, published_at: "2021-09-08T09:00:00Z" }),
  post("t", { text: "You had better watch your back", published_at: "2021-09-09T09:00:00Z" }),
];

const run = (...args: string[]) => headwater([...args, "--config", config], { cwd: at });

describe("headwater alert", () => {
  let relayed = "";
  beforeAll(async () => {
    writeFileSync(config, CONFIG);
    writeFileSync(path.join(at, "posts.jsonl"), `${POSTS.join("\n")}\n`);
    const imported = await run("import", path.join(at, "posts.jsonl"));
    expect(imported).toMatchObject({ code: 0, err: expect.stringContaining("A story of The Outlet") });
    const listed = jsonLines((await run("alert", "list", "--json")).out);
    relayed = String(listed.find(({ rule }) => rule === "relayed")!.id);
  });

  it("lists what was raised, and finds it by a search", async () => {
    const { out } = await run("alert", "list");
    expect(out).toMatch(/relayed +A story of The Outlet/);
    expect(out).toMatch(/threats +“Threats” has 1 post/);
    const found = jsonLines((await run("alert", "list", "--where", "severity:high", "--json")).out);
    expect(found.map(({ id }) => id)).toEqual([relayed]);
    expect(jsonLines((await run("export", "alerts", "--where", "kind:watch-posts")).out)).toMatchObject([
      { watch: "threats", items: ["weibo:t"], subject: "watch:threats:2021-09-09" },
    ]);
  });

  it("shows one with its history and where it was told, private accounts by pseudonym", async () => {
    const { out } = await run("alert", "show", relayed.slice(0, 8));
    expect(out).toContain("was carried on by 2 other accounts within 9 h");
    expect(out).toMatch(/weibo account [0-9a-f]{6}: 1 post, 1 without naming the source/);
    expect(out).toMatch(/raised, size 2/);
    expect(out).toMatch(/here: sent/);
    expect(out).not.toMatch(/secretive|Jeanne/);
    expect((await run("alert", "show", relayed, "--names")).out).toContain("Jeanne Privée");
    expect((await run("alert", "show", "a-zzz")).code).toBe(66);
  });

  it("keeps decisions with name and time, also beside a running Headwater", async () => {
    const running = await openSqliteStore(path.join(at, "data", "headwater.db"));
    const acknowledged = await run("alert", "ack", relayed, "--by", "M. Tremblay");
    expect(acknowledged).toMatchObject({ code: 0, out: `${relayed} is acknowledged by M. Tremblay\n` });
    const closed = await run("alert", "close", relayed, "--by", "A. Chen", "--note", "a satire page");
    expect(closed.code).toBe(0);
    const [alert] = await running.getAlerts([relayed]);
    expect(alert).toMatchObject({
      state: "closed",
      judgements: [
        { by: "M. Tremblay", state: "acknowledged", note: null },
        { by: "A. Chen", state: "closed", note: "a satire page" },
      ],
    });
    await running.close();
    expect((await run("alert", "list")).out).not.toContain(relayed);
    expect((await run("alert", "list", "--all")).out).toContain(relayed);
    expect((await run("alert", "show", relayed)).out).toMatch(/closed by A\. Chen: a satire page/);
    expect((await run("alert", "reopen", relayed, "--by", "A. Chen")).out).toContain("is open");
  });

  it("runs the tests of rules and watches", async () => {
    expect(await run("alert", "test")).toMatchObject({
      code: 0,
      err: expect.stringContaining("1 tests of rules, 0 failed"),
    });
    expect(await run("watch", "test")).toMatchObject({
      code: 0,
      err: expect.stringContaining("2 examples, 0 failed"),
    });
    writeFileSync(
      config,
      CONFIG.replace("fires: true", "fires: false").replace("[Watch your step.]", "[Watch your back]"),
    );
    expect(await run("alert", "test")).toMatchObject({
      code: 1,
      out: "threats: a threat: it raises an alert\n",
    });
    expect(await run("watch", "test")).toMatchObject({
      code: 1,
      out: expect.stringContaining("counter-example 1 matches"),
    });
    writeFileSync(config, CONFIG);
    expect((await run("alert", "test", "nothing")).code).toBe(64);
  });

  it("shows a watch with its posts and why they joined", async () => {
    expect((await run("watch", "list")).out).toMatch(/threats +1 +0 +other/);
    expect((await run("watch", "show", "threats")).out).toContain(
      'suggested, score 0.5: term "watch your back" (en)',
    );
    expect((await run("search", "watches:threats", "--json")).out).toContain('"id":"weibo:t"');
  });

  afterAll(() => {});
});
