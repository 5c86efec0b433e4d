import { z } from "zod";
import { durationSchema, secondsOf } from "../../../config/durations.ts";
import { AFFILIATIONS } from "../../../contracts/actor.ts";
import type { Fired, RuleKind, RulePost, StoryFacts } from "../rule.ts";
import { followingOf, isWatched, namesOf, sizeStatement, surenessOf, unknownsOf } from "../story.ts";

const options = z.strictObject({
  accounts: z
    .int()
    .min(1)
    .default(3)
    .meta({ description: "So many different accounts, those of the outlets apart." }),
  within: durationSchema.default("48h").meta({ description: "All of them within this time." }),
  affiliations: z
    .array(z.enum(AFFILIATIONS))
    .min(1)
    .default(["state-controlled"])
    .meta({ description: "Affiliations of the actors whose stories count." }),
  actors: z
    .array(z.string())
    .default([])
    .meta({ description: "Only these actors; all with the affiliation when empty." }),
  uncredited: z
    .boolean()
    .default(false)
    .meta({ description: "Count only accounts that do not name their source." }),
  watches: z
    .array(z.string())
    .default([])
    .meta({ description: "Only stories with a post of these watches." }),
});
export type StateRelayOptions = z.infer<typeof options>;

export const stateRelay: RuleKind<StateRelayOptions> = {
  on: "story",
  info: {
    name: "state-relay",
    title: "A state outlet's story is relayed",
    summary: "Fires when so many accounts carry on a state outlet's story within a time.",
    options,
    references: [
      "https://www.international.gc.ca/transparency-transparence/rapid-response-mechanism-mecanisme-reponse-rapide/index.aspx",
    ],
  },
  fire(facts, given) {
    if (!isWatched(facts, given.watches)) return [];
    const following = followingOf(
      facts,
      ({ id, affiliation }) =>
        given.affiliations.includes(affiliation) && (given.actors.length === 0 || given.actors.includes(id)),
    );
    const counted = following.followers.filter(
      ({ id, from }) => Number.isFinite(from) && (!given.uncredited || following.uncredited.has(id)),
    );
    const best = fullestWindow(following.followed, counted, secondsOf(given.within) * 1000);
    if (best.accounts < given.accounts) return [];
    return [fired(facts, following, best)];
  },
};

interface Window {
  readonly accounts: number;
  readonly start: number;
  readonly posts: readonly RulePost[];
}

/**
 * The stretch of time with the most accounts, the earliest of several. A post counts when its whole interval lies in it:
 * nothing is guessed. As the stretch moves on, posts come in by their end and go out by their begin.
 */
function fullestWindow(
  followed: readonly RulePost[],
  followers: readonly RulePost[],
  length: number,
): Window {
  const starts = [...followed, ...followers].map(({ from }) => from).filter(Number.isFinite);
  const byBegin = [...followers].sort((a, b) => a.from - b.from);
  const byEnd = [...followers].sort((a, b) => a.to - b.to);
  const posts = new Map<string, number>();
  const gone = new Set<RulePost>();
  let best = { accounts: 0, start: 0 };
  let [out, inward] = [0, 0];
  const count = (account: string, change: 1 | -1) => {
    const now = (posts.get(account) ?? 0) + change;
    if (now === 0) posts.delete(account);
    else posts.set(account, now);
  };
  const there = new Set<RulePost>();
  for (const start of [...new Set(starts)].sort((a, b) => a - b)) {
    for (let post = byBegin[out]; post !== undefined && post.from < start; post = byBegin[++out]) {
      gone.add(post);
      if (there.delete(post)) count(post.account, -1);
    }
    for (let post = byEnd[inward]; post !== undefined && post.to <= start + length; post = byEnd[++inward]) {
      if (gone.has(post)) continue;
      there.add(post);
      count(post.account, 1);
    }
    if (posts.size > best.accounts) best = { accounts: posts.size, start };
  }
  const { accounts, start } = best;
  const inside = byBegin.filter(({ from, to }) => from >= start && to <= start + length);
  return { accounts, start, posts: accounts === 0 ? [] : inside };
}

function fired(
  facts: StoryFacts,
  following: ReturnType<typeof followingOf>,
  { accounts, start, posts }: Window,
): Fired {
  const uncredited = posts.filter(({ id }) => following.uncredited.has(id)).length;
  const affiliation = following.actors[0]!.affiliation;
  const seconds = (Math.max(...posts.map(({ to }) => to)) - start) / 1000;
  return {
    subject: `story:${facts.story.story}`,
    story: facts.story.story,
    why: [
      { say: "relay.accounts", with: { actors: namesOf(following.actors), affiliation, accounts, seconds } },
      { say: "relay.uncredited", with: { uncredited, posts: posts.length } },
      sizeStatement(facts),
    ],
    ...surenessOf(facts, posts),
    unknowns: unknownsOf(facts, posts),
    posts: [...following.followed, ...posts],
    uncredited: following.uncredited,
    size: accounts,
  };
}
