import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { DEMO_CONFIG, loadConfig } from "../../config/load.ts";
import type { Config } from "../../config/schema.ts";
import type { Alert } from "../../contracts/alert.ts";
import type { Link } from "../../contracts/link.ts";
import type { Run } from "../../contracts/run.ts";
import type { StoredPost } from "../../contracts/store.ts";
import type { Story, Trace } from "../../contracts/trace.ts";
import { runEmbedded } from "../../workers/embedded.ts";
import { all, quiet, temporaryFolder, withStore } from "../support/pipeline.ts";

interface Expected {
  readonly posts: number;
  readonly stories: number;
  readonly main: {
    readonly origin: { readonly url: string; readonly status: string };
    readonly first_in_chinese: string;
    readonly members: readonly {
      readonly url: string;
      readonly parents: readonly string[];
      readonly relations: readonly string[];
      readonly credit: string;
      readonly declared_reprint: boolean;
      readonly lag_seconds: number | null;
      readonly left_out: readonly string[];
      readonly added: readonly string[];
    }[];
    readonly state_controlled: readonly string[];
    readonly followers_of_state: readonly string[];
    readonly suggested: readonly { readonly url: string }[];
  };
  readonly syndication: {
    readonly origin: string;
    readonly copy: string;
    readonly relations: readonly string[];
    readonly credit: string;
  };
  readonly alone: readonly string[];
}

interface Found {
  readonly runs: readonly Run[];
  readonly posts: readonly StoredPost[];
  readonly links: readonly Link[];
  readonly stories: readonly Story[];
  readonly traces: readonly Trace[];
  readonly alerts: readonly Alert[];
}

const expected = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "../../demo/expected.json"), "utf8"),
) as Expected;

/** Collects the demo case over HTTP, its sources in the given order, in one or several goes. */
async function collected(
  order: (names: readonly string[]) => readonly (readonly string[])[],
): Promise<Found> {
  using folder = temporaryFolder();
  const loaded = loadConfig(DEMO_CONFIG, {}, { data: path.join(folder.dir, "data") });
  const config: Config = { ...loaded.config, http: { ...loaded.config.http, delay_ms: 0 } };
  const runs: Run[] = [];
  for (const only of order(config.sources.map(({ name }) => name))) {
    const done = await runEmbedded(config, {
      log: quiet,
      once: true,
      signal: new AbortController().signal,
      only,
    });
    runs.push(...done.runs);
  }
  return withStore(folder.dir, async (store) => ({
    runs,
    posts: await all(store, "posts"),
    links: await all(store, "links"),
    stories: await all(store, "stories"),
    traces: await all(store, "traces"),
    alerts: await all(store, "alerts"),
  }));
}

const orders = [
  ["as configured", (names: readonly string[]) => [names]],
  [
    "backwards, one source at a time",
    (names: readonly string[]) => [...names].reverse().map((name) => [name]),
  ],
  [
    "relays first, then the rest",
    (names: readonly string[]) => [names.filter((name) => name.startsWith("wechat")), names],
  ],
] as const;

