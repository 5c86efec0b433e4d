import { rmSync } from "node:fs";
import { request } from "node:http";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { configSchema } from "../../config/schema.ts";
import type { Store } from "../../contracts/store.ts";
import { type ExplorerOptions, serveExplorer } from "../../explorer/index.ts";
import type { Served } from "../../http/serve.ts";
import { openSqliteStore } from "../../stores/sqlite/index.ts";
import { importWith, temporaryFolder } from "../support/pipeline.ts";

const SHARED =
  "The harbour council voted late on Tuesday to close the old swing bridge for a whole year, although nobody had asked the ferry company whether it could carry the trucks that now cross it every morning.";
const posts = [
  {
    platform: "web",
    id: "lead",
    url: "https://courier.example/bridge",
    published_at: "2026-03-02T08:00:00Z",
    title: "Bridge closes <script>alert(1)</script>",
    text: SHARED,
  },
  {
    platform: "weibo",
    id: "w1",
    account: { id: "77", handle: "moonlit_harbour", name: "Moonlit Harbour" },
    published_at: "2026-03-02T09:30:00Z",
    text: `${SHARED} Said moonlit_harbour & "friends".`,
    engagement: { views: "1.2万" },
  },
  {
    platform: "weibo",
    id: "alone",
    account: { id: "78" },
    published_at: "2026-03-03T10:00:00Z",
    text: "Quiet weather on the coast, and nothing else to tell of today.",
  },
];
const rule = { name: "copies", kind: "uncredited-copies", severity: "medium", actors: ["courier"] };
const actors = [
  {
    id: "courier",
    name: "The Courier",
    affiliation: "private",
    domains: ["courier.example"],
    evidence: [{ source: "its imprint", date: "2026-01-01" }],
    confidence: "high",
  },
];

const folder = temporaryFolder();
const config = configSchema.parse({ data: path.join(folder.dir, "data"), actors, alerts: { rules: [rule] } });
let store: Store;
const servers: Served[] = [];
const serve = async (more: Partial<ExplorerOptions> = {}): Promise<Served> => {
  const told = (error: Error) => {
    throw error;
  };
  const where = { host: "127.0.0.1", port: 0, password: null, names: false };
  const server = await serveExplorer({ store, config, told, ...where, ...more });
  servers.push(server);
  return server;
};

beforeAll(async () => {
  await importWith(
    { actors, alerts: { rules: [rule] } },
    folder.dir,
    posts.map((post) => JSON.stringify(post)),
  );
  store = await openSqliteStore(path.join(folder.dir, "data", "headwater.db"), { readOnly: true });
});
afterAll(async () => {
  for (const server of servers) await server.close();
  await store.close();
  rmSync(folder.dir, { recursive: true, force: true });
});

/** Every page that leads on from the first one, by its address. */
async function crawl(url: string): Promise<ReadonlyMap<string, { status: number; text: string }>> {
  const pages = new Map<string, { status: number; text: string }>();
  const ahead = ["/", "/search?q=bridge", "/search?q=platform%3Aweibo&order=oldest", "/alerts?all=yes"];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    if (pages.has(next)) continue;
    const answer = await fetch(new URL(next, url));
    const text = await answer.text();
    pages.set(next, { status: answer.status, text });
    for (const [, link] of text.matchAll(/href="(\/[^"#]*)"/g)) ahead.push(link!.replaceAll("&amp;", "&"));
  }
  return pages;
}

describe("the explorer", () => {
  test("leads from its first page to posts, stories and alerts, and no link to nothing", async () => {
    const pages = await crawl((await serve()).url);
    expect([...pages].filter(([, { status }]) => status !== 200)).toEqual([]);
    const paths = [...pages.keys()].map((at) => at.split("/")[1]!.replace(/\?.*/, ""));
    expect(new Set(paths)).toEqual(new Set(["", "search", "stories", "posts", "alerts", "sources"]));
    const text = [...pages.values()].map((page) => page.text).join("");
    expect(text).toContain("about 1.2万 views");
    expect(text).toMatch(/uncredited/);
    // A title that carries markup stays a title.
    expect(text).toContain("Bridge closes &lt;script&gt;");
    expect(text).not.toContain("<script");
  });

  test("tells no name of a private account, unless it is asked to", async () => {
    const hidden = [...(await crawl((await serve()).url)).values()].map(({ text }) => text).join("");
    expect(hidden).not.toMatch(/moonlit/i);
    expect(hidden).toMatch(/weibo account [0-9a-f]{6}/);
    const named = [...(await crawl((await serve({ names: true })).url)).values()].map(({ text }) => text);
    expect(named.join("")).toContain("Moonlit Harbour");
  });

  test("shows a story in French, too, and says what is wrong with a query", async () => {
    const { url } = await serve();
    const [story] = [...(await crawl(url)).keys()].filter((at) => /^\/stories\/s-[0-9a-f]+$/.test(at));
    expect(await (await fetch(`${url}${story}?lang=fr`)).text()).toContain('<html lang="fr-CA">');
    const wrong = await (await fetch(`${url}/search?q=${encodeURIComponent("colour:red")}`)).text();
    expect(wrong).toMatch(/role="alert">[^<]*colour/);
    expect((await fetch(`${url}/posts/nobody`)).status).toBe(404);
  });

  test("cannot be framed, scripted or kept, and is for this machine alone without a password", async () => {
    const { url } = await serve();
    const { headers } = await fetch(url);
    expect(headers.get("content-security-policy")).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(await statusAs("evil.example", url)).toBe(421);
    expect(await statusAs(new URL(url).host, url)).toBe(200);
  });

  test("asks for the password, and tells of its health without", async () => {
    const { url } = await serve({ password: "correct horse" });
    expect((await fetch(url)).status).toBe(401);
    const authorization = `Basic ${Buffer.from("explorer:correct horse").toString("base64")}`;
    expect((await fetch(url, { headers: { authorization } })).status).toBe(200);
    expect((await fetch(`${url}/healthz`)).status).toBe(204);
  });
});

/** The status for a request that calls the server by this name, as after DNS was turned round. */
function statusAs(host: string, url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}
