import { healthEn } from "./health.ts";
import type { Messages } from "./table.ts";

const n = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** Times are given to the minute: 9 h and a minute are 9 h. */
const TO_THE_MINUTE = 120;

export const en: Messages = {
  statements: {
    "relay.accounts": ({ actors, affiliation, accounts, seconds }) =>
      `A story of ${actors} (${en.affiliation[affiliation]}) was carried on by ${n(accounts, "other account", "other accounts")} within ${en.seconds(seconds)}`,
    "relay.uncredited": ({ uncredited, posts }) =>
      uncredited === 0
        ? `${posts === 1 ? "The post names its" : `All ${posts} posts name their`} source`
        : `${uncredited} of ${n(posts, "post", "posts")} ${uncredited === 1 ? "does not name its" : "do not name their"} source`,
    "copies.uncredited": ({ actors, copies, accounts }) =>
      `${n(copies, "post", "posts")} by ${n(accounts, "account", "accounts")} ${copies === 1 ? "carries" : "carry"} the wording of ${actors} without naming it`,
    "pickup.language": ({ lang, post, certain }, { account, language }) =>
      `${certain ? "The first" : "One of the first"} in ${language(lang)} is by ${account(post)}`,
    "pickup.platform": ({ platform, post, certain }, { account }) =>
      `${certain ? "The first" : "One of the first"} on ${platform} is by ${account(post)}`,
    "surge.count": ({ watch, day, posts, usual, p }) =>
      `“${watch}” had ${n(posts, "post", "posts")} on ${day}; usual are ${usual} a day (p ${p < 1e-6 ? "< 0.000001" : `= ${p.toPrecision(2)}`})`,
    "surge.baseline": ({ days, first, last }) =>
      `What is usual comes from ${n(days, "earlier day", "earlier days")}, ${first} to ${last}`,
    "watch.posts": ({ watch, day, posts }) =>
      `“${watch}” has ${n(posts, "post", "posts")} ${day === "unknown" ? "without a known day" : `on ${day}`}`,
    "watch.category": ({ category }) => `Category: ${en.category(category)}`,
    "stale.source": ({ source, hours }) =>
      `${source} has brought nothing new for ${n(hours, "hour", "hours")}`,
    "stale.never": ({ source, hours }) =>
      `${source} has never brought anything in the ${n(hours, "hour", "hours")} since it was first crawled`,
    "stale.failed": ({ runs, problem }) =>
      `${n(runs, "crawl", "crawls")} failed since${problem === "" ? "" : `, the last one with: ${problem}`}`,
    "stale.empty": ({ runs }) =>
      `${n(runs, "crawl", "crawls")} since then found nothing new, and none failed`,
    "stale.state": ({ source, state }) => `${source}: ${en.health[state]}`,
    "health.new": () => "It has never been read",
    "health.expired": ({ runs, problem }) =>
      `Its token no longer works; ${n(runs, "crawl", "crawls")} failed, the last one with: ${problem}`,
    "health.blocked": ({ runs, problem }) =>
      `It refuses us; ${n(runs, "crawl", "crawls")} failed, the last one with: ${problem}`,
    "health.changed-shape": ({ runs, problem }) =>
      `What it gives has another shape; ${n(runs, "crawl", "crawls")} failed, the last one with: ${problem}`,
    "health.failing": ({ runs, problem }) =>
      `${n(runs, "crawl", "crawls")} failed${problem === "" ? "" : `, the last one with: ${problem}`}`,
    "health.fell": ({ field, before, now, records }) =>
      `${now === 0 ? "None" : `${now}%`} of the last ${n(records, "record", "records")} ${now === 0 ? "has" : "have"} ${en.field[field]}; before, ${before}% had`,
    "health.late": ({ hours }) =>
      `It has not been read for ${n(hours, "hour", "hours")}, longer than its schedule says`,
    "health.silent": ({ hours, usual }) =>
      `Nothing new for ${n(hours, "hour", "hours")}; usually there is something within ${n(usual, "hour", "hours")}`,
    "health.silent.unknown": ({ hours }) =>
      `Nothing new for ${n(hours, "hour", "hours")}; how often it usually has something is not known yet`,
    "health.low": ({ latest, median, spread, hours }) =>
      `${n(latest, "new post", "new posts")} in the last ${hours === 1 ? "hour" : `${hours} hours`}; usual are ${median}, give or take ${spread}`,
    "deleted.posts": ({ deleted, posts, accounts }) =>
      `${deleted} of the ${n(posts, "post", "posts")} of a watched story, by ${n(accounts, "account", "accounts")}, ${deleted === 1 ? "is" : "are"} deleted`,
    "deleted.by": ({ by, posts }) => `${n(posts, "post was", "posts were")} ${en.remover[by]}`,
    "contradiction.later": ({ post, declared }) =>
      `${post} names ${declared} as its source, which was published after it`,
    "contradiction.wording": ({ post, declared, followed }) =>
      `${post} declares ${declared} as its source, but its wording follows ${followed}`,
    "story.size": ({ posts, platforms, languages }) =>
      `The whole story has ${n(posts, "post", "posts")} on ${n(platforms, "platform", "platforms")} in ${n(languages, "language", "languages")}`,
    "origin.observed": ({ confidence }) =>
      `Where it began was seen, with ${en.confidence[confidence]} confidence, as far as this collection goes`,
    "origin.outside": () => "It began outside this collection",
    "origin.undetermined": () => "Where it began cannot be told from the times of publication",
    "sure.parents": ({ high, moderate, low }) =>
      `Whom each post follows is known with high confidence for ${high}, moderate for ${moderate}, low for ${low}`,
    "sure.confirmed": ({ confirmed, suggested }) =>
      `${n(confirmed, "post matches", "posts match")} the watch for sure, ${suggested} perhaps`,
    "sure.statistic": ({ days }) =>
      `A negative binomial baseline over ${n(days, "day", "days")}; it shows that a number is unusual, and not why`,
    "sure.visits": () =>
      "Each was found gone at least twice, an hour or more apart, and has not been seen since; times are those of our visits",
    "sure.runs": () => "Counted from the crawls themselves",
    "unknown.owners": ({ accounts }) =>
      `Who owns or runs ${n(accounts, "account that is", "accounts that are")} in no registry`,
    "unknown.coordination": () =>
      "Whether the accounts acted together: shared wording shows copying, not coordination",
    "unknown.affiliation": () =>
      "Whether anybody intends anything: carrying a text shows neither affiliation nor intent",
    "unknown.reach": () => "How many people saw it",
    "unknown.missing": () => "What was deleted or never collected",
    "unknown.sincerity": () => "Whether the words are meant; a person must read them",
    "unknown.cause": () => "Why",
    "unknown.undetermined": ({ posts }) =>
      `Whom ${n(posts, "post follows", "posts follow")}: the times of publication overlap`,
  },
  severity: { low: "low", medium: "medium", high: "high", critical: "critical" },
  state: { open: "open", acknowledged: "acknowledged", closed: "closed" },
  affiliation: {
    "state-controlled": "state-controlled",
    "state-affiliated": "state-affiliated",
    party: "party",
    "public-broadcaster": "public broadcaster",
    private: "private",
    unknown: "affiliation unknown",
  },
  ...healthEn,
  remover: {
    author: "deleted by the author",
    platform: "removed by the platform",
    account: "gone with the account",
    unknown: "taken away, by whom is not known",
  },
  confidence: { low: "low", moderate: "moderate", high: "high" },
  category: (category) => category.replaceAll("-", " "),
  labels: {
    severity: "Severity",
    since: "When",
    who: "Who",
    how_sure: "How sure",
    not_known: "Not known",
    links: "Links",
  },
  link: { kibana: "Kibana", report: "Report", evidence: "Evidence" },
  words: {
    alert: (severity) => `Headwater, ${severity} alert`,
    digest: (alerts) => `Headwater, digest of ${n(alerts, "alert", "alerts")}`,
    of_rule: (rule, alerts) => `${rule}: ${n(alerts, "alert", "alerts")}`,
    further: (alerts) =>
      `${n(alerts, "further alert is", "further alerts are")} not shown here; \`headwater alert list\` has all`,
    confidence: (level) => `Confidence: ${level}`,
    span: (since, until) => `${since} to ${until}`,
    time_unknown: "at a time that is not known",
    party: (name, posts, uncredited) =>
      `${name}: ${n(posts, "post", "posts")}${uncredited === 0 ? "" : `, ${uncredited} without naming the source`}`,
    more_parties: (accounts) => `and ${n(accounts, "other account", "other accounts")}`,
    withdrawn: "What is stored now does not bear this out any more",
  },
  seconds: (seconds) => {
    if (seconds < 3_600) return `${Math.max(1, Math.ceil(seconds / 60))} min`;
    const hours = Math.ceil((seconds - TO_THE_MINUTE) / 3_600);
    return hours < 72 ? `${hours} h` : `${Math.ceil(hours / 24)} d`;
  },
};
