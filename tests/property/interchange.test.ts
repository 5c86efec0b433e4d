import { writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configSchema } from "../../config/schema.ts";
import { DEFAULT } from "../../config/sharing.ts";
import { formats } from "../../reports/interchange/index.ts";
import { importFiles } from "../../workers/embedded.ts";
import { exported } from "../support/exported.ts";
import { quiet, temporaryFolder, withStore } from "../support/pipeline.ts";
import { ARTICLE } from "../support/posts.ts";

/** Letters that stand in no hash, and characters that stand in no sentence of ours: what is found was let through. */
const handle = fc
  .stringMatching(/^[qxvzkw]{4,9}$/)
  .filter((word) => new Set(word).size > 2)
  .map((word) => `q${word}`);
const name = fc.oneof(
  fc.stringMatching(/^[焱垚犇骉羴猋鑫淼]{2,4}$/),
  handle.map((word) => `${word} Zqv`),
);
const platform = fc.constantFrom("wechat", "weibo", "telegram");

const account = fc.record({
  platform,
  id: handle,
  handle: fc.option(handle, { nil: undefined }),
  name: fc.option(name, { nil: undefined }),
});

/** What a text may say of an account: as it is, shouted, as an address, as the id of a post. */
const MENTIONS: readonly ((word: string, url: string, id: string) => string)[] = [
  (word) => `@${word}`,
  (word) => word.toUpperCase(),
  (_, url) => `见${url}，`,
  (_, url) => `(${url.slice("https://".length)})`,
  (_, __, id) => `${id}.`,
  (word) => `https://elsewhere.example/${word}?from=1`,
];

const world = fc.record({
  accounts: fc.uniqueArray(account, {
    minLength: 2,
    maxLength: 4,
    comparator: (a, b) =>
      [a.id, a.handle, a.name].some((word) => word !== undefined && [b.id, b.handle, b.name].includes(word)),
  }),
  posts: fc.array(
    fc.record({
      by: fc.nat(5),
      hour: fc.integer({ min: 0, max: 30 }),
      from: fc.integer({ min: 0, max: 40 }),
      of: fc.nat(3),
      mention: fc.constantFrom(...MENTIONS),
      word: fc.constantFrom("id", "handle", "name"),
      place: fc.constantFrom("text", "title", "declared", "reference", "media"),
    }),
    { minLength: 4, maxLength: 9 },
  ),
});

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

/** Accounts 4 and 5 are a web site and a registered actor's: they are shown, and may mention anybody. */
function linesOf({ accounts, posts }: World) {
  const owners = posts.map(({ by }, i) =>
    i > 0 && by > 3 ? null : accounts[i === 0 ? 0 : by % accounts.length]!,
  );
  const urls = owners.map((owner, i) =>
    owner === null ? `https://site.example/${i}` : `https://${owner.platform}.example/s/zqkw${i}v`,
  );
  return posts.map(({ by, hour, from, of, mention, word, place }, i) => {
    const who = accounts[of % accounts.length]!;
    const postId = `${accounts[0]!.platform}:${accounts[0]!.id}-0`;
    const url = urls[of % urls.length]!;
    const said = mention(who[word as "id"] ?? who.id, url, postId);
    const own = owners[i] ?? {
      platform: by === 4 ? "web" : "weibo",
      id: by === 4 ? "site.example" : "outlet",
    };
    return JSON.stringify({
      platform: own.platform,
      id: `${own.id}-${i}`,
      url: urls[i],
      account: own,
      published_at: new Date(Date.UTC(2021, 8, 8, hour)).toISOString(),
      title: place === "title" ? said : null,
      text: `${ARTICLE.slice(from)}${place === "text" ? ` ${said} ` : ""}`,
      ...(place === "declared" ? { declared_source: { kind: "reprint", name: said, account: who.id } } : {}),
      references: [
        { kind: "mention", handle: who.handle ?? who.id },
        ...(place === "reference"
          ? [
              { kind: "link", url },
              { kind: "repost", id: postId },
            ]
          : []),
      ],
      media: place === "media" ? [{ kind: "image", url: `${url}.png` }] : [],
    });
  });
}

describe("the default profile", () => {
  it("lets no concealed account's id, handle, name or URL out, in any format", {
    timeout: 300_000,
  }, async () => {
    let alerts = 0;
    let copies = 0;
    const check = async (given: World) => {
      using folder = temporaryFolder();
      const lines = linesOf(given);
      const config = {
        data: path.join(folder.dir, "data"),
        actors: [
          {
            id: "outlet",
            name: "The Outlet",
            affiliation: "state-controlled",
            accounts: ["weibo:outlet"],
            domains: ["site.example"],
            evidence: [{ source: "a test", date: "2021-01-01" }],
            confidence: "high",
          },
        ],
        alerts: {
          rules: [
            { name: "relayed", kind: "state-relay", accounts: 1, within: "72h" },
            { name: "picked up", kind: "first-pickup", languages: ["zh"], actors: ["outlet"] },
          ],
        },
      };
      const file = path.join(folder.dir, "lines.jsonl");
      writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
      await importFiles(configSchema.parse(config), {
        files: [file],
        options: {},
        name: `channel of ${given.accounts[0]!.id}`,
        log: quiet,
        signal: new AbortController().signal,
      });
      const posts = lines.map((line) => JSON.parse(line) as { url: string; account: { id: string } });
      const concealed = posts.filter(({ account: { id } }) => id !== "outlet" && id !== "site.example");
      const ids = new Set(concealed.map(({ account: { id } }) => id));
      const secrets = new Set([
        ...concealed.map(({ url }) => url.slice("https://".length)),
        ...given.accounts
          .filter(({ id }) => ids.has(id))
          .flatMap(({ id, handle, name }) => [id, handle ?? id, name ?? id]),
      ]);
      await withStore(folder.dir, async (store) => {
        alerts += await store.count("alerts", { kind: "all" });
        copies += await store.count("links", { kind: "all" });
        for (const format of formats) {
          for (const kind of format.kinds.filter((kind) => DEFAULT.kinds.includes(kind))) {
            const { text } = await exported(store, config, { kind, format: format.name, profile: "default" });
            const out = text.toLowerCase();
            const told = [...secrets].filter((secret) => out.includes(secret.toLowerCase()));
            expect(told, `${format.name} of ${kind}: ${text}`).toEqual([]);
          }
        }
      });
    };
    await fc.assert(fc.asyncProperty(world, check), { numRuns: 12 });
    // A world without copies or alerts would show nothing.
    expect(copies).toBeGreaterThan(0);
    expect(alerts).toBeGreaterThan(0);
  });
});
