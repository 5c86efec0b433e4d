import type { PostDraft } from "../../contracts/post.ts";
import { hashName } from "../../text/fingerprints.ts";
import { type Event, fill, newEvent, remark, sentences, type Words } from "./compose.ts";
import { type Habits, relayed, type Told, textOf, titleOf, withoutHabits } from "./edits.ts";
import { type Random, randomFrom } from "./random.ts";
import { ENGLISH } from "./words-en.ts";
import { CHINESE } from "./words-zh.ts";

export interface SimulationOptions {
  readonly seed: string;
  readonly stories: number;
  /** Share of stories whose first post was never collected. */
  readonly hidden: number;
  /** Share of posts whose platform clock is wrong by hours. */
  readonly wrongClocks: number;
}

/** What really happened. Post ids are full ids. */
export interface Truth {
  /** Of each copy that was collected: the post it was copied from, or null when that one was not collected. */
  readonly parents: ReadonlyMap<string, string | null>;
  /** First posts by story; null when it was not collected. */
  readonly stories: readonly { readonly origin: string | null; readonly members: readonly string[] }[];
  /** Posts on the same events that copy nothing. */
  readonly chatter: ReadonlySet<string>;
}

export interface Simulation {
  /** In order of arrival, which is not the order of publication. */
  readonly drafts: readonly PostDraft[];
  readonly truth: Truth;
}

interface Made {
  readonly id: string;
  readonly told: Told;
  readonly habits: Habits;
  readonly platform: string;
  readonly at: number;
  readonly url: string;
  readonly credits: string | null;
}

const START = Date.UTC(2021, 8, 1);
const HOUR = 3600_000;
const PLATFORMS = ["wechat", "weibo", "telegram", "web"] as const;

/**
 * Cascades whose truth is known: a state outlet's article (or an agency's, carried at once by its sister pages),
 * relays that copy it or each other with edits of their own, chatter on the same events, clocks that are wrong, posts
 * that arrive late, and stories whose first post was never collected.
 */
export function simulate(options: SimulationOptions): Simulation {
  const random = randomFrom(options.seed);
  const parents = new Map<string, string | null>();
  const stories: { origin: string | null; members: string[] }[] = [];
  const chatter = new Set<string>();
  const arriving: { readonly draft: PostDraft; readonly at: number }[] = [];
  const worlds = [worldOf(CHINESE, random), worldOf(ENGLISH, random)];
  for (let i = 0; i < options.stories; i++) {
    const story = new StoryMaker(`s${i}`, worlds[i % 2]!, random, options);
    story.make(random.chance(options.hidden));
    for (const [child, parent] of story.parents) parents.set(child, parent);
    stories.push({ origin: story.origin, members: story.members });
    for (const id of story.chatter) chatter.add(id);
    arriving.push(...story.arriving);
  }
  arriving.sort((a, b) => a.at - b.at);
  return { drafts: arriving.map(({ draft }) => draft), truth: { parents, stories, chatter } };
}

/** A language's outlets and relay accounts, the same in every story. */
interface World {
  readonly words: Words;
  readonly outlets: readonly Habits[];
  readonly relays: readonly Habits[];
}

function worldOf(words: Words, random: Random): World {
  const event = newEvent(words, random);
  const account = (name: string, busy: number): Habits => ({
    name,
    greeting: random.chance(busy) ? fill(random.pick(words.greetings), words, event, random, name) : null,
    farewell: random.chance(busy) ? fill(random.pick(words.farewells), words, event, random, name) : null,
    traditional: words === CHINESE && random.chance(0.2),
  });
  return {
    words,
    outlets: words.outlets.map((name) => account(name, 0)),
    relays: words.relays.map((name) => account(name, 0.7)),
  };
}

class StoryMaker {
  readonly parents = new Map<string, string | null>();
  readonly members: string[] = [];
  readonly chatter: string[] = [];
  readonly arriving: { draft: PostDraft; at: number }[] = [];
  origin: string | null = null;
  readonly #key: string;
  readonly #world: World;
  readonly #random: Random;
  readonly #options: SimulationOptions;
  readonly #event: Event;
  #made = 0;

  constructor(key: string, world: World, random: Random, options: SimulationOptions) {
    this.#key = key;
    this.#world = world;
    this.#random = random;
    this.#options = options;
    this.#event = newEvent(world.words, random);
  }

