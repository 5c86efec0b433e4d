import type { PostKeys } from "../contracts/finding.ts";
import {
  type Crowd,
  KEY_RULES,
  type KeyAnswer,
  type KeyEntry,
  type KeyIndex,
  type KeyRules,
} from "../contracts/keys.ts";
import { type Pair, Pairs } from "../contracts/pairs.ts";
import type { PostId } from "../contracts/post.ts";
import { hashName } from "../text/fingerprints.ts";
import { Groups } from "./groups.ts";
import { isTold, NOTHING } from "./lists.ts";
import { longer } from "./longer.ts";
import { Names, type NamesOf } from "./names.ts";
import { Shelf, startOf } from "./shelf.ts";
import { type Effects, Wordings } from "./wordings.ts";

/** The hot keys of the embedded construction: everything in memory, restored from the store at start. */
export function createMemoryKeys(rules: KeyRules = KEY_RULES): KeyIndex {
  return new MemoryKeys(rules);
}

/** What one call has brought about so far; posts and wordings by their numbers. */
interface Turn extends Effects {
  readonly pairs: Pairs;
  /** The posts of the pairs by their numbers, in the order of their places. */
  readonly paired: number[];
  readonly unsettled: Set<number>;
  readonly crowded: Crowd[];
  /** Posts that may share with more than before. */
  readonly postsAgain: Set<number>;
}

/** What stands in place of a wording for a post without letters. */
const NO_WORDING = -1;

