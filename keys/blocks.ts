/** A block's first cell holds how many members follow, and above these bits the binary logarithm of its length. */
const SIZE_BITS = 27;
const SIZE_MASK = 2 ** SIZE_BITS - 1;
/** The smallest block: its head and three members. */
const LEAST_LOG = 2;

/** Growing lists of member numbers in one array. A full list moves to a block of twice the length. */
export class Blocks {
  /** A list is told by the place of its head; its members follow. */
  cells = new Int32Array(1 << 12);
  #end = 1;
  /** Blocks given up, by the logarithm of their length. */
  readonly #free: number[][] = [];

  make(a: number, b: number): number {
    const list = this.makeEmpty();
    this.cells[list]! += 2;
    this.cells[list + 1] = a;
    this.cells[list + 2] = b;
    return list;
  }

  makeEmpty(): number {
    return this.#place(LEAST_LOG);
  }

  size(list: number): number {
    return this.cells[list]! & SIZE_MASK;
  }

  /** Puts a member at the end and says where the list is now. */
  push(list: number, member: number): number {
    const size = this.size(list);
    const log = this.cells[list]! >>> SIZE_BITS;
    let at = list;
    if (size + 1 === 2 ** log) {
      at = this.#place(log + 1);
      this.cells.copyWithin(at + 1, list + 1, list + 1 + size);
      this.cells[at]! += size;
      this.#free[log] ??= [];
      this.#free[log].push(list);
    }
    this.cells[at + 1 + size] = member;
    this.cells[at]! += 1;
    return at;
  }

  /** Makes the list shorter by its last member. */
  shrink(list: number): void {
    this.cells[list]! -= 1;
  }

  #place(log: number): number {
    let place = this.#free[log]?.pop();
    if (place === undefined) {
      place = this.#end;
      this.#end += 2 ** log;
      if (this.#end > this.cells.length) {
        const larger = new Int32Array(Math.max(Math.ceil(this.cells.length * 1.5), this.#end));
        larger.set(this.cells);
        this.cells = larger;
      }
    }
    this.cells[place] = log << SIZE_BITS;
    return place;
  }
}