  make(hidden: boolean): void {
    const { words, outlets, relays } = this.#world;
    const random = this.#random;
    const told: Told = {
      title: fill(random.pick(words.titles), words, this.#event, random),
      body: sentences(words, this.#event, random.between(7, 16), random),
      traditional: false,
    };
    const at = START + random.next() * 28 * 24 * HOUR;
    const first = this.#newPost(random.pick(outlets), "web", told, at, null);
    if (!hidden) {
      this.origin = first.id;
      this.#publish(first, null, {});
    }
    const posts = [first];
    const collected = new Set(hidden ? [] : [first.id]);
    // A wire: sister pages of one owner carry the agency's text within half an hour.
    if (random.chance(0.15)) {
      for (const sister of random.some(outlets, random.between(3, 5))) {
        if (sister === first.habits) continue;
        const post = this.#newPost(sister, "web", told, at + random.between(1, 30) * 60_000, null);
        this.#publish(
          post,
          collected.has(first.id) ? first.id : null,
          this.#mention(post, first, "declared"),
        );
        posts.push(post);
        collected.add(post.id);
      }
    }
    for (const habits of random.some(relays, random.between(3, 18))) {
      const from = random.chance(0.55) ? first : random.pick(posts);
      const post = this.#copy(from, habits);
      this.#publish(post, collected.has(from.id) ? from.id : null, this.#mention(post, from, this.#manner()));
      posts.push(post);
      collected.add(post.id);
    }
    this.#chat(at, random.between(2, 8));
  }

  #copy(from: Made, habits: Habits): Made {
    const random = this.#random;
    const told = relayed(
      withoutHabits(from.told, from.habits, random),
      habits,
      this.#world.words,
      this.#event,
      random,
    );
    return this.#newPost(
      habits,
      random.pick(PLATFORMS),
      told,
      from.at + 5 * 60_000 + random.wait(8 * HOUR),
      from.credits,
    );
  }

  #newPost(habits: Habits, platform: string, told: Told, at: number, credits: string | null): Made {
    const id = `${this.#key}-${this.#made++}`;
    // Pages have a domain of their own; the platforms' posts all lie under one.
    const host = platform === "web" ? `${hashName(habits.name).toString(36)}.example` : `${platform}.example`;
    return { id: `${platform}:${id}`, told, habits, platform, at, url: `https://${host}/${id}`, credits };
  }

  /** How a copy names where it comes from. */
  #manner(): Manner {
    const draw = this.#random.next();
    if (draw < 0.3) return "text";
    if (draw < 0.4) return "declared";
    if (draw < 0.5) return "link";
    return draw < 0.57 ? "repost" : "none";
  }

  #mention(post: Made, from: Made, manner: Manner): Mention {
    const { words } = this.#world;
    // Who copies without a word of their own about the source often leaves the last one's credit in.
    if (manner === "none")
      return from.credits !== null && this.#random.chance(0.6) ? { credit: from.credits } : {};
    if (manner === "text") {
      return { credit: this.#random.pick(words.credits).replace("{name}", from.habits.name) };
    }
    if (manner === "declared") {
      return {
        draft: {
          declared_source: {
            kind: "source-line",
            name: from.habits.name,
            ...(this.#random.chance(0.5) ? { url: from.url } : {}),
          },
        },
      };
    }
    if (manner === "link") return { link: from.url };
    // A platform's own repost stays on the platform.
    if (from.platform !== post.platform) return { link: from.url };
    return { draft: { references: [{ kind: "repost", id: from.id }] } };
  }

  #publish(post: Made, parent: string | null, mention: Mention): void {
    const random = this.#random;
    const { words } = this.#world;
    if (post.id !== this.origin) this.parents.set(post.id, parent);
    this.members.push(post.id);
    const credited =
      mention.credit === undefined
        ? post.told
        : { ...post.told, body: placed(post.told.body, mention.credit, words, random) };
    const text = `${textOf(credited, words)}${mention.link === undefined ? "" : ` ${mention.link}`}`;
    const wrong = random.chance(this.#options.wrongClocks) && post.id !== this.origin;
    const shown = wrong ? post.at + (random.chance(0.5) ? -1 : 1) * random.between(1, 24) * HOUR : post.at;
    // Some pages show the day alone.
    const dayOnly = post.platform === "web" && post.id !== this.origin && random.chance(0.08);
    const iso = new Date(shown).toISOString();
    this.#arrive(
      {
        platform: post.platform,
        id: post.id,
        url: post.url,
        account: { id: `${post.platform}-${post.habits.name}`, name: post.habits.name },
        published_at: dayOnly ? iso.slice(0, 10) : iso,
        title: post.platform === "weibo" || post.platform === "telegram" ? null : titleOf(post.told),
        text,
        ...mention.draft,
      },
      post.at,
    );
    // What is copied from it carries its credit along.
    if (mention.credit !== undefined) Object.assign(post, { credits: mention.credit });
  }

  #chat(from: number, count: number): void {
    const random = this.#random;
    const { words, relays } = this.#world;
    for (let i = 0; i < count; i++) {
      const habits = random.pick(relays);
      const body = [
        ...(habits.greeting === null ? [] : [habits.greeting]),
        ...sentences(words, this.#event, random.between(1, 7), random),
        remark(words, this.#event, random),
        ...(habits.farewell === null ? [] : [habits.farewell]),
      ];
      const told: Told = {
        title: fill(random.pick(words.titles), words, this.#event, random),
        body,
        traditional: habits.traditional,
      };
      const post = this.#newPost(habits, random.pick(PLATFORMS), told, from + random.wait(20 * HOUR), null);
      this.chatter.push(post.id);
      this.#arrive(
        {
          platform: post.platform,
          id: post.id,
          url: post.url,
          account: { id: `${post.platform}-${habits.name}`, name: habits.name },
          published_at: new Date(post.at).toISOString(),
          title: post.platform === "weibo" || post.platform === "telegram" ? null : titleOf(told),
          text: textOf(told, words),
        },
        post.at,
      );
    }
  }

  #arrive(draft: PostDraft, at: number): void {
    const late = this.#random.chance(0.05)
      ? this.#random.between(2, 10) * 24 * HOUR
      : this.#random.wait(2 * HOUR);
    this.arriving.push({ draft, at: at + late });
  }
}

type Manner = "none" | "text" | "declared" | "link" | "repost";

interface Mention {
  readonly credit?: string;
  readonly link?: string;
  readonly draft?: Partial<PostDraft>;
}

/** A credit stands at the head or the foot. */
function placed(body: readonly string[], credit: string, words: Words, random: Random): readonly string[] {
  const line = words === CHINESE ? `${credit}。` : `${credit}.`;
  return random.chance(0.5) ? [line, ...body] : [...body, line];
}
