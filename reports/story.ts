import type { Actor } from "../contracts/actor.ts";
import type { Link, Range } from "../contracts/link.ts";
import type { Post, PostId } from "../contracts/post.ts";
import type { StoredPost } from "../contracts/store.ts";
import type { Story, Trace } from "../contracts/trace.ts";
import type { ShownAccounts } from "../text/pseudonyms.ts";
import { type Names, namesOf } from "./names.ts";

export interface EditedWording {
  readonly before: Post;
  readonly after: Post;
  readonly left_out: readonly Range[];
  readonly added: readonly Range[];
}

/** All that a finding is told from. */
export interface FindingInput {
  readonly story: Story;
  readonly trace: Trace;
  /** The members and the suggested posts. */
  readonly posts: ReadonlyMap<PostId, StoredPost>;
  /** The links of the members. */
  readonly links: readonly Link[];
  readonly actors: ReadonlyMap<string, Actor>;
  /** Of posts whose wording was changed: the one before, the one after, and where they differ. */
  readonly edits?: ReadonlyMap<PostId, EditedWording>;
  /** When sources were not read during the story. */
  readonly blind?: readonly { readonly source: string; readonly from: string; readonly to: string }[];
  readonly lang: "en";
  /** Show private accounts by pseudonym. */
  readonly shown: ShownAccounts;
  /** Time zone that times are told in. */
  readonly zone: string;
}

/** A story with its posts numbered in order of time: `[3]` stands for a post everywhere in a finding. */
export interface Told {
  readonly input: FindingInput;
  readonly names: Names;
  readonly ref: (id: PostId) => string;
  /** The link that ties a member to its chosen parent. */
  readonly linkTo: (child: PostId, parent: PostId) => Link | null;
  /** A sentence of the trace with ids as numbers and concealed names as pseudonyms. */
  readonly say: (sentence: string) => string;
}

export function told(input: FindingInput): Told {
  return numbered(input, [...input.trace.order, ...input.trace.suggested]);
}

/** Posts of many stories told together, numbered as given; `largest` is the one that is drawn. */
export function toldPosts(
  {
    largest,
    named,
    actors,
    shown,
    look,
  }: {
    readonly largest: FindingInput | null;
    readonly named: FindingInput["posts"];
    readonly actors: FindingInput["actors"];
    readonly shown: ShownAccounts;
    readonly look: { readonly zone: string };
  },
  items: readonly PostId[],
): Told {
  const posts = new Map([...named, ...(largest?.posts ?? [])]);
  const { story, trace, links } = largest ?? NO_STORY;
  return numbered({ story, trace, links, posts, actors, lang: "en", shown, zone: look.zone }, items);
}

const NO_STORY: Pick<FindingInput, "story" | "trace" | "links"> = {
  story: { story: "", members: [], first: null, last: null, platforms: [], languages: [] },
  trace: {
    story: "",
    origin: null,
    origin_status: "undetermined",
    origin_confidence: "low",
    origin_reasons: [],
    first_seen: "",
    posts: 0,
    parents: {},
    order: [],
    first_by_language: [],
    first_by_platform: [],
    actors: [],
    suggested: [],
    contradictions: [],
    unknowns: [],
    version: "",
  },
  links: [],
};

function numbered(input: FindingInput, items: readonly PostId[]): Told {
  const numbers = new Map(items.map((id, i) => [id, `[${i + 1}]`]));
  const names = namesOf(input.posts.values(), input);
  const links = new Map(input.links.map((link) => [pairKey(link.child, link.parent), link]));
  // Longer ids first: one id may begin with another.
  const ids = [...numbers.keys()].sort((a, b) => b.length - a.length);
  return {
    input,
    names,
    ref: (id) => numbers.get(id) ?? id,
    linkTo: (child, parent) => links.get(pairKey(child, parent)) ?? null,
    say: (sentence) =>
      names.conceal(
        ids.reduce(
          (text, id) => (text.includes(id) ? text.replaceAll(id, numbers.get(id)!) : text),
          sentence,
        ),
      ),
  };
}

/** `platform:account-id` of a post; the post's own id when it is no longer stored, so that it counts as one account. */
export function accountOf({ input }: Told, id: PostId): string {
  const post = input.posts.get(id)?.post;
  return post === undefined ? id : `${post.platform}:${post.account.id}`;
}

function pairKey(child: PostId, parent: PostId): string {
  return `${child}\n${parent}`;
}
