import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findings, importWith, temporaryFolder } from "../support/pipeline.ts";
import { ARTICLE } from "../support/posts.ts";

const RULES = [
  { name: "relayed", kind: "state-relay", accounts: 2, within: "24h" },
  { name: "uncredited", kind: "uncredited-copies", actors: ["outlet"] },
  { name: "pick-up", kind: "first-pickup", platforms: ["wechat"], actors: ["outlet"] },
  { name: "threats", kind: "watch-posts", watches: ["threats"], suggested: true },
  { name: "surge", kind: "watch-surge", watches: ["threats"], posts: 2, p: 0.1, days: 8 },
];

const CONFIG = {
  actors: [
    {
      id: "outlet",
      name: "The Outlet",
      affiliation: "state-controlled",
      accounts: ["weibo:account-0"],
      evidence: [{ source: "a list", date: "2021-01-01" }],
      confidence: "high",
    },
  ],
  watches: [{ name: "threats", title: "Threats", terms: { zh: ["小心点", "走着瞧"] } }],
  alerts: { rules: RULES },
};

/** Imports the lines in one or several goes; gives the alerts that stand. */
async function alertsOf(goes: readonly (readonly string[])[]): Promise<readonly string[]> {
  using folder = temporaryFolder();
  await importWith(CONFIG, folder.dir, ...goes);
  return (await findings(folder.dir)).alerts;
}

const posts = fc
  .array(
    fc.record({
      hour: fc.integer({ min: 0, max: 240 }),
      from: fc.integer({ min: 0, max: 30 }),
      account: fc.integer({ min: 0, max: 4 }),
      platform: fc.constantFrom("weibo", "wechat"),
      threat: fc.constantFrom("", "", "小心点。", "小心点，走着瞧！"),
      other: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 4, maxLength: 16 },
  )
  .map((drafts) =>
    drafts.map(({ hour, from, account, platform, threat, other }, i) =>
      JSON.stringify({
        platform: account === 0 ? "weibo" : platform,
        // Shuffled names, so that a story's smallest post is often not its first.
        id: `p${(i * 7) % 17}`,
        account: { id: `account-${account}` },
        published_at: new Date(Date.UTC(2021, 8, 1, hour)).toISOString(),
        text: other === 0 ? `第${i}条：今天天气不错。${threat}` : threat + ARTICLE.slice(from),
      }),
    ),
  );

describe("alerts", () => {
  it("invariant 1: are the same whatever the order of arrival and however it is cut into imports", async () => {
    let raised = 0;
    await fc.assert(
      fc.asyncProperty(
        posts.chain((lines) =>
          fc.tuple(
            fc.constant(lines),
            fc.shuffledSubarray([...lines], { minLength: lines.length }),
            fc.nat(lines.length),
            fc.nat(lines.length),
          ),
        ),
        async ([lines, shuffled, cut, second]) => {
          const once = await alertsOf([lines]);
          const parts = [shuffled.slice(0, cut), shuffled.slice(cut), shuffled.slice(0, second)];
          expect(await alertsOf(parts.filter((part) => part.length > 0))).toEqual(once);
          raised += once.length;
        },
      ),
      { numRuns: 12 },
    );
    expect(raised).toBeGreaterThan(12);
  });
});