describe.each(orders)("the demo case, its sources %s", (_, order) => {
  let found: Found;
  let idOf: ReadonlyMap<string, string>;
  let main: { readonly story: Story; readonly trace: Trace };
  const id = (url: string) => idOf.get(url) ?? `not collected: ${url}`;

  beforeAll(async () => {
    found = await collected(order);
    idOf = new Map(found.posts.map(({ post }) => [post.url!, post.id]));
    const origin = id(expected.main.origin.url);
    main = {
      story: found.stories.find(({ members }) => members.includes(origin))!,
      trace: found.traces.find(({ parents }) => origin in parents)!,
    };
  });

  it("collects every post, and every record has its bucket", () => {
    expect(found.posts).toHaveLength(expected.posts);
    expect(found.runs.flatMap(({ problems }) => problems)).toEqual([]);
    expect(found.runs.every(({ status, buckets }) => status === "done" && buckets.rejected === 0)).toBe(true);
  });

  it("finds the origin, and the first Chinese pick-up by its credit", () => {
    expect(main.trace).toMatchObject({
      origin: id(expected.main.origin.url),
      origin_status: expected.main.origin.status,
    });
    const first = id(expected.main.first_in_chinese);
    expect(main.trace.first_by_language.find(({ key }) => key === "zh")).toMatchObject({
      post: first,
      certain: true,
    });
    expect(main.trace.parents[first]).toMatchObject({ parent: main.trace.origin, credit: "credited" });
  });

  it("holds exactly the expected members", () => {
    expect(main.story.members).toEqual(expected.main.members.map(({ url }) => id(url)).sort());
    expect(found.stories).toHaveLength(expected.stories);
  });

  it.each(expected.main.members.filter(({ parents }) => parents.length > 0))("explains $url", (member) => {
    const child = found.posts.find(({ post }) => post.url === member.url)!.post;
    const choice = main.trace.parents[child.id]!;
    expect(member.parents.map(id)).toContain(choice.parent);
    expect(member.relations).toContain(choice.relation);
    expect(choice.credit).toBe(member.credit);
    expect(child.declared_source?.kind === "reprint").toBe(member.declared_reprint);
    const [least, most] = choice.lag_seconds!;
    expect(least).toBeLessThanOrEqual(member.lag_seconds!);
    expect(most).toBeGreaterThanOrEqual(member.lag_seconds!);
    const link = found.links.find((each) => each.child === child.id && each.parent === choice.parent)!;
    const parent = found.posts.find(({ post }) => post.id === choice.parent)!.post;
    const stretches = (text: string, ranges: Link["added"]) =>
      ranges.map(([from, to]) => text.slice(from, to)).join("\n");
    for (const words of member.added) expect(stretches(child.text, link.added)).toContain(words);
    for (const words of member.left_out) expect(stretches(parent.text, link.left_out)).toContain(words);
  });

  it("says who is state-controlled, who follows, and what only looks alike", () => {
    const state = main.trace.actors.filter(({ state_controlled }) => state_controlled);
    expect(state.flatMap(({ posts }) => posts).sort()).toEqual(expected.main.state_controlled.map(id).sort());
    expect([...new Set(state.flatMap(({ followers }) => followers))].sort()).toEqual(
      expected.main.followers_of_state.map(id).sort(),
    );
    expect(main.trace.suggested).toEqual(expected.main.suggested.map(({ url }) => id(url)).sort());
    expect(main.trace.unknowns.join(" ")).toContain("Who owns or runs");
  });

  it("raises the alerts of its two rules, once each", () => {
    const standing = found.alerts.filter(({ holds }) => holds);
    expect(standing.map(({ rule, story, size }) => [rule, story, size]).sort()).toEqual([
      ["first Chinese pick-up", main.story.story, 1],
      ["state story relayed", main.story.story, 6],
    ]);
    const relayed = standing.find(({ rule }) => rule === "state story relayed")!;
    expect(relayed.why.slice(0, 2)).toMatchObject([
      { with: { actors: "Hanhai Herald", accounts: 6 } },
      { with: { uncredited: 4, posts: 6 } },
    ]);
    expect(
      standing.every(({ thread, id }) => thread === id || found.alerts.some((each) => each.id === thread)),
    ).toBe(true);
  });

  it("keeps legitimate syndication a story of its own, and ties the rest to nothing", () => {
    const { copy, origin, relations, credit } = expected.syndication;
    const link = found.links.find((each) => each.child === id(copy) && each.parent === id(origin))!;
    expect(relations).toContain(link.relation);
    expect(link.credit).toBe(credit);
    const tied = found.posts.filter(({ story }) => story !== null).map(({ post }) => post.url);
    expect(tied.filter((url) => expected.alone.includes(url!))).toEqual([]);
  });
});
