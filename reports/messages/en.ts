import type { Affiliation } from "../../contracts/actor.ts";
import type { Credit, EvidenceKind, Relation } from "../../contracts/link.ts";
import type { OriginStatus } from "../../contracts/trace.ts";
import { type Figure, type Inline, say, type Text } from "../document/model.ts";
import { ENGLISH_LAGS, languageName, listed } from "../words.ts";
import { CONFIDENCES } from "./estimates.ts";
import { laterEn, sourcesEn } from "./later.ts";

const of = (figure: Figure, one: string, many: string): Text =>
  say`${figure} ${figure.value === 1 ? one : many}`;

const affiliations: Readonly<Record<Affiliation, string>> = {
  "state-controlled": "state-controlled",
  "state-affiliated": "state-affiliated",
  party: "party",
  "public-broadcaster": "public broadcaster",
  private: "private",
  unknown: "affiliation not known",
};

const relations: Readonly<Record<Relation, string>> = {
  repost: "repost",
  quote: "quote",
  reply: "reply",
  copy: "copy",
  "near-copy": "near copy",
  excerpt: "excerpt",
  "copy-with-commentary": "copy with commentary",
  headline: "headline",
  translation: "translation",
  "shared-link": "link",
  "shared-media": "same image or video",
};

const credits: Readonly<Record<Credit, string>> = {
  credited: "credited",
  uncredited: "uncredited",
  unknown: "—",
};

const evidence: Readonly<Record<EvidenceKind, string>> = {
  stated: "stated by the platform",
  declared: "declared by the post",
  link: "link to the page",
  credit: "named in the text",
  wording: "shared wording",
  headline: "same headline",
  media: "same image or video",
};

const origins: Readonly<Record<OriginStatus, string>> = {
  observed: "observed",
  "outside-collection": "outside the collection",
  undetermined: "undetermined",
};

