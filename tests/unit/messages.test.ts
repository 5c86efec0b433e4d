import { describe, expect, it } from "vitest";
import type { Statement } from "../../contracts/message.ts";
import { plainLines } from "../../notifiers/layout.ts";
import { alertText, noticeOf } from "../../reports/alert.ts";
import { messages, sentenceOf } from "../../text/messages/index.ts";
import { sampleAlert, samplePost } from "../contracts/store.samples.ts";

/** One of each, so that a sentence which nobody looked at cannot be added. */
const STATEMENTS: { readonly [K in Statement["say"]]: (Statement & { readonly say: K })["with"] } = {
  "relay.accounts": { actors: "Outlet", affiliation: "state-controlled", accounts: 6, seconds: 93_000 },
  "relay.uncredited": { uncredited: 4, posts: 6 },
  "copies.uncredited": { actors: "Outlet", copies: 4, accounts: 3 },
  "pickup.language": { lang: "zh", post: "wechat:1", certain: 1 },
  "pickup.platform": { platform: "wechat", post: "wechat:1", certain: 0 },
  "surge.count": { watch: "Titre", day: "2021-09-09", posts: 40, usual: 2.5, p: 0.00012 },
  "surge.baseline": { days: 28, first: "2021-08-12", last: "2021-09-08" },
  "watch.posts": { watch: "Titre", day: "2021-09-09", posts: 3 },
  "watch.category": { category: "violent-extremism" },
  "stale.source": { source: "flux", hours: 30 },
  "stale.never": { source: "flux", hours: 30 },
  "stale.failed": { runs: 3, problem: "503" },
  "stale.empty": { runs: 3 },
  "stale.state": { source: "flux", state: "blocked" },
  "health.new": {},
  "health.expired": { runs: 2, problem: "401" },
  "health.blocked": { runs: 2, problem: "403" },
  "health.changed-shape": { runs: 2, problem: "404" },
  "health.failing": { runs: 2, problem: "503" },
  "health.fell": { field: "text", before: 98, now: 0, records: 40 },
  "health.late": { hours: 5 },
  "health.silent": { hours: 30, usual: 2 },
  "health.silent.unknown": { hours: 30 },
  "health.low": { latest: 1, median: 20, spread: 3.5, hours: 24 },
  "deleted.posts": { deleted: 2, posts: 12, accounts: 1 },
  "deleted.by": { by: "platform", posts: 2 },
  "contradiction.later": { post: "web:b", declared: "web:a" },
  "contradiction.wording": { post: "web:c", declared: "web:w", followed: "web:a" },
  "story.size": { posts: 12, platforms: 3, languages: 2 },
  "origin.observed": { confidence: "moderate" },
  "origin.outside": {},
  "origin.undetermined": {},
  "sure.parents": { high: 6, moderate: 2, low: 1 },
  "sure.confirmed": { confirmed: 3, suggested: 2 },
  "sure.statistic": { days: 28 },
  "sure.visits": {},
  "sure.runs": {},
  "unknown.owners": { accounts: 6 },
  "unknown.coordination": {},
  "unknown.affiliation": {},
  "unknown.reach": {},
  "unknown.missing": {},
  "unknown.sincerity": {},
  "unknown.cause": {},
  "unknown.undetermined": { posts: 2 },
};
const all = Object.entries(STATEMENTS).map(([say, values]) => ({ say, with: values }) as Statement);
const told = { account: () => "Compte", language: () => "chinois" };

/** Frequent words of English that no French sentence of ours has. */
const ENGLISH =
  /\b(?:the|of|and|is|are|was|were|by|with|from|within|without|not|whether|that|this|posts?|accounts?|has|have|source is|day|days|who|what|how|known|story|which|they|their|carried|first|low|high|moderate|unknown|open|closed|acknowledged|severity|alert|hours?)\b/i;

describe("messages", () => {
  it.each(all)("tells $say in both languages", (statement) => {
    const en = sentenceOf(statement, "en", told);
    const fr = sentenceOf(statement, "fr", told);
    expect(en).toMatch(/^\S.*[^.\s]$/);
    expect(fr).toMatch(/^\S.*[^.\s]$/);
    expect(fr).not.toBe(en);
    expect(`${en}${fr}`).not.toMatch(/undefined|NaN|\[object/);
    expect(fr).not.toMatch(ENGLISH);
  });

  it("has no English left in a whole French alert and digest", () => {
    const alert = sampleAlert("a-1", { why: all, unknowns: all, confidence_reasons: all });
    const stored = {
      post: samplePost("wechat:1", { account: { id: "gh_1" } }),
      revision: "r",
      mark: null,
      findings: null,
      story: null,
    };
    const context = {
      posts: new Map([["wechat:1", stored]]),
      actors: new Map(),
      shown: [],
      zone: "America/Toronto",
      lang: "fr" as const,
      links: { report: "https://rapports.example/{story}", kibana: "https://kibana.example/{watch}" },
    };
    const text = alertText({ ...alert, judgements: [], state: "open", holds: false, rule: "règle" }, context);
    const alone = noticeOf([text], { key: "k", lang: "fr", digest: false, at: alert.raised_at });
    const digest = noticeOf([text, text], { key: "k", lang: "fr", digest: true, at: alert.raised_at });
    // Pseudonyms are the same in every language, so that a search for one finds it everywhere.
    const lines = [...plainLines(text), alone.heading, digest.heading, ...digest.summary]
      .join("\n")
      .replace(/wechat account \w+/g, "");
    expect(lines).not.toMatch(ENGLISH);
    expect(lines).toContain("Ce qu’on ignore");
    // A link whose place cannot be filled in is left out.
    expect(text.links).toEqual([{ label: "Rapport", url: "https://rapports.example/a-1" }]);
  });

  it("keeps one from many", () => {
    const one = { say: "copies.uncredited", with: { actors: "X", copies: 1, accounts: 1 } } as const;
    expect(sentenceOf(one, "en", told)).toContain("1 post by 1 account carries");
    expect(sentenceOf(one, "fr", told)).toContain("1 publication de 1 compte reprend");
    expect(messages.fr.seconds(93_000)).toBe("26 h");
  });

  it("hides private accounts in alerts", () => {
    const stored = {
      post: samplePost("wechat:1", {
        account: { id: "gh_secretive", name: "Jeanne Privée", handle: "jeanne-p" },
      }),
      revision: "r",
      mark: null,
      findings: null,
      story: null,
    };
    const alert = sampleAlert("a-1", {
      who: [
        { account: "wechat:gh_secretive", actor: null, posts: 1, uncredited: 0 },
        { account: "wechat:gh_other", actor: null, posts: 1, uncredited: 0 },
      ],
      why: [{ say: "pickup.platform", with: { platform: "wechat", post: "wechat:1", certain: 1 } }],
      items: ["wechat:1"],
    });
    const text = alertText(
      { ...alert, judgements: [], state: "open" },
      {
        posts: new Map([["wechat:1", stored]]),
        actors: new Map(),
        shown: [],
        zone: "UTC",
        lang: "en",
        links: {},
      },
    );
    expect(JSON.stringify(text)).not.toMatch(/gh_|Jeanne|jeanne/);
    expect(text.title).toMatch(/^The first on wechat is by wechat account [0-9a-f]{6}\.$/);
  });
});