class MemoryKeys implements KeyIndex {
  readonly #ids: PostId[] = [];
  readonly #numbers = new Map<PostId, number>();
  #ranks = new Uint32Array(1 << 10);
  #wordingOf = new Int32Array(1 << 10);
  #namesAt = new Uint32Array(1 << 10);
  /** One more than a post's place among those of the pairs that are being collected. */
  #places = new Uint32Array(1 << 10);
  readonly #runs = new Shelf();
  readonly #wordings: Wordings;
  readonly #groups: Groups;
  readonly #names: Names;
  readonly #representatives: number;
  readonly #used: Omit<Turn, "pairs" | "crowded"> = {
    paired: [],
    unsettled: new Set(),
    parted: new Set(),
    again: new Set(),
    postsAgain: new Set(),
  };

  constructor(rules: KeyRules) {
    this.#representatives = rules.group.representatives;
    const before = (a: number, b: number) => this.#before(a, b);
    this.#wordings = new Wordings(rules.passage);
    this.#groups = new Groups(rules.group.representatives, before);
    this.#names = new Names(rules.name, before);
  }

  get size(): number {
    return this.#numbers.size;
  }

  async addAndAsk(entries: readonly KeyEntry[]): Promise<KeyAnswer> {
    const turn = this.#begin();
    for (const entry of entries) {
      const { post, alike } = this.#put(entry, turn, turn.parted);
      this.#pair(post, entry.keys, alike, turn);
    }
    for (const wording of turn.again) this.#pairWording(wording, turn);
    for (const post of turn.postsAgain) this.#pair(post, this.#namesOf(post), null, turn);
    for (const wording of turn.parted)
      for (const post of this.#groups.representatives(wording)) turn.unsettled.add(post);
    for (const post of turn.paired) this.#places[post] = 0;
    const unsettled: PostId[] = [];
    for (const post of turn.unsettled) unsettled.push(this.#ids[post]!);
    return { pairs: turn.pairs, unsettled, crowded: turn.crowded };
  }

  async share(pairs: readonly Pair[]): Promise<readonly boolean[]> {
    return pairs.map(([first, second]) => {
      const [a, b] = [this.#numbers.get(first), this.#numbers.get(second)];
      return a === undefined || b === undefined || this.#share(a, b);
    });
  }

  /** It lives and dies with its process. */
  async generation(): Promise<string> {
    return "";
  }

  async restore(entries: Iterable<KeyEntry>): Promise<void> {
    const turn = this.#begin();
    for (const entry of entries) this.#put(entry, turn, null);
  }

  async forget(posts: readonly PostId[]): Promise<void> {
    const turn = this.#begin();
    for (const id of posts) {
      const post = this.#numbers.get(id);
      if (post === undefined) continue;
      this.#takeOut(post, turn);
      this.#numbers.delete(id);
    }
  }

  /** Makes an entry's keys the post's. Of a wording that is new, also says which others it is alike to. */
  #put(
    { post: id, keys }: KeyEntry,
    turn: Turn,
    parted: Turn["parted"] | null,
  ): { post: number; alike: readonly number[] | null } {
    let post = this.#numbers.get(id);
    if (post === undefined) post = this.#number(id);
    else if (this.#hasKeys(post, keys)) return { post, alike: null };
    else this.#takeOut(post, turn);
    this.#namesAt[post] = this.#runs.put(runOf(keys));
    this.#names.join(post, keys, turn.unsettled);
    this.#wordingOf[post] = NO_WORDING;
    if (keys.wording === null) return { post, alike: null };
    const wording = this.#wordings.place(keys, keys.wording);
    this.#wordingOf[post] = wording;
    const displaced = this.#groups.join(wording, post);
    if (displaced !== NOTHING) turn.unsettled.add(displaced);
    const count = this.#groups.size(wording);
    if (isTold(count)) turn.crowded.push({ what: "wording", count, post: id });
    if (count > 1) return { post, alike: null };
    const alike = this.#wordings.join(wording, parted);
    const crowd = this.#wordings.reached;
    if (crowd > 0) turn.crowded.push({ what: "passage", count: crowd, post: id });
    return { post, alike };
  }

  #takeOut(post: number, turn: Turn): void {
    this.#names.leave(post, this.#namesOf(post), turn.postsAgain);
    const wording = this.#wordingOf[post]!;
    if (wording === NO_WORDING) return;
    const promoted = this.#groups.leave(wording, post);
    if (promoted !== NOTHING) turn.postsAgain.add(promoted);
    if (this.#groups.size(wording) === 0) this.#wordings.leave(wording, turn);
  }

  /** Notes every pair of a post with those that it shares enough with. */
  #pair(post: number, names: NamesOf, alike: readonly number[] | null, turn: Turn): void {
    for (const other of this.#names.ask(post, names)) this.#note(post, other, turn);
    const wording = this.#wordingOf[post]!;
    if (wording === NO_WORDING) return;
    if (!this.#groups.isRepresentative(wording, post)) {
      this.#noteAll(post, wording, this.#representatives, turn);
      return;
    }
    this.#noteAll(post, wording, Infinity, turn);
    for (const like of alike ?? this.#wordings.ask(wording))
      this.#noteAll(post, like, this.#representatives, turn);
  }

  /** Notes the pairs of a post with the first posts of a wording, up to so many. */
  #noteAll(post: number, wording: number, most: number, turn: Turn): void {
    let other = this.#groups.first(wording);
    for (let i = 0; i < most && other !== NOTHING; i++, other = this.#groups.after(other))
      if (other !== post) this.#note(post, other, turn);
  }

  /** Notes every pair of a wording's representatives with those of the wordings that it is alike to. */
  #pairWording(wording: number, turn: Turn): void {
    if (this.#groups.size(wording) === 0) return;
    const own = this.#groups.representatives(wording);
    for (const like of this.#wordings.ask(wording))
      for (const other of this.#groups.representatives(like))
        for (const post of own) this.#note(post, other, turn);
  }

  #note(a: number, b: number, turn: Turn): void {
    turn.pairs.push(this.#placeOf(a, turn), this.#placeOf(b, turn));
  }

  #placeOf(post: number, { pairs, paired }: Turn): number {
    if (this.#places[post] === 0) {
      pairs.posts.push(this.#ids[post]!);
      this.#places[post] = paired.push(post);
    }
    return this.#places[post]! - 1;
  }

  #share(a: number, b: number): boolean {
    const [first, second] = [this.#wordingOf[a]!, this.#wordingOf[b]!];
    if (first !== NO_WORDING && second !== NO_WORDING) {
      const [aSpeaks, bSpeaks] = [
        this.#groups.isRepresentative(first, a),
        this.#groups.isRepresentative(second, b),
      ];
      if (
        first === second ? aSpeaks || bSpeaks : aSpeaks && bSpeaks && this.#wordings.areAlike(first, second)
      )
        return true;
    }
    return this.#names.share(a, this.#namesOf(a), b, this.#namesOf(b));
  }

  #hasKeys(post: number, keys: PostKeys): boolean {
    const { own, refers, shows } = this.#namesOf(post);
    const wording = this.#wordingOf[post]!;
    return (
      (wording === NO_WORDING ? null : this.#wordings.number(wording)) === keys.wording &&
      sameNumbers(own, keys.own) &&
      sameNumbers(refers, keys.refers) &&
      sameNumbers(shows, keys.shows)
    );
  }

  #namesOf(post: number): NamesOf {
    const place = this.#namesAt[post]!;
    const run = this.#runs.chunkOf(place);
    const own = startOf(place) + 3;
    const refers = own + run[own - 3]!;
    const shows = refers + run[own - 2]!;
    return {
      own: run.subarray(own, refers),
      refers: run.subarray(refers, shows),
      shows: run.subarray(shows, shows + run[own - 1]!),
    };
  }

  /** A turn with nothing in it. What no answer holds is used again: most calls are of one post, and sets are dear. */
  #begin(): Turn {
    const { paired, unsettled, parted, again, postsAgain } = this.#used;
    paired.length = 0;
    for (const each of [unsettled, parted, again, postsAgain]) if (each.size > 0) each.clear();
    return { pairs: new Pairs(), crowded: [], paired, unsettled, parted, again, postsAgain };
  }

  #number(id: PostId): number {
    const post = this.#ids.length;
    this.#ids.push(id);
    this.#numbers.set(id, post);
    if (post === this.#ranks.length) {
      this.#ranks = longer(this.#ranks);
      this.#wordingOf = longer(this.#wordingOf);
      this.#namesAt = longer(this.#namesAt);
      this.#places = longer(this.#places);
    }
    this.#ranks[post] = hashName(id);
    return post;
  }

  #before(a: number, b: number): boolean {
    const [first, second] = [this.#ranks[a]!, this.#ranks[b]!];
    return first !== second ? first < second : this.#ids[a]! < this.#ids[b]!;
  }
}

/** The names of a post as one run: how many of each kind, then all of them. */
function runOf({ own, refers, shows }: NamesOf): Uint32Array {
  const run = new Uint32Array(3 + own.length + refers.length + shows.length);
  run[0] = own.length;
  run[1] = refers.length;
  run[2] = shows.length;
  run.set(own, 3);
  run.set(refers, 3 + own.length);
  run.set(shows, 3 + own.length + refers.length);
  return run;
}

function sameNumbers(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
