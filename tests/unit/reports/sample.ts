import { exposureOf } from "../../../analyzers/exposure/index.ts";
import type { Actor } from "../../../contracts/actor.ts";
import type { StoredPost } from "../../../contracts/store.ts";
import type { StoryNoteInput } from "../../../reports/kinds/story.ts";
import type { ReportLanguage } from "../../../reports/messages/index.ts";
import { NO_NOTES, type Notes } from "../../../reports/parts/analyst.ts";
import { ARTICLE, post } from "../../support/posts.ts";
import { traced } from "../../support/story.ts";

const HERALD: Actor = {
  id: "herald",
  name: "Hanhai Herald",
  affiliation: "state-controlled",
  country: "CN",
  accounts: [],
  domains: ["herald.example"],
  names: ["瀚海导报"],
  evidence: [{ source: "Registre X", date: "2021-01-01" }],
  confidence: "high",
};

/** A story with an English origin, a state outlet's pick-up, a relay with commentary and one whose time is a whole day. */
const posts = [
  post({
    id: "courier",
    account: { id: "courier.example", name: "Rideau" },
    url: "http://courier.example/1",
    title: "31",
    text: "Zzyzx 31.",
    published_at: "2021-09-07T10:30:00Z",
  }),
  post({
    id: "herald",
    account: { id: "herald.example", name: "瀚海导报" },
    url: "http://herald.example/1",
    title: "三十一",
    text: `${ARTICLE.slice(0, 90)}据里多信使报报道。${ARTICLE.slice(90)}`,
    references: [{ kind: "link", url: "http://courier.example/1" }],
    published_at: "2021-09-08T01:12:00Z",
    engagement: { views: 100_000, likes: 40, reposts: null, comments: null },
  }),
  post({
    id: "relay",
    platform: "wechat",
    account: { id: "gh_1234", name: "北美<某>家书" },
    url: "http://mp.example/relay-1",
    text: `${ARTICLE}<script>alert(1)</script>你还打算留在这里吗？欢迎留言说说心里话。`,
    published_at: "2021-09-09T08:20:00Z",
    engagement: { views: 20_000, likes: null, reposts: null, comments: null },
  }),
  post({
    id: "day",
    platform: "wechat",
    account: { id: "gh_5678", name: "枫城早报" },
    text: ARTICLE,
    published_at: "2021-09-12",
    published_basis: "page",
  }),
];

const VISITED = { visited_at: "2021-09-20T12:00:00.000Z", seen_at: "2021-09-19T12:00:00.000Z", missed: 2 };

/** What became of them: one deleted, one changed, one not reached. */
const LATER: Readonly<Record<string, Pick<StoredPost, "existence" | "edited">>> = {
  "wechat:relay": {
    existence: {
      ...VISITED,
      state: "deleted",
      by: "platform",
      reason: "removed",
      sha256: "ab".repeat(32),
      since: "2021-09-20T06:00:00.000Z",
    },
  },
  "wechat:day": {
    existence: {
      ...VISITED,
      state: "unreachable",
      by: null,
      reason: "no answer",
      sha256: null,
      since: "2021-09-20T06:00:00.000Z",
    },
    edited: { after: "2021-09-14T00:00:00.000Z", by: "2021-09-15T00:00:00.000Z" },
  },
};

export function sampleNote(lang: ReportLanguage, notes: Notes = NO_NOTES): StoryNoteInput {
  const { links, story, trace } = traced(posts, {
    actors: [HERALD],
    lang: (each) => (each.id.endsWith("courier") ? "en" : "zh-Hans"),
  });
  const stored = posts.map(
    (each): StoredPost => ({
      post: each,
      revision: "1",
      mark: null,
      findings: {
        post: each.id,
        language: { lang: each.id.endsWith("courier") ? "en" : "zh-Hans", confidence: 1 },
        actor: each.id.endsWith("herald") ? "herald" : null,
        watches: [],
        version: "1",
      },
      story: story.story,
      ...LATER[each.id],
    }),
  );
  return {
    finding: {
      story,
      trace,
      links,
      posts: new Map(stored.map((each) => [each.post.id, each])),
      actors: new Map([["herald", HERALD]]),
      edits: new Map([
        ["wechat:day", { before: posts[3]!, after: posts[3]!, left_out: [[0, 4]], added: [[0, 2]] }],
      ]),
      lang: "en",
      shown: [],
      zone: "America/Toronto",
    },
    exposure: exposureOf(posts),
    earlier: [],
    notes,
    look: {
      lang,
      zone: "America/Toronto",
      marking: { page: "NON CLASSIFIÉ", paragraph: "(U)" },
      events: [{ date: "2021-09-08", name: lang === "en" ? "Debate" : "Débat", kind: "" }],
    },
  };
}
