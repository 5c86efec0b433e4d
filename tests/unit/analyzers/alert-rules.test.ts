import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findingOf, ruleKinds } from "../../../analyzers/alerts/index.ts";
import { alertId, type StoryFacts } from "../../../analyzers/alerts/rule.ts";
import { configSchema } from "../../../config/schema.ts";
import type { Actor } from "../../../contracts/actor.ts";
import type { PostDraft } from "../../../contracts/post.ts";
import { rulePost } from "../../../pipelines/alerts/facts.ts";
import { checkConfig } from "../../../pipelines/check.ts";
import { testRules } from "../../../pipelines/rule-tests.ts";
import { ARTICLE, post } from "../../support/posts.ts";
import { traced } from "../../support/story.ts";

const outlet: Actor = {
  id: "outlet",
  name: "The Outlet",
  affiliation: "state-controlled",
  accounts: ["weibo:outlet"],
  domains: [],
  names: ["瀚海导报"],
  evidence: [{ source: "a list", date: "2021-01-01" }],
  confidence: "high",
};

type Draft = Partial<PostDraft> & { readonly id: string };

/** The story that these posts make, as rules see it. */
function factsOf(drafts: readonly Draft[], watches: readonly string[] = []): StoryFacts {
  const posts = drafts.map((draft) => post({ platform: "weibo", text: ARTICLE, ...draft }));
  const { story, trace } = traced(posts, { actors: [outlet] });
  const stored = posts.map((each) => {
    const actor = each.account.id === "outlet" ? "outlet" : null;
    const language = { lang: "zh-Hans", confidence: 1 };
    const matches = watches.map((watch) => ({
      watch,
      status: "confirmed" as const,
      score: 1,
      reasons: ["q"],
    }));
    const findings = { post: each.id, language, actor, watches: matches, version: "t" };
    return rulePost({ post: each, revision: "r", mark: null, findings, story: story.story });
  });
  return {
    story,
    trace,
    posts: new Map(stored.map((each) => [each.id, each])),
    actors: new Map([["outlet", outlet]]),
  };
}

const hour = (n: number) => new Date(Date.UTC(2021, 8, 8, n)).toISOString();
const source: Draft = { id: "0", account: { id: "outlet" }, published_at: hour(0) };
const relay = (account: string, at: number, over: object = {}): Draft => ({
  id: `${account}-${at}`,
  account: { id: account },
  published_at: hour(at),
  ...over,
});

function fire(kind: string, facts: StoryFacts, options: object) {
  const rule = ruleKinds[kind]!;
  if (rule.on !== "story") throw new Error(`${kind} looks at no story`);
  return rule.fire(facts, rule.info.options.parse(options));
}

describe("state-relay", () => {
  it("counts accounts within the time, whenever it begins", () => {
    const facts = factsOf([
      source,
      relay("a", 5),
      relay("b", 60),
      relay("c", 61),
      relay("c", 62),
      relay("d", 63),
    ]);
    expect(fire("state-relay", facts, { accounts: 4, within: "48h" })).toEqual([]);
    const [fired] = fire("state-relay", facts, { accounts: 3, within: "48h" });
    expect(fired).toMatchObject({ size: 3, subject: `story:${facts.story.story}` });
    expect(fired!.why[0]).toEqual({
      say: "relay.accounts",
      with: { actors: "The Outlet", affiliation: "state-controlled", accounts: 3, seconds: 3 * 3600 },
    });
    expect(fire("state-relay", facts, { accounts: 4, within: "72h" })).toHaveLength(1);
  });

  it("finds the fullest stretch, as counting every stretch by hand does", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ at: fc.integer({ min: 0, max: 60 }), day: fc.boolean(), account: fc.nat(4) }), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.integer({ min: 1, max: 30 }),
        (drafts, within) => {
          const facts = factsOf([
            source,
            ...drafts.map(({ at, day, account }, i) => ({
              ...relay(`a${account}`, at),
              id: `r${i}`,
              published_at: day ? hour(at).slice(0, 10) : hour(at),
            })),
          ]);
          const following = [...facts.posts.values()].filter(({ id }) =>
            facts.trace.actors.some(({ followers }) => followers.includes(id)),
          );
          const most = [...facts.posts.values()].reduce((best, { from: start }) => {
            const inside = following.filter(
              ({ from, to }) => from >= start && to <= start + within * 3_600_000,
            );
            return Math.max(best, new Set(inside.map(({ account }) => account)).size);
          }, 0);
          const fired = fire("state-relay", facts, { accounts: 1, within: `${within}h` });
          expect(fired[0]?.size ?? 0).toBe(most);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("counts nothing whose time is not known, and one account once", () => {
    const undated = relay("b", 1, { published_at: null });
    expect(fire("state-relay", factsOf([source, relay("a", 1), undated]), { accounts: 2 })).toEqual([]);
    expect(fire("state-relay", factsOf([source, relay("a", 1), relay("a", 2)]), { accounts: 2 })).toEqual([]);
  });

  it("may ask for accounts that do not name their source, for actors, affiliations and watches", () => {
    const credited = relay("b", 2, { text: `${ARTICLE}（来源：瀚海导报）` });
    const facts = factsOf([source, relay("a", 1), credited], ["taxes"]);
    expect(fire("state-relay", facts, { accounts: 2 })).toHaveLength(1);
    expect(fire("state-relay", facts, { accounts: 2, uncredited: true })).toEqual([]);
    expect(fire("state-relay", facts, { accounts: 1, uncredited: true })).toHaveLength(1);
    expect(fire("state-relay", facts, { accounts: 1, actors: ["another"] })).toEqual([]);
    expect(fire("state-relay", facts, { accounts: 1, affiliations: ["party"] })).toEqual([]);
    expect(fire("state-relay", facts, { accounts: 1, watches: ["schools"] })).toEqual([]);
    expect(fire("state-relay", facts, { accounts: 1, watches: ["taxes"] })).toHaveLength(1);
  });

  it("does not take an outlet that relays others for one that is relayed", () => {
    const facts = factsOf([relay("a", -5), relay("b", -4), { ...source, published_at: hour(3) }]);
    expect(fire("state-relay", facts, { accounts: 1 })).toEqual([]);
  });

  it("becomes an alert with who, when, how sure, and what is not known", () => {
    const facts = factsOf([source, relay("a", 1), relay("b", 2)]);
    const [fired] = fire("state-relay", facts, { accounts: 2 });
    const found = findingOf({ name: "relayed", kind: "state-relay", severity: "high" }, fired!);
    expect(found).toMatchObject({
      id: alertId("relayed", `story:${facts.story.story}`),
      since: hour(0),
      until: hour(2),
      confidence: "moderate",
      items: ["weibo:0", "weibo:a-1", "weibo:b-2"],
    });
    expect(found.who).toContainEqual({ account: "weibo:a", actor: null, posts: 1, uncredited: 1 });
    expect(found.unknowns.map(({ say }) => say)).toContain("unknown.coordination");
  });
});