/** Every word of a report in English. French has the same keys; a third language would need nothing else. */
export const en = {
  locale: "en-CA",
  lags: ENGLISH_LAGS,
  confidences: Object.fromEntries(
    Object.entries(CONFIDENCES).map(([word, { en: told }]) => [word, told]),
  ) as Record<keyof typeof CONFIDENCES, string>,
  affiliations,
  relations,
  credits,
  evidence,
  origins,
  listed: (words: readonly string[]) => listed(words),
  language: (tag: string) => languageName(tag),
  /** A pseudonym as `namesOf` makes it (`wechat account 3f9a1c`); other names are nobody's to translate. */
  pseudonym: (name: string) => name,
  quoted: (text: Inline): Text => say`“${text}”`,
  page: { skip: "Skip to the content", contents: "Contents", inWords: "The drawing in words" },
  compared: { leftOut: "left out", added: "added", nothing: "nothing of note" },
  sources: {
    heading: "Where the numbers come from",
    explained:
      "Each number of this report leads here: to a query that gives the same number from the same index, or to the items that were counted.",
    table: "the rows of the table there",
    noItems: "No item was found; none is counted.",
  },
  counts: {
    posts: (n: Figure) => of(n, "post", "posts"),
    accounts: (n: Figure) => of(n, "account", "accounts"),
    stories: (n: Figure) => of(n, "story", "stories"),
    sources: (n: Figure) => of(n, "source", "sources"),
    links: (n: Figure) => of(n, "link", "links"),
  },
  headings: {
    summary: "Summary",
    assessment: "Analyst's assessment",
    timeline: "Timeline",
    observed: "What was observed",
    firsts: "First pick-ups",
    spread: "Who carried it and how",
    copies: "The copies side by side",
    context: "Timing: events and earlier stories",
    exposure: "Exposure",
    unknowns: "What could not be determined",
    contradictions: "Contradictions",
    method: "Method and limits",
    annex: "Annex: items",
    scope: "Scope and resources",
    interference: "Foreign interference: observations",
    violence: "Violent extremism: observations",
    watches: "Watched narratives",
    coverage: "Coverage and staleness",
    relays: "Accounts that carried state-controlled outlets",
    background: "Background",
    results: "Observations over the period",
    weeks: "Week by week",
    alerts: "Alerts",
  },
  kinds: {
    story: (title: string) => `Analytic note: ${title}`,
    sitrep: (from: string, to: string) => `Situation report, ${from} to ${to}`,
    afterAction: (name: string) => `After-action report: ${name}`,
    watch: (name: string) => `Watched narrative: ${name}`,
    storySubtitle: (story: Inline, asOf: string): Text => say`Story ${story}, as the index stood at ${asOf}.`,
    periodSubtitle: (asOf: string): Text => say`As the index stood at ${asOf}.`,
  },
  tables: {
    spread:
      "Members in order of time. Overlap: the share of the post that stands in its parent / of the parent in the post.",
    relays:
      "Accounts in no registry, or not state-controlled, whose posts lead back to a state-controlled outlet.",
    annex:
      "SHA-256 is that of the bytes collected. Source and item reliability (Admiralty code) are for people to give.",
    sources: "Last run of each source: before the end of the period where there was one, else the latest.",
    earlier: "Earlier stories that began with the same actor or account.",
    events: "Events of the calendar in the configuration.",
    stories: "Stories of the period with posts of state-controlled outlets, the most carried first.",
    platforms: "Posts of the period by platform.",
    languages: "Posts of the period by language.",
    days: "Posts by day.",
    weeks: "Posts and stories by week.",
    watches: "Watched narratives, by their queries.",
    alerts: "Alerts raised in the period.",
    number: "No.",
    account: "Account",
    platform: "Platform",
    published: "Published",
    after: "After parent",
    parent: "Parent",
    relation: "Relation",
    credit: "Credit",
    overlap: "Overlap",
    confidence: "Confidence",
    language: "Language",
    item: "Item",
    url: "Address",
    hash: "SHA-256",
    admiralty: "Admiralty code",
    story: "Story",
    stories_: "Stories",
    posts: "Posts",
    uncredited: "Uncredited",
    medianLag: "Median delay",
    source: "Source",
    lastRun: "Last run",
    state: "Outcome",
    seen: "Seen",
    rejected: "Set aside",
    event: "Event",
    date: "Date",
    origin: "Origin",
    carriers: "Carried by",
    name: "Name",
    category: "Category",
    severity: "Severity",
    statePickUp: "State pick-up",
  },
  span: (posts: Figure, platforms: string, from: string, to: string): Text =>
    say`${of(posts, "post", "posts")} on ${platforms}, from ${from} to ${to}.`,
  spanUnknown: (posts: Figure, platforms: string): Text =>
    say`${of(posts, "post", "posts")} on ${platforms}, at times that are not known.`,
  originSentence: {
    observed: (post: Inline, who: string, language: string): Text =>
      say`Within the collection the story begins with ${post} by ${who}, in ${language}.`,
    "outside-collection": (post: Inline, who: string, language: string): Text =>
      say`The story began outside the collection; the earliest post seen is ${post} by ${who}, in ${language}.`,
    undetermined: (post: Inline, who: string, language: string): Text =>
      say`Where the story began cannot be told; among the earliest posts seen is ${post} by ${who}, in ${language}.`,
  },
  originConfidence: (confidence: string): Text => say`The evidence for this is of ${confidence} confidence.`,
  originWhy: {
    observed: "No earlier post of the collection explains it.",
    "outside-collection":
      "It points at a source that was never collected, or shares wording with others that neither took from the other.",
    undetermined: "The times of the earliest posts overlap, so none can be put before the others.",
  } satisfies Record<OriginStatus, string>,
  otherRoots: (n: Figure): Text =>
    n.value === 1
      ? say`${n} other member has no parent in the collection either.`
      : say`${n} other members have no parent in the collection either.`,
  firstIn: (language: string, post: Inline, who: string, certain: boolean): Text =>
    say`${certain ? "The first" : "One of the first"} in ${language} is ${post} by ${who}.`,
  firstOn: (platform: string, post: Inline, who: string, certain: boolean): Text =>
    say`${certain ? "The first" : "One of the first"} on ${platform} is ${post} by ${who}.`,
  debt: (lag: string, parent: Inline, credit: Credit): Text => {
    if (credit === "credited") return say`It follows ${parent} by ${lag} and credits it.`;
    if (credit === "uncredited") return say`It follows ${parent} by ${lag} and does not credit it.`;
    return say`It follows ${parent} by ${lag}; whether it credits it is not known.`;
  },
  debtUndetermined: (candidates: Inline): Text =>
    say`Its parent is undetermined: the times overlap. Candidates are ${candidates}.`,
  debtOutside: "It points at a source that was never collected.",
  relayed: (posts: Figure, uncredited: Figure): Text =>
    say`${of(posts, "post of another account leads", "posts of other accounts lead")} back to state-controlled outlets; ${uncredited} of them ${uncredited.value === 1 ? "does" : "do"} not credit the post they follow.`,
  notRelayed: "No post of another account leads back to a state-controlled outlet.",
  stateOutlet: (name: string, posts: Text, cited: Inline): Text => say`${name}: ${posts} (${cited}).`,
  registeredOn: (source: string, date: string, confidence: string): Text =>
    say` Registered as such on the evidence of ${source}, ${date}, ${confidence} confidence.`,
  followers: (posts: Figure, accounts: Figure, cited: Inline): Text =>
    say` ${of(posts, "post", "posts")} of ${of(accounts, "other account", "other accounts")} lead back to it: ${cited}.`,
  compare: {
    parent: (post: Inline, who: string): Text => say`Parent ${post} ${who}`,
    child: (post: Inline, who: string, relation: string, credit: string): Text =>
      say`${post} ${who}: ${relation}${credit === "—" ? "" : `, ${credit}`}`,
    shown: (shown: Figure, all: Figure): Text =>
      say`${shown} of ${all} copies are shown; the command for the others is \`headwater trace --json\`.`,
    none: "No member shares wording with its parent.",
    gap: "[…]",
  },
  drawing: {
    timeline: (accounts: Figure): Text =>
      say`Each lane is an account (${accounts} of them), each mark a post with its number in the annex; lines lead from a post to the one it came from. Where only a stretch of time is known, it is drawn as a bar.`,
    timelineTitle: "Who published when, and what came from what",
    state: "state-controlled",
    registered: "other registered actor",
    other: "in no registry",
    credited: "credited",
    uncredited: "no credit seen",
    morePosts: (n: Figure): Text => say` ${n} later posts or further accounts are not drawn.`,
    postSaid: (number: number, who: string, when: string) => `${number}: ${who}, ${when}`,
    postFrom: (parent: number) => ` from ${parent}`,
    postAlone: " without a parent here",
    spreadTitle: "What came from what",
    spread:
      "Each post stands to the right of the one it came from; dashed lines are posts in which no credit was seen.",
    daysTitle: "Posts by day",
    dayCount: (day: string, count: string) => `${day}: ${count}`,
    events: (names: string) => ` Events: ${names}.`,
  },
  exposure: {
    none: (n: Figure): Text =>
      say`None of ${of(n, "post gives", "posts give")} a count of views, so nothing can be said of how often they were seen.`,
    interval: (least: Figure, most: Figure, counted: Figure, all: Figure): Text =>
      say`Between ${least} and ${most} viewings, by the counts of ${counted} of ${all} posts.`,
    method:
      "The lower bound is the largest single count: all other viewings might be those of the same people. The upper bound is the sum of the counts: no two viewings by one person. Counts are the platforms' own, as they stood when collected; they are viewings, not people, and whether they are genuine cannot be told.",
    silent: (n: Figure): Text =>
      say`${of(n, "post has", "posts have")} no count; what they add is not known.`,
    engagement: (n: Figure): Text => say`Likes, reposts and comments counted by the platforms: ${n}.`,
  },
  context: {
    noEvents: "The calendar in the configuration has no event within the story's time and a week before it.",
    eventBeside: (date: string, name: string, kind: string): Text =>
      say`${date}: ${name}${kind === "" ? "" : ` (${kind})`}.`,
    beside: "That a post and an event stand near each other in time says nothing of why it was published.",
    noEarlier: "No earlier story of the index began with the same actor or account.",
    earlierState: (n: Figure, all: Figure): Text =>
      say`Of ${of(all, "earlier story", "earlier stories")} that began there, ${n} had a post of a state-controlled outlet.`,
    yes: "yes",
    no: "no",
  },
  unknown: {
    beyondOrigin: "Whether the origin itself drew on something outside this collection is not known.",
    outside: "The origin was never collected; what it said, and when, is not known.",
    whichFirst: "Which of the earliest posts came first cannot be told from their times.",
    owners: (n: Figure): Text =>
      say`Who owns or runs ${n.value === 1 ? say`the ${n} account that is` : say`the ${n} accounts that are`} in no registry is not known.`,
    together:
      "Whether the accounts acted together cannot be told from one story: shared wording shows copying, not coordination.",
    intent: "That an account carries a state-controlled outlet's text shows neither affiliation nor intent.",
    undetermined: (n: Figure): Text =>
      say`For ${of(n, "post", "posts")} the parent is undetermined: the times of publication overlap.`,
    undated: (n: Figure): Text =>
      say`${of(n, "post has", "posts have")} no usable time of publication; only when they were collected is known.`,
    seen: "How many people saw these posts, and whether their engagement is genuine, is not known from counts alone.",
    missing: "Posts that were deleted or never collected are missing; a relay may have copied one of those.",
  },
  method: {
    copies:
      "Texts are compared by their folded letters and digits; two are linked when enough of one stands in the other, passage by passage. The share of each text that stands in the other is the overlap.",
    parents:
      "The parent of a post is the one that it states, declares, links to or names, else the one that explains most of its wording; where two times overlap no order is claimed.",
    confidence:
      "Confidence is that of Intelligence Community Directive 203: how good the evidence is, not how likely a purpose. It is kept apart from likelihood.",
    limits: [
      "Texts in different languages are joined by links, credits and declared sources only; unmarked translations are not found.",
      "Paraphrase that shares few runs of characters is not found.",
      "Nothing here proves affiliation, intent or coordination. Ethnicity, language and residence of private people are no signals.",
      "Accounts of private people are shown by pseudonyms.",
    ],
    version: (version: string): Text => say`Found by: ${version}.`,
  },
  scope: {
    period: (from: string, to: string): Text => say`Period: ${from} to ${to}.`,
    monitoring: (name: string, from: string, to: string): Text =>
      say`Monitoring period of ${name}: ${from} to ${to}.`,
    collected: (posts: Figure, sources: Figure): Text =>
      say`${of(posts, "post was", "posts were")} published in the period and collected from ${of(sources, "source", "sources")}.`,
    stories: (stories: Figure, linked: Figure): Text =>
      say`${of(stories, "story has", "stories have")} a post in the period; ${linked} of them ${linked.value === 1 ? "has" : "have"} a post of a state-controlled outlet.`,
    definition:
      "Foreign interference is used as in the Security of Information Act and the public reports of the Security and Intelligence Threats to Elections Task Force: activity by or for a foreign state that is clandestine, deceptive or involves a threat to a person, and is against national interests. This report describes what was published; whether it meets the definition is for people to judge.",
    cyber:
      "Cyber security is outside the scope of this report: Headwater collects public posts and articles only.",
  },
  later: laterEn,
  health: sourcesEn,
  didNotObserve: {
    uncredited: (from: string, to: string): Text =>
      say`Between ${from} and ${to}, in the sources listed under coverage, we did not observe posts that carry a state-controlled outlet's text without credit.`,
    watch: (name: string, from: string, to: string): Text =>
      say`Between ${from} and ${to}, in the sources listed under coverage, we did not observe any post that matches “${name}”.`,
    noWatches:
      "No watched narrative is configured for this category, so nothing can be said of it: that is no finding that there was none.",
    bounded: (read: Figure, all: Figure): Text =>
      say`What was not observed is bounded by what was collected: ${read} of ${of(all, "source", "sources")} were read without failure in their last run of the period.`,
  },
  storyLine: (story: Inline, title: Inline, posts: Figure, carriers: Figure, uncredited: Figure): Text =>
    say`${story} “${title}”: ${of(posts, "post", "posts")}; ${of(carriers, "post of another account leads", "posts of other accounts lead")} back to a state-controlled outlet, ${uncredited} without credit.`,
  watchLine: (name: string, n: Figure): Text => say`“${name}”: ${of(n, "post", "posts")} in the period.`,
  noRuns: "no run in the period",
  runStates: { running: "running", done: "done", failed: "failed", interrupted: "interrupted" },
  notes: {
    heading: "Analyst's sections",
    empty: "No assessment has been written.",
    file: (file: string) =>
      `<!-- Written by analysts; kept when the report is made again. Markdown. Likelihood and confidence never in one sentence (ICD 203). Sections begin with "## " and the names below. File of: ${file} -->`,
    admiraltyHelp:
      '<!-- Admiralty codes by item number, one a line: "3: B2" (source A-F, item 1-6). Left empty: not assessed. -->',
    admiralty: "Admiralty codes",
  },
};
