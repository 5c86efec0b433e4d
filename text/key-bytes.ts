import type { PostKeys } from "../contracts/finding.ts";

// Seven numbers say which wording it is and how many of each follow; then all arrays, one after the other. The first of
// them, bands of a sketch, is empty now; in bytes of before it is passed over.
const HEAD = 7;
const NO_BANDS = new Uint32Array();
/** In place of the high part of a wording's number, which has 21 bits. */
const NO_WORDING = 0xffffffff;

/** Keys as bytes for a store: 32-bit numbers, the lowest byte first. */
export function packKeys({ wording, passages, own, refers, shows }: PostKeys): Uint8Array {
  const arrays = [NO_BANDS, passages, own, refers, shows];
  const packed = new Uint32Array(HEAD + arrays.reduce((sum, { length }) => sum + length, 0));
  packed[0] = wording === null ? NO_WORDING : Math.floor(wording / 2 ** 32);
  packed[1] = wording === null ? 0 : wording % 2 ** 32;
  let at = HEAD;
  for (const [i, array] of arrays.entries()) {
    packed[2 + i] = array.length;
    packed.set(array, at);
    at += array.length;
  }
  return new Uint8Array(packed.buffer);
}

/** The keys that were packed: they lie where the bytes do. */
export function unpackKeys(bytes: Uint8Array): PostKeys {
  // A view of 32-bit numbers must begin at a multiple of four bytes.
  const own = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const packed = new Uint32Array(own.buffer, own.byteOffset, own.byteLength / 4);
  let at = HEAD + packed[2]!;
  const next = (count: number) => {
    at += count;
    return packed.subarray(at - count, at);
  };
  return {
    wording: packed[0] === NO_WORDING ? null : packed[0]! * 2 ** 32 + packed[1]!,
    passages: next(packed[3]!),
    own: next(packed[4]!),
    refers: next(packed[5]!),
    shows: next(packed[6]!),
  };
}
