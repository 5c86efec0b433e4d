/** A piece is shared by the arrays of some forty posts. What would take a quarter of one has a piece of its own. */
const PIECE = 1 << 16;

/** A place in memory: a multiple of four bytes. */
export interface Place {
  readonly memory: ArrayBuffer;
  readonly at: number;
}

let piece = new ArrayBuffer(PIECE);
let used = 0;

/**
 * Room for so many bytes, all zero. It comes out of a larger piece, which is free again when nothing in it is used any
 * more: for arrays that are let go in the order in which they were made. Asking for memory takes longer than filling it.
 */
export function room(bytes: number): Place {
  if (bytes > PIECE / 4) return { memory: new ArrayBuffer(bytes), at: 0 };
  if (used + bytes > PIECE) {
    piece = new ArrayBuffer(PIECE);
    used = 0;
  }
  const at = used;
  used += (bytes + 3) & ~3;
  return { memory: piece, at };
}