describe("uncredited-copies", () => {
  it("counts posts that lead back to the actor and do not name it", () => {
    const credited = relay("b", 2, { text: `${ARTICLE}（来源：瀚海导报）` });
    const facts = factsOf([source, relay("a", 1), credited, relay("c", 3)]);
    const [fired] = fire("uncredited-copies", facts, { actors: ["outlet"], copies: 2 });
    expect(fired!.size).toBe(2);
    expect(fire("uncredited-copies", facts, { actors: ["outlet"], copies: 3 })).toEqual([]);
    expect(fire("uncredited-copies", facts, { actors: ["another"] })).toEqual([]);
  });
});

describe("first-pickup", () => {
  it("tells the first on a platform, once a story, and says when it may be another", () => {
    const wechat = { platform: "wechat" };
    const facts = factsOf([source, relay("a", 5, wechat), relay("b", 6, wechat)]);
    const [fired] = fire("first-pickup", facts, { platforms: ["wechat"], actors: ["outlet"] });
    expect(fired).toMatchObject({ size: 1, subject: `story:${facts.story.story}:platform:wechat` });
    expect(fired!.why[0]).toEqual({
      say: "pickup.platform",
      with: { platform: "wechat", post: "wechat:a-5", certain: 1 },
    });
    const day = { platform: "wechat", published_at: "2021-09-08" };
    const [unsure] = fire("first-pickup", factsOf([source, relay("a", 5, day), relay("b", 6, day)]), {
      platforms: ["wechat"],
      actors: ["outlet"],
    });
    expect(unsure).toMatchObject({ confidence: "low" });
    expect(fire("first-pickup", facts, { platforms: ["weibo"], actors: ["outlet"] })).toEqual([]);
    expect(fire("first-pickup", facts, { languages: ["zh"], actors: ["outlet"] })).toEqual([]);
  });
});

describe("deletion", () => {
  const at = Date.parse("2021-09-10T00:00:00Z");
  const deleted = (facts: StoryFacts, by: "platform" | "unknown", ...ids: string[]): StoryFacts => ({
    ...facts,
    posts: new Map(
      [...facts.posts].map(([id, each]) => [
        id,
        ids.some((own) => id.endsWith(own)) ? { ...each, deleted: { by, after: at - 3_600_000, at } } : each,
      ]),
    ),
  });

  it("fires for what is deleted, of the watches and by whom it is told, and says when", () => {
    const facts = factsOf([source, relay("a", 5), relay("b", 60)], ["narrative"]);
    expect(fire("deletion", facts, {})).toEqual([]);
    const gone = deleted(facts, "platform", "a-5");
    const [fired] = fire("deletion", gone, { watches: ["narrative"] });
    expect(fired).toMatchObject({ size: 1, confidence: "high", subject: `story:${facts.story.story}` });
    expect(fired!.why.slice(0, 2)).toEqual([
      { say: "deleted.posts", with: { deleted: 1, posts: 3, accounts: 1 } },
      { say: "deleted.by", with: { by: "platform", posts: 1 } },
    ]);
    const rule = { name: "gone", kind: "deletion", severity: "high" } as const;
    expect(findingOf(rule, fired!)).toMatchObject({
      since: "2021-09-09T23:00:00.000Z",
      until: "2021-09-10T00:00:00.000Z",
      items: [expect.stringContaining("a-5")],
    });
    expect(fire("deletion", gone, { watches: ["another"] })).toEqual([]);
    expect(fire("deletion", gone, { by: ["author"] })).toEqual([]);
    expect(fire("deletion", gone, { posts: 2 })).toEqual([]);
    expect(fire("deletion", deleted(facts, "unknown", "a-5"), {})[0]).toMatchObject({
      confidence: "moderate",
    });
  });
});

