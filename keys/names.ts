import type { PostKeys } from "../contracts/finding.ts";
import type { ListRule } from "../contracts/keys.ts";
import { Lists, LOOSENED, NOTHING } from "./lists.ts";
import { Tally } from "./tally.ts";

/** A post's names, of each kind. */
export type NamesOf = Pick<PostKeys, "own" | "refers" | "shows">;

const NOBODY: readonly number[] = [];
/** A post's referrers are all met, however many: the platform states them. Each of them meets a few owners only. */
const NO_HUB = { hub: Infinity, representatives: 1 };

/** Which posts refer to each other or show the same: see contracts/keys.ts. */
export class Names {
  readonly #own: Lists;
  readonly #referring: Lists;
  readonly #showing: Lists;
  readonly #tally = new Tally();

  constructor(rule: ListRule, before: (a: number, b: number) => boolean) {
    this.#own = new Lists(rule, before);
    this.#referring = new Lists(NO_HUB, before);
    this.#showing = new Lists(rule, before);
  }

  /** Puts a post on its lists. Posts that may share with fewer than before go into `parted`. */
  join(post: number, { own, refers, shows }: NamesOf, parted: Set<number>): void {
    this.#tally.reserve(post + 1);
    for (let i = 0; i < own.length; i++) this.#join(this.#own, own[i]!, post, parted);
    for (let i = 0; i < refers.length; i++) this.#referring.join(refers[i]!, post, this.#tally, 1);
    for (let i = 0; i < shows.length; i++) this.#join(this.#showing, shows[i]!, post, parted);
    this.#tally.clear();
  }

  #join(lists: Lists, name: number, post: number, parted: Set<number>): void {
    const changed = lists.join(name, post, this.#tally, 1);
    if (changed >= 0) parted.add(changed);
    else if (changed !== NOTHING) for (const member of lists.members(name)) parted.add(member);
  }

  ask(post: number, { own, refers, shows }: NamesOf): readonly number[] {
    for (let i = 0; i < own.length; i++)
      if (this.#own.isMet(own[i]!, post)) this.#referring.look(own[i]!, this.#tally);
    for (let i = 0; i < refers.length; i++) this.#own.look(refers[i]!, this.#tally);
    for (let i = 0; i < shows.length; i++) this.#showing.ask(shows[i]!, post, this.#tally, 1);
    if (this.#tally.size === 0) return NOBODY;
    const met = [...this.#tally.met.subarray(0, this.#tally.size)];
    this.#tally.clear();
    return met.filter((other) => other !== post);
  }

  /** Takes a post off its lists. Posts that may share with more than before go into `again`. */
  leave(post: number, { own, refers, shows }: NamesOf, again: Set<number>): void {
    for (const name of refers) this.#referring.leave(name, post);
    for (const [lists, names] of [
      [this.#own, own],
      [this.#showing, shows],
    ] as const) {
      for (const name of names) {
        const changed = lists.leave(name, post);
        if (changed === LOOSENED) for (const member of lists.members(name)) again.add(member);
        else if (changed !== NOTHING) again.add(changed);
      }
    }
  }

  share(a: number, namesA: NamesOf, b: number, namesB: NamesOf): boolean {
    return (
      namesA.own.some((name) => has(namesB.refers, name) && this.#own.isMet(name, a)) ||
      namesB.own.some((name) => has(namesA.refers, name) && this.#own.isMet(name, b)) ||
      namesA.shows.some((name) => has(namesB.shows, name) && this.#showing.meet(name, a, b))
    );
  }
}

function has(names: Uint32Array, name: number): boolean {
  return names.includes(name);
}
