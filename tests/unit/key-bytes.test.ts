import fc from "fast-check";
import { expect, it } from "vitest";
import { packKeys, unpackKeys } from "../../text/key-bytes.ts";

const numbers = fc
  .array(fc.integer({ min: 0, max: 0xffffffff }), { maxLength: 30 })
  .map((all) => Uint32Array.from(all));

it("keys come out of their bytes as they went in, wherever the bytes lie", () => {
  fc.assert(
    fc.property(
      fc.record({
        wording: fc.option(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })),
        passages: numbers,
        own: numbers,
        refers: numbers,
        shows: numbers,
      }),
      fc.integer({ min: 0, max: 3 }),
      (keys, offset) => {
        const packed = packKeys(keys);
        const moved = new Uint8Array(packed.length + offset);
        moved.set(packed, offset);
        expect(unpackKeys(moved.subarray(offset))).toEqual(keys);
      },
    ),
  );
});
