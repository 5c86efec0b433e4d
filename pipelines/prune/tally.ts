/** Of one kind of what is kept: every item is counted once, as removed or under the first reason to keep it. */
export interface Tally {
  readonly kind: string;
  readonly seen: number;
  readonly removed: number;
  readonly kept: Readonly<Record<string, number>>;
}

/** Counts items of one kind into their buckets. */
export class Count {
  readonly #kind: string;
  #removed = 0;
  readonly #kept = new Map<string, number>();

  constructor(kind: string) {
    this.#kind = kind;
  }

  remove(items = 1): void {
    this.#removed += items;
  }

  keep(why: string, items = 1): void {
    if (items > 0) this.#kept.set(why, (this.#kept.get(why) ?? 0) + items);
  }

  get tally(): Tally {
    const kept = Object.fromEntries(this.#kept);
    const seen = this.#removed + [...this.#kept.values()].reduce((sum, items) => sum + items, 0);
    return { kind: this.#kind, seen, removed: this.#removed, kept };
  }
}
