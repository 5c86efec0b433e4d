import { findingOf } from "../../analyzers/alerts/index.ts";
import type { StoryFacts } from "../../analyzers/alerts/rule.ts";
import type { Alert, AlertFinding } from "../../contracts/alert.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Query } from "../../contracts/query.ts";
import type { StoredPost } from "../../contracts/store.ts";
import type { Story, Trace } from "../../contracts/trace.ts";
import type { Parts } from "../parts.ts";
import { dayOf, rulePost, watchDays, watchFacts } from "./facts.ts";
import type { Rule } from "./parts.ts";
import { saveFindings } from "./save.ts";

export interface TracedStory {
  readonly story: Story;
  readonly trace: Trace;
  readonly members: readonly StoredPost[];
}

/** What has been traced, or is about to be saved. */
export interface Traced {
  readonly stories: readonly TracedStory[];
  /** Names of the stories that the posts were in before. */
  readonly former: readonly string[];
  /** The posts that waited: whose days are to be looked at for the watches they are in. */
  readonly seeds: readonly StoredPost[];
}

/**
 * Asks the rules of whole stories and of whole days of watches, never of what happened to come last, so that the same
 * posts end in the same alerts. It comes before the traces are saved: after a crash in between the posts still wait.
 * Names the stories that an alert stands of.
 */
export async function raiseAlerts(parts: Parts, traced: Traced): Promise<ReadonlySet<string>> {
  const { rules } = parts;
  if (rules.length === 0) return new Set();
  // What the last trace raised, and posts that were analysed a moment ago.
  await parts.store.refresh("alerts");
  if (rules.some(({ of }) => of.on === "watch")) await parts.store.refresh("posts");
  const findings: AlertFinding[] = [];
  const known = new Map<string, Alert>();
  if (rules.some(({ of }) => of.on === "story")) {
    findings.push(...traced.stories.flatMap((story) => storyFindings(parts, story)));
    const names = new Set([...traced.former, ...traced.stories.map(({ story }) => story.story)]);
    for (const alert of await standingAlerts(parts, "story", [...names])) known.set(alert.id, alert);
  }
  for (const rule of rules) {
    if (rule.of.on !== "watch") continue;
    const asked = await watchFindings(parts, rule, traced.seeds);
    findings.push(...asked.findings);
    for (const alert of asked.known) known.set(alert.id, alert);
  }
  await saveFindings(parts, findings, [...known.values()]);
  return new Set(findings.flatMap(({ story }) => story ?? []));
}

/** The same for the stories that these posts are in now, as they are stored. */
export async function raiseStored(parts: Parts, posts: readonly PostId[]): Promise<void> {
  const { store } = parts;
  const seeds = await store.getPosts(posts);
  const names = [...new Set(seeds.flatMap(({ story }) => story ?? []))];
  const stories: TracedStory[] = [];
  for (const name of names) {
    const found = await store.getTrace(name);
    if (found !== null) stories.push({ ...found, members: await store.getPosts(found.story.members) });
  }
  await raiseAlerts(parts, { stories, former: names, seeds });
}

function storyFindings(
  { rules, actors }: Parts,
  { story, trace, members }: TracedStory,
): readonly AlertFinding[] {
  const posts = new Map(members.map((member) => [member.post.id, rulePost(member)]));
  const facts: StoryFacts = { story, trace, posts, actors };
  return rules.flatMap((rule) =>
    rule.of.on === "story" ? rule.of.fire(facts, rule.options).map((fired) => findingOf(rule, fired)) : [],
  );
}

/** The days of its watches that these posts bear on, and those that stored alerts had these posts in. */
async function watchFindings(
  parts: Parts,
  rule: Rule,
  seeds: readonly StoredPost[],
): Promise<{ readonly findings: readonly AlertFinding[]; readonly known: readonly Alert[] }> {
  if (rule.of.on !== "watch") return { findings: [], known: [] };
  const { names, suggested } = rule.of.watches(rule.options);
  const days = new Map<string, Set<string>>(names.map((name) => [name, new Set()]));
  for (const seed of seeds) {
    for (const { watch } of seed.findings?.watches ?? []) days.get(watch)?.add(dayOf(seed));
  }
  const had = await alertsWith(
    parts,
    rule,
    seeds.map(({ post }) => post.id),
  );
  for (const { watch, subject } of had)
    days.get(watch ?? "")?.add(subject.slice(subject.lastIndexOf(":") + 1));
  const findings: AlertFinding[] = [];
  const subjects: string[] = [];
  for (const [watch, touched] of days) {
    if (touched.size === 0) continue;
    const by_day = await watchDays(parts, watch, suggested);
    for (const day of borneOn(touched, rule.of.bears_on(rule.options), by_day)) {
      subjects.push(`watch:${watch}:${day}`);
      const facts = await watchFacts(parts, { watch, day, suggested, by_day });
      findings.push(...rule.of.fire(facts, rule.options).map((fired) => findingOf(rule, fired)));
    }
  }
  const standing = await standingAlerts(parts, "subject", subjects);
  return { findings, known: standing.filter((alert) => alert.rule === rule.name) };
}

/** The days themselves, and the later days with posts that they help to say what is usual for. */
function borneOn(
  touched: ReadonlySet<string>,
  later: number,
  byDay: ReadonlyMap<string, number>,
): ReadonlySet<string> {
  const days = new Set(touched);
  if (later === 0) return days;
  // A watch's first day begins the series of all later ones.
  const first = [...byDay.keys()].sort()[0];
  for (const day of byDay.keys()) {
    for (const from of touched) {
      const apart = (Date.parse(day) - Date.parse(from)) / 86_400_000;
      if ((apart > 0 && apart <= later) || (from === first && apart > 0)) days.add(day);
    }
  }
  return days;
}

/** Names or ids asked for in one search: well below what any store takes. */
const ASKED_AT_ONCE = 500;

async function standingAlerts(
  parts: Parts,
  field: string,
  values: readonly string[],
): Promise<readonly Alert[]> {
  const standing: Query = { kind: "text", field: "holds", value: "true", prefix: false };
  return alertsWhere(parts, field, values, standing);
}

async function alertsWith(parts: Parts, rule: Rule, posts: readonly PostId[]): Promise<readonly Alert[]> {
  if (posts.length === 0) return [];
  const own: Query = { kind: "text", field: "rule", value: rule.name, prefix: false };
  // Where no alert of the rule is stored, which posts were in one need not be asked.
  if ((await parts.store.count("alerts", own)) === 0) return [];
  return alertsWhere(parts, "items", posts, own);
}

async function alertsWhere(
  { store }: Parts,
  field: string,
  values: readonly string[],
  and: Query,
): Promise<readonly Alert[]> {
  const found = new Map<string, Alert>();
  for (let i = 0; i < values.length; i += ASKED_AT_ONCE) {
    const any = values
      .slice(i, i + ASKED_AT_ONCE)
      .map((value): Query => ({ kind: "text", field, value, prefix: false }));
    const query: Query = { kind: "and", parts: [and, { kind: "or", parts: any }] };
    for await (const alert of store.find("alerts", query)) found.set(alert.id, alert);
  }
  return [...found.values()];
}