describe("rules in the config", () => {
  const days = [1, 2, 1, 3, 2, 1, 2, 2, 1];
  const base = {
    watches: [
      {
        name: "threats",
        title: "Threats to a candidate",
        terms: { en: ["watch your back"] },
        category: "violent-extremism",
      },
    ],
    actors: [outlet],
  };

  it("are tested by their own posts, days and runs", async () => {
    const config = configSchema.parse({
      ...base,
      alerts: {
        rules: [
          {
            name: "threats",
            kind: "watch-posts",
            watches: ["threats"],
            suggested: true,
            tests: [
              { name: "a threat", posts: [{ text: "Watch your back, candidate." }], fires: true },
              { name: "weather", posts: [{ text: "Sunny." }], fires: true },
              { name: "no post", posts: [{ text: "Sunny.", shape: "round" }], fires: false },
            ],
          },
          {
            name: "surge",
            kind: "watch-surge",
            watches: ["threats"],
            tests: [
              { name: "far above", days: [...days, 20], fires: true },
              { name: "as ever", days: [...days, 4], fires: false },
              { name: "too few days", days: [1, 1, 1, 20], fires: false },
            ],
          },
          {
            name: "gone",
            kind: "deletion",
            tests: [
              {
                name: "removed by the platform",
                posts: [{ text: ARTICLE }, { text: ARTICLE, account: { id: "another" } }],
                visits: [
                  { post: 2, hours: 6, found: "gone", by: "platform" },
                  { post: 2, hours: 7, found: "gone", by: "platform" },
                ],
                fires: true,
              },
              {
                name: "one 404",
                posts: [{ text: ARTICLE }, { text: ARTICLE, account: { id: "another" } }],
                visits: [{ post: 2, hours: 6, found: "gone" }],
                fires: false,
              },
              {
                name: "of no post",
                posts: [{ text: ARTICLE }],
                visits: [{ post: 2, hours: 1, found: "seen" }],
                fires: false,
              },
            ],
          },
          {
            name: "stale",
            kind: "source-stale",
            tests: [
              { name: "two days", runs: [{ hours_ago: 50, added: 1 }, { hours_ago: 1 }], fires: true },
              { name: "an hour", runs: [{ hours_ago: 1, added: 1 }], fires: false },
            ],
          },
        ],
      },
    });
    const tests = await testRules(config, []);
    expect(tests.filter(({ passed }) => !passed)).toEqual([
      { rule: "threats", test: "weather", passed: false, problem: "it raises no alert" },
      {
        rule: "threats",
        test: "no post",
        passed: false,
        problem: "posts[0] is no post: there is no field shape in a post",
      },
      { rule: "gone", test: "of no post", passed: false, problem: "a visit is of post 2, and it has 1" },
    ]);
    expect(tests).toHaveLength(11);
  });

  it("are checked: kinds, options, channels, watches, actors, sources", () => {
    const config = configSchema.parse({
      ...base,
      alerts: {
        channels: [
          { name: "team", notifier: "slack", url: "https://hooks.example/secret" },
          { name: "team", notifier: "slak" },
        ],
        rules: [
          { name: "a", kind: "watch-post", channels: ["tem"] },
          { name: "a", kind: "watch-posts", watches: ["threat"] },
          { name: "b", kind: "first-pickup", languages: ["zh"], actors: ["outlt"], sources: ["feed"] },
          { name: "c", kind: "state-relay", accounts: 0 },
        ],
      },
    });
    const problems = checkConfig(config);
    expect(problems.map(({ path }) => path)).toEqual([
      "alerts.channels[0].url",
      "alerts.channels[1].name",
      "alerts.channels[1].notifier",
      "alerts.rules[0].channels[0]",
      "alerts.rules[0].kind",
      "alerts.rules[1].name",
      "alerts.rules[1].watches[0]",
      "alerts.rules[2].actors[0]",
      "alerts.rules[2].sources[0]",
      "alerts.rules[2].sources",
      "alerts.rules[3].accounts",
    ]);
    expect(JSON.stringify(problems)).not.toContain("hooks.example/secret");
    expect(problems[0]!.sentence).toContain("a secret does not stand in the config; write url_env");
  });
});
