import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ARTICLE, post } from "../support/posts.ts";
import { traced } from "../support/story.ts";

const HOUR = 3600_000;
const START = Date.parse("2021-09-08T00:00:00Z");

/** Stories of relays that copy, cut and comment, with times from a few hours, some of them a whole day wide. */
const stories = fc
  .array(
    fc.record({
      hour: fc.integer({ min: 0, max: 40 }),
      dayOnly: fc.boolean(),
      from: fc.integer({ min: 0, max: 40 }),
      to: fc.integer({ min: 90, max: ARTICLE.length }),
      comment: fc.constantFrom(
        "",
        "各位读者怎么看？欢迎在评论区留言，说说你的想法和感受。",
        "转给家里的长辈看看吧，大家都来关心一下这件事。",
        "来源：三号茶馆。",
        "据远帆日报报道，",
      ),
      followers: fc.option(fc.nat(1_000), { nil: null }),
      reposts: fc.option(fc.nat(12), { nil: null }),
    }),
    { minLength: 2, maxLength: 8 },
  )
  .map((drafts) =>
    drafts.map(({ hour, dayOnly, from, to, comment, followers, reposts }, i) => {
      const at = new Date(START + hour * HOUR).toISOString();
      return post({
        id: `p${i}`,
        account: { id: `a${i}`, name: `${"零一二三四五六七"[i]}号茶馆`, followers },
        text: comment + ARTICLE.slice(from, to),
        published_at: dayOnly ? at.slice(0, 10) : at,
        references: reposts === null ? [] : [{ kind: "repost", id: `p${reposts}` }],
      });
    }),
  );

describe("traces of any story", () => {
  it("invariant 1: come out the same from any order of its posts", () => {
    fc.assert(
      fc.property(stories, fc.infiniteStream(fc.nat()), (posts, numbers) => {
        const shuffled = posts
          .map((each) => [numbers.next().value!, each] as const)
          .sort((a, b) => a[0] - b[0])
          .map(([, each]) => each);
        const [first, second] = [traced(posts), traced(shuffled)];
        expect(second.trace).toEqual(first.trace);
        expect(second.story).toEqual(first.story);
      }),
      { numRuns: 150 },
    );
  });

  it("invariant 6: choose no parent whose time overlaps the child's, unless it is stated or credited", () => {
    fc.assert(
      fc.property(stories, (posts) => {
        const { trace } = traced(posts);
        const byId = new Map(posts.map((each) => [each.id, each]));
        for (const [id, { parent, relation }] of Object.entries(trace.parents)) {
          if (parent === null || relation === "repost") continue;
          // A post that names the other as its source states the order.
          if (parent === "web:p3" && byId.get(id)!.text.includes("来源：三号茶馆")) continue;
          const [child, chosen] = [byId.get(id)!.published, byId.get(parent)!.published];
          expect(Date.parse(chosen.latest)).toBeLessThan(Date.parse(child.earliest!));
        }
      }),
      { numRuns: 150 },
    );
  });

  it("have a line of parents from every member that ends, and never in a ring", () => {
    fc.assert(
      fc.property(stories, (posts) => {
        const { trace } = traced(posts);
        for (const start of trace.order) {
          const seen = new Set<string>();
          for (let at: string | null = start; at !== null; at = trace.parents[at]!.parent) {
            expect(seen.has(at)).toBe(false);
            seen.add(at);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it("invariant 7: name an origin only where nothing it states lies outside", () => {
    fc.assert(
      fc.property(stories, (posts) => {
        const { trace } = traced(posts);
        if (trace.origin === null) return;
        const own = new Set(posts.map(({ id }) => id));
        const origin = posts.find(({ id }) => id === trace.origin)!;
        for (const { id } of origin.references) expect(own.has(`web:${id}`)).toBe(true);
        expect(origin.text).not.toContain("远帆日报");
      }),
      { numRuns: 150 },
    );
  });
});
