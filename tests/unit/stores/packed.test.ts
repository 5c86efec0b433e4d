import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packed, unpacked } from "../../../stores/elasticsearch/packed.ts";

const records = fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue());

describe("a packed record", () => {
  it("comes back as it was, short or long", () => {
    fc.assert(
      fc.property(records, fc.nat(4_000), (record, more) => {
        const whole = { ...record, more: "文x".repeat(more) };
        expect(JSON.stringify(unpacked(packed(whole)))).toBe(JSON.stringify(whole));
      }),
    );
  });

  it("comes back from an installation that deflated the short ones, too", () => {
    fc.assert(
      fc.property(records, (record) => {
        const body = deflateRawSync(JSON.stringify(record)).toString("base64");
        expect(JSON.stringify(unpacked(body))).toBe(JSON.stringify(record));
      }),
    );
  });
});
