import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { file, folder, headwater, jsonLines } from "../support/command.ts";
import { ARTICLE } from "../support/posts.ts";

const line = (post: Record<string, unknown>) => JSON.stringify(post);
const ORIGIN = {
  platform: "web",
  id: "one",
  url: "https://news.example/one",
  account: { id: "news.example", name: "The News" },
  published_at: "2021-09-08T00:00:00Z",
  title: "三十一次提到中国",
  text: ARTICLE,
};
const RELAY = {
  platform: "wechat",
  id: "mp-1",
  url: "https://mp.example/1",
  account: { id: "gh_1234", handle: "jiashu1", name: "北美某家书" },
  published_at: "2021-09-09T08:00:00+08:00",
  title: "三十一次点名",
  text: `${ARTICLE}你还打算留在这里吗？`,
  lang: null,
  engagement: { views: 100000, likes: 12, reposts: 3, comments: 4 },
  references: [{ kind: "mention", handle: "someone" }],
  media: [{ kind: "image", url: "https://img.example/1.png" }],
};
const GOOD = `${line(ORIGIN)}\n${line(RELAY)}\n`;
const BAD = [
  line({ platform: "web", id: "a", text: "a post without a time" }),
  line({ platform: "web", id: "b", text: "a post of the far future", published_at: "9999-12-31T00:00:00Z" }),
  line({ platform: "wecaht", id: "c", text: "an unknown platform", published_at: "2021-09-08T00:00:00Z" }),
  line({ platform: "web", id: "d", text: "a good one", published_at: "2021-09-08T00:00:00Z", colour: "red" }),
  '{"platform":"web","id":"e","text":"a truncated li',
].join("\n");

describe("import", () => {
  it("puts every record in one bucket, with one sentence and its place for what is wrong", async () => {
    const data = folder();
    const bad = file("bad.jsonl", BAD);
    const { code, out, err } = await headwater(["import", bad, "--data", data]);
    expect(out).toContain(`${bad}: 5 seen = 1 added + 2 undated + 0 changed + 0 known + 2 rejected`);
    expect(out).toContain("unknown fields: colour (1)");
    expect(out).toMatch(/line 1: no time of publication/);
    expect(out).toMatch(/line 2: "9999-12-31T00:00:00Z" lies in the future/);
    expect(out).toMatch(/line 3: unknown platform "wecaht"/);
    expect(out).toMatch(/line 5: /);
    expect(err).not.toMatch(/\n\s+at /);
    expect(code).toBe(0);
    const aside = jsonLines((await headwater(["export", "quarantine", "--data", data])).out);
    expect(aside.map(({ where }) => where)).toEqual([
      expect.stringContaining("line 3"),
      expect.stringContaining("line 5"),
    ]);
  });

  it("says what it took a file for", async () => {
    const rows =
      "id,thread_id,author,body,unix_timestamp,url\n1,1,a,words,1714979289,https://x.com/a/status/1\n";
    const { out } = await headwater(["import", file("rows.txt", rows), "--data", folder()]);
    expect(out).toContain("1 seen = 1 added + 0 undated + 0 changed + 0 known + 0 rejected, read as 4cat");
  });

  it("reads another encoding by its name, and says when there is none of that name", async () => {
    // 渡轮 in GB 18030.
    const rows = Buffer.concat([
      Buffer.from("platform,id,text\nweb,1,"),
      Buffer.from([0xb6, 0xc9, 0xc2, 0xd6]),
      Buffer.from("\n"),
    ]);
    const [at, data] = [file("gb.csv", rows), folder()];
    expect((await headwater(["import", at, "--data", data])).out).toContain("name the file's encoding");
    expect((await headwater(["import", at, "--encoding", "gb18030", "--data", data])).out).toContain(
      "0 rejected",
    );
    const { code, err } = await headwater(["import", at, "--encoding", "gb99", "--data", data]);
    expect([code, err]).toEqual([64, expect.stringContaining('--encoding: "gb99" is no encoding')]);
  });

  it("knows the same file again, and says so", async () => {
    const data = folder();
    const good = file("good.jsonl", GOOD);
    await headwater(["import", good, "--data", data]);
    const { out } = await headwater(["import", good, "--data", data, "--json"]);
    expect(JSON.parse(out)).toMatchObject([{ seen: 2, buckets: { added: 0, known: 2 }, status: "done" }]);
  });

  it("reads gzip and standard input alike", async () => {
    const data = folder();
    const zipped = file("posts.jsonl.gz", gzipSync(GOOD));
    expect((await headwater(["import", zipped, "--data", data])).out).toContain("2 seen = 2 added");
    const piped = await headwater(["import", "-", "--source", "pipe", "--data", data], { input: GOOD });
    expect(piped.out).toContain("pipe: 2 seen = 0 added + 0 undated + 0 changed + 2 known + 0 rejected");
  });

  it("reads a table by its column map", async () => {
    const table = file("t.csv", 'tweet,when,who\n"one, two",2021-09-08T00:00:00Z,ann\n');
    const data = folder();
    const { out, code } = await headwater([
      "import",
      table,
      "--platform",
      "twitter",
      "--map",
      "tweet=text",
      "--map",
      "when=published_at",
      "--map",
      "who=account.handle",
      "--data",
      data,
    ]);
    expect([code, out]).toEqual([0, expect.stringContaining("1 seen = 1 added")]);
    expect(jsonLines((await headwater(["export", "posts", "--data", data])).out)).toMatchObject([
      { platform: "twitter", text: "one, two", account: { handle: "ann" } },
    ]);
  });

  it("exits with 65 when every record is rejected, 66 when there is no file", async () => {
    const data = folder();
    const rejected = await headwater(["import", file("x.jsonl", "not json\n"), "--data", data]);
    expect([rejected.code, rejected.out]).toEqual([
      65,
      expect.stringContaining("1 seen = 0 added + 0 undated + 0 changed + 0 known + 1 rejected"),
    ]);
    const missing = await headwater(["import", "none.jsonl", "--data", data]);
    expect([missing.code, missing.err]).toEqual([66, "headwater: there is no file none.jsonl\n"]);
  });
});

