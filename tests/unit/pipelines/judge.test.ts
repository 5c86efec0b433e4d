import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { beforeAll, expect, it } from "vitest";
import { actorIndex } from "../../../analyzers/actors/index.ts";
import { language, loadLanguageModels } from "../../../analyzers/language/index.ts";
import { watchIndex } from "../../../analyzers/watches/index.ts";
import { configSchema } from "../../../config/schema.ts";
import { createDesk, type Desk, type DeskParts } from "../../../pipelines/judge/desk.ts";
import { Languages } from "../../../pipelines/judge/languages.ts";
import { roomIn } from "../../../pipelines/judge/room.ts";
import { type DeskConfig, ThreadedDesk } from "../../../pipelines/judge/threaded.ts";
import { openSqliteStore } from "../../../stores/sqlite/index.ts";
import { ARTICLE, post } from "../../support/posts.ts";

beforeAll(loadLanguageModels);

it("tells of every post what the language analyzer tells, however often its words came before", async () => {
  const languages = new Languages();
  const posts = [
    post({ id: "1", text: ARTICLE }),
    post({ id: "2", text: "The bridge is closed until Friday for repairs." }),
    post({ id: "3", title: "Le pont est fermé", text: "…" }),
    post({ id: "4", title: "桥梁关闭", text: "The bridge is closed until Friday for repairs." }),
    post({ id: "5", text: ARTICLE.repeat(20) }),
  ];
  const expected = posts.map((each) => language.analyze(each, [], {}));
  expect(await languages.of(posts)).toEqual(expected);
  expect(await languages.of(posts)).toEqual(expected);
});

const room = roomIn(1);
const { actors, watches, copies } = configSchema.parse({
  actors: [
    {
      id: "bureau",
      name: "Bureau",
      accounts: ["weibo:a1"],
      affiliation: "state-controlled",
      evidence: [{ source: "a list", date: "2024-01-01" }],
      confidence: "high",
    },
  ],
  watches: [{ name: "bridge", title: "The bridge", terms: { en: ["bridge", "closed"] }, confirm_terms: 2 }],
});
const config: DeskConfig = { actors, watches, copies, version: "a test", room };
const parts: DeskParts = { ...config, actorOf: actorIndex(actors), watchesOf: watchIndex(watches) };

const read = [
  post({ id: "1", platform: "weibo", account: { id: "a1" }, text: ARTICLE }),
  post({ id: "2", platform: "weibo", account: { id: "a2" }, text: `转发一下：${ARTICLE.slice(0, 120)}` }),
  post({ id: "3", title: "Le pont est fermé", text: "The bridge is closed until Friday for repairs." }),
  post({ id: "4", text: "!!" }),
].map((each) => ({ post: each, revision: "1" }));
const ids = read.map(({ post: { id } }) => id);
const [first, second, third] = ids as [string, string, string];
const nothing = { posts: [], absent: [] };
const unknown = { ids: [first, "weibo:never"], pairs: Int32Array.of(0, 1) };

async function said(desk: Desk) {
  return {
    findings: await desk.read(read),
    compared: await desk.compare({ ...nothing, ids, pairs: Int32Array.of(0, 1, 0, 2, 2, 3) }),
    missing: await desk.compare({ ...nothing, ...unknown }),
    absent: await desk.compare({ ...nothing, ...unknown, absent: ["weibo:never"] }),
  };
}

it("says the same in a thread of its own as here", async () => {
  const here = await said(createDesk(parts, room));
  expect(await said(new ThreadedDesk(config))).toEqual(here);
  expect(here.findings.map(({ actor }) => actor)).toEqual(["bureau", null, null, null]);
  expect(here.findings[2]!.watches).toMatchObject([{ watch: "bridge", status: "confirmed" }]);
  expect(here.compared).toMatchObject({ links: [{ child: second, parent: first }] });
  expect(here.missing).toEqual({ missing: ["weibo:never"] });
  expect(here.absent).toEqual({ links: [], revisions: ["1", null] });
});

it("reads a post anew when it has changed, and has forgotten what it is told to", async () => {
  for (const desk of [createDesk(parts, room), new ThreadedDesk(config)]) {
    const [one, other] = [read[0]!, read[2]!];
    const changed = { post: { ...other.post, text: ARTICLE.slice(0, 100) }, revision: "2" };
    const both = { ...nothing, ids: [first, third], pairs: Int32Array.of(0, 1) };
    await desk.read([one, other]);
    expect(await desk.compare(both)).toMatchObject({ links: [] });
    expect(await desk.compare({ ...both, posts: [changed] })).toMatchObject({
      links: [{}],
      revisions: ["1", "2"],
    });
    await desk.forget([third]);
    expect(await desk.compare(both)).toEqual({ missing: [third] });
  }
});

it("reads what it lacks from the store's file itself, and asks for it where it cannot", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "headwater-judge-"));
  const file = path.join(folder, "headwater.db");
  const store = await openSqliteStore(file);
  try {
    await store.savePosts(read.map(({ post: each }) => each));
    const asked = { ...nothing, ids: [...ids, "weibo:never"], pairs: Int32Array.of(0, 1, 0, 2, 2, 4) };
    const compared = await new ThreadedDesk({ ...config, file }).compare(asked);
    expect(compared).toEqual(
      await createDesk(parts, room).compare({ ...asked, posts: read, absent: ["weibo:never"] }),
    );
    expect(compared).toMatchObject({ links: [{ child: second, parent: first }] });
    const nowhere = new ThreadedDesk({ ...config, file: path.join(folder, "nowhere.db") });
    expect(await nowhere.compare(asked)).toEqual({ missing: asked.ids });
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
});

it("fails every question of a thread that ends, and says so", async () => {
  const broken = { ...config, watches: [{ ...watches[0]!, queries: ["((("] }] };
  const desk = new ThreadedDesk(broken);
  await expect(desk.read(read)).rejects.toThrow();
  expect(desk.ended).toBe(true);
  await expect(desk.read(read)).rejects.toThrow();
});
