import type { Config } from "../config/schema.ts";
import type { Alert } from "../contracts/alert.ts";
import type { MessageLanguage, Statement } from "../contracts/message.ts";
import type { AlertText, Notice } from "../contracts/notifier.ts";
import type { PostId } from "../contracts/post.ts";
import type { StoredPost } from "../contracts/store.ts";
import { messages, sentenceOf } from "../text/messages/index.ts";
import { type Naming, namesOf, namingOf } from "./names.ts";
import { plain } from "./terminal.ts";
import { timeText } from "./words.ts";

/** All that an alert is told from beside itself. */
export interface AlertContext extends Naming {
  /** Posts of its items, as many as are needed to name its accounts. */
  readonly posts: ReadonlyMap<PostId, StoredPost>;
  readonly zone: string;
  readonly lang: MessageLanguage;
  /** Addresses with places to fill in. */
  readonly links: Readonly<Partial<Record<"kibana" | "report" | "evidence", string | undefined>>>;
}

/** How an alert is told to a reader of the pages or the terminal, by the config. */
export function alertContextOf(
  config: Config,
  posts: AlertContext["posts"],
  everybody: boolean,
): AlertContext {
  const { zone, lang, links } = config.alerts;
  return { posts, ...namingOf(config, everybody), zone, lang, links };
}

/** Accounts named in a message; the others are counted. */
const PARTIES = 10;

/** An alert in words: what, since when, who, how sure, what is not known, and where to look. */
export function alertText(alert: Alert, context: AlertContext): AlertText {
  const { lang, zone, posts, actors } = context;
  const table = messages[lang];
  const names = namesOf(posts.values(), { actors, shown: context.shown });
  const accounts = new Map<string, StoredPost>();
  for (const stored of posts.values())
    accounts.set(`${stored.post.platform}:${stored.post.account.id}`, stored);
  const told = {
    account: (post: string) => {
      const stored = posts.get(post);
      return stored === undefined ? post : names.of(stored);
    },
    language: (tag: string) => languageName(tag, lang),
  };
  const say = (statement: Statement) => plain(names.conceal(sentenceOf(statement, lang, told)));
  const sentence = (statement: Statement) => `${say(statement)}.`;
  const [first, ...rest] = alert.why;
  const who = alert.who.slice(0, PARTIES).map(({ account, posts: count, uncredited }) => {
    const stored = accounts.get(account);
    return table.words.party(stored === undefined ? unnamed(account) : names.of(stored), count, uncredited);
  });
  const more = alert.who.length - PARTIES;
  return {
    id: alert.id,
    thread: alert.thread,
    rule: alert.rule,
    severity: alert.severity,
    severity_told: table.severity[alert.severity],
    state: table.state[alert.state],
    title: sentence(first!),
    what: [...rest.map(sentence), ...(alert.holds ? [] : [`${table.words.withdrawn}.`])],
    since: spanOf(alert, zone, table.words),
    who: more > 0 ? [...who, table.words.more_parties(more)] : who,
    how_sure: [
      `${table.words.confidence(table.confidence[alert.confidence])}.`,
      ...alert.confidence_reasons.map(sentence),
    ],
    not_known: alert.unknowns.map(sentence),
    links: linksOf(alert, context),
    labels: table.labels,
  };
}

/** An alert's first sentence for a list, accounts left out. */
export function alertTitle({ why }: Alert, lang: MessageLanguage): string {
  const told = { account: (post: string) => post, language: (tag: string) => languageName(tag, lang) };
  return plain(sentenceOf(why[0]!, lang, told));
}

function spanOf(
  { since, until }: Alert,
  zone: string,
  words: (typeof messages)[MessageLanguage]["words"],
): string {
  if (since === null) return until === null ? words.time_unknown : timeText(until, zone);
  if (until === null || until === since) return timeText(since, zone);
  return words.span(timeText(since, zone), timeText(until, zone));
}

/** An account of which no post is at hand is told by its platform alone: it may be a private person's. */
function unnamed(account: string): string {
  return account.slice(0, account.indexOf(":"));
}

function linksOf(alert: Alert, { links, lang }: AlertContext): AlertText["links"] {
  const places: Readonly<Record<string, string | null>> = {
    alert: alert.id,
    story: alert.story,
    watch: alert.watch,
    source: alert.source,
  };
  return (["kibana", "report", "evidence"] as const).flatMap((kind) => {
    const address = links[kind];
    if (address === undefined) return [];
    let whole = true;
    const url = address.replaceAll(/\{(\w+)\}|%7B(\w+)%7D/gi, (_, plainly?: string, encoded?: string) => {
      const value = places[(plainly ?? encoded)!] ?? null;
      if (value === null) whole = false;
      return encodeURIComponent(value ?? "");
    });
    return whole ? [{ label: messages[lang].link[kind], url }] : [];
  });
}

/** One message: an alert alone, or a digest with the gravest first. */
export function noticeOf(
  texts: readonly AlertText[],
  { key, lang, digest, at }: Pick<Notice, "key" | "lang" | "digest" | "at">,
): Notice {
  const { words, severity } = messages[lang];
  if (!digest) {
    const heading = `${words.alert(severity[texts[0]!.severity])}: ${texts[0]!.title}`;
    return { key, lang, digest, at, heading, alerts: texts, summary: [] };
  }
  const rules = new Map<string, number>();
  for (const { rule } of texts) rules.set(rule, (rules.get(rule) ?? 0) + 1);
  const summary = [...rules]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([rule, count]) => words.of_rule(rule, count));
  const grave = [...texts].sort((a, b) => GRAVITY.indexOf(b.severity) - GRAVITY.indexOf(a.severity));
  return { key, lang, digest, at, heading: words.digest(texts.length), alerts: grave, summary };
}

const GRAVITY = ["low", "medium", "high", "critical"];

function languageName(tag: string, lang: MessageLanguage): string {
  try {
    return new Intl.DisplayNames([lang], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
