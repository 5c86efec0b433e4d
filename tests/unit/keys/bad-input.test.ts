import { describe, expect, it } from "vitest";
import { COMPARED_UNITS, keysOf } from "../../../analyzers/links/prepare.ts";
import { memberOf } from "../../../analyzers/trace/member.ts";
import { createMemoryKeys } from "../../../keys/memory.ts";
import { prepared } from "../../support/posts.ts";

const keys = (id: string, text: string) => ({ post: `web:${id}`, keys: keysOf(prepared({ id, text })) });

describe("keys of texts that nobody expects", () => {
  it("are those of the compared part of a text of five million characters", () => {
    const long = Array.from({ length: 700_000 }, (_, i) => (i * 7919).toString(36)).join(" ");
    expect(long.length).toBeGreaterThan(3_000_000);
    expect(keys("long", long).keys).toEqual(keys("long", long.slice(0, COMPARED_UNITS)).keys);
  });

  it("belong to posts of which nothing beyond the compared part is read when they are traced", () => {
    const long = "第一句说来源：海岸观察。".repeat(30_000);
    const member = (text: string) => memberOf(prepared({ id: "a", text }).post, "zh", null);
    expect(member(long)).toEqual(member(long.slice(0, COMPARED_UNITS)));
  });

  it("are the same with and without combining marks, and with marks that change the direction of writing", () => {
    expect(keys("a", "مُحَمَّدٌ رَسُولُ السَّلَامِ بَيْنَ النَّاسِ").keys).toEqual(
      keys("a", "محمد رسول السلام بين الناس").keys,
    );
    expect(keys("a", "\u202eשלום לכולם בבוקר הזה\u202c").keys).toEqual(
      keys("a", "שלום לכולם בבוקר הזה").keys,
    );
    expect(keys("a", `Z${"\u0301\u0323".repeat(500)}algo was here again today`).keys).toEqual(
      keys("a", "Zalgo was here again today").keys,
    );
  });

  it("are none for texts without letters, which meet nobody", async () => {
    const index = createMemoryKeys();
    const { pairs } = await index.addAndAsk(
      ["🙂🙂", "!!!", "…", "!\u0301\u0302", "\u202e?"].map((text, i) => keys(`p${i}`, text)),
    );
    expect([...pairs]).toEqual([]);
  });

  it("of one repeated character make one passage, not a hub of themselves", async () => {
    const { keys: made } = keys("a", "哈".repeat(50_000));
    expect(made.passages).toHaveLength(1);
  });
});
