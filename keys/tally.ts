import { longer } from "./longer.ts";

/** How often each member was met in one question, and who was met at all. */
export class Tally {
  counts = new Uint32Array(1 << 10);
  met = new Int32Array(1 << 10);
  size = 0;

  /** Makes room for so many members. */
  reserve(members: number): void {
    if (this.counts.length >= members) return;
    this.counts = longer(this.counts);
    this.met = longer(this.met);
  }

  mark(member: number, bit: number): void {
    if (this.counts[member] === 0) this.met[this.size++] = member;
    this.counts[member]! |= bit;
  }

  clear(): void {
    for (let i = 0; i < this.size; i++) this.counts[this.met[i]!] = 0;
    this.size = 0;
  }
}