describe("what was imported", () => {
  const data = folder();
  beforeAll(async () => {
    await headwater(["import", file("good.jsonl", GOOD), "--data", data]);
  });

  it("is exported in the interchange format, with the language found", async () => {
    const { out } = await headwater(["export", "posts", "--data", data]);
    const posts = jsonLines(out);
    expect(posts.map(({ id }) => id).sort()).toEqual(["web:one", "wechat:mp-1"]);
    expect(posts.find(({ id }) => id === "wechat:mp-1")).toMatchObject({
      platform: "wechat",
      url: RELAY.url,
      account: RELAY.account,
      published_at: "2021-09-09T00:00:00Z",
      title: RELAY.title,
      text: RELAY.text,
      lang: "zh-Hans",
      engagement: RELAY.engagement,
      references: RELAY.references,
      media: RELAY.media,
    });
  });

  it("has links, stories and traces of the agreed shape", async () => {
    const of = async (kind: string) => jsonLines((await headwater(["export", kind, "--data", data])).out);
    const [link] = await of("links");
    expect(link).toMatchObject({
      child: "wechat:mp-1",
      parent: "web:one",
      credit: "uncredited",
      status: "asserted",
      overlap: { child: expect.any(Number), parent: 1 },
      spans: [[expect.any(Number), expect.any(Number), expect.any(Number), expect.any(Number)]],
      lag_seconds: [expect.any(Number), expect.any(Number)],
      reasons: expect.any(Array),
    });
    const [story] = await of("stories");
    expect(story).toMatchObject({
      members: ["web:one", "wechat:mp-1"],
      platforms: ["web", "wechat"],
      languages: ["zh-Hans"],
    });
    const [trace] = await of("traces");
    expect(trace).toMatchObject({
      story: story!.story,
      origin: "web:one",
      origin_status: "observed",
      posts: 2,
      parents: {
        "web:one": { parent: null },
        "wechat:mp-1": { parent: "web:one", confidence: expect.any(String), alternatives: [] },
      },
    });
    expect(await of("alerts")).toEqual([]);
    expect(await of("runs")).toMatchObject([{ seen: 2, status: "done" }]);
  });

  it("can be imported again elsewhere, and comes out the same", async () => {
    const exported = (await headwater(["export", "posts", "--data", data])).out;
    const there = folder();
    const again = await headwater(["import", "-", "--data", there], { input: exported });
    expect(again.out).toContain("2 seen = 2 added");
    expect(again.out).not.toContain("unknown fields");
    // A date written with another zone is exported in UTC; how it was written does not travel.
    const strip = (text: string) =>
      jsonLines(text).map(
        ({ source: _, collected_at: __, lang_declared: ___, published: ____, ...rest }) => rest,
      );
    expect(strip((await headwater(["export", "posts", "--data", there])).out)).toEqual(strip(exported));
    expect((await headwater(["import", "-", "--data", data], { input: exported })).out).toContain("2 known");
  });

  it("is found by Chinese stretches and by fields", async () => {
    const found = await headwater(["search", "断绝外交", "--data", data, "--json"]);
    expect(
      jsonLines(found.out)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(["web:one", "wechat:mp-1"]);
    expect(found.err).toBe("2 posts\n");
    const one = await headwater(["search", "platform:web AND 外交", "--data", data]);
    expect(one.out).toContain("The News: 三十一次提到中国");
    expect(one.err).toBe("1 post\n");
    expect(await headwater(["search", "nowhere", "--data", data])).toEqual({
      code: 0,
      out: "",
      err: "nothing found\n",
    });
    const wrong = await headwater(["search", "plaform:web", "--data", data]);
    expect([wrong.code, wrong.err]).toEqual([64, expect.stringContaining('did you mean "platform"?')]);
  });

  it("shows private accounts by pseudonym, and by name when asked", async () => {
    const hidden = await headwater(["search", "留在这里", "--data", data, "--config", file("c.yml", "{}")]);
    expect(hidden.out).toMatch(/^wechat account [0-9a-f]{6}: 三十一次点名/);
    const named = await headwater([
      "search",
      "留在这里",
      "--names",
      "--data",
      data,
      "--config",
      file("c.yml", "{}"),
    ]);
    expect(named.out).toContain("北美某家书: 三十一次点名");
  });

  it("is traced by story, by its beginning, by post and by URL", async () => {
    const [story] = jsonLines((await headwater(["trace", "--data", data, "--json"])).out);
    const id = String(story!.story);
    const told = await headwater(["trace", id, "--data", data]);
    expect(told.out).toContain("it begins with [1] by The News");
    for (const other of [
      id.slice(0, 8),
      "wechat:mp-1",
      "https://mp.example/1",
      "http://www.news.example/one?utm_source=x",
    ]) {
      expect((await headwater(["trace", other, "--data", data])).out).toBe(told.out);
    }
    expect((await headwater(["trace", "--data", data])).out).toMatch(
      /^s-[0-9a-f]{16} +2 +2021-09-08 +web wechat +三十一次提到中国$/m,
    );
    const none = await headwater(["trace", "web:none", "--data", data]);
    expect([none.code, none.err]).toEqual([
      66,
      expect.stringContaining("no post and no story is known as web:none"),
    ]);
  });

  it("keeps a person's verdict on a link, and traces anew", async () => {
    const rejected = await headwater([
      "link",
      "reject",
      "wechat:mp-1",
      "web:one",
      "--by",
      "ann",
      "--data",
      data,
    ]);
    expect(rejected.out).toContain("is rejected by ann; they are in no story together");
    const alone = await headwater(["trace", "wechat:mp-1", "--data", data]);
    expect(alone.out).toBe(
      "wechat:mp-1 is in no story: no link ties it to another post of the collection.\n",
    );
    expect((await headwater(["analyze", "--all", "--data", data])).out).toMatch(
      /^2 posts analysed .*; 0 stories\n$/,
    );
    await headwater(["link", "clear", "wechat:mp-1", "web:one", "--data", data]);
    expect(jsonLines((await headwater(["trace", "--data", data, "--json"])).out)).toHaveLength(1);
    const none = await headwater(["link", "confirm", "web:one", "web:two", "--data", data]);
    expect([none.code, none.err]).toEqual([
      66,
      expect.stringContaining("there is no link from web:one to web:two"),
    ]);
  });
});

describe("reading where nothing was stored", () => {
  it.each([["search x"], ["trace"], ["export posts"]])("`%s` says so, exit 66", async (command) => {
    const { code, err } = await headwater([...command.split(" "), "--data", folder()]);
    expect([code, err]).toEqual([66, expect.stringContaining("there is no data in")]);
  });
});
