import { describe, expect, it } from "vitest";
import type { Visit } from "../../contracts/revisit.ts";
import { analyze, ids, sampleFindings, samplePost, sampleStory } from "./store.samples.ts";
import type { Current } from "./store.suite.ts";

function visit(post: string, at: string, over: Partial<Visit> = {}): Visit {
  return {
    post,
    at: `2021-10-0${at}:00:00.000Z`,
    found: "seen",
    by: null,
    reason: null,
    sha256: null,
    ...over,
  };
}
const gone = { found: "gone", by: "platform", reason: "removed", sha256: "ab" } as const;

/** What became of posts: their versions, whether they are still there, when they are to be looked at again. */
export function laterPromises(current: Current): void {
  describe("what became of posts", () => {
    it("is nothing until somebody looks, and posts that are not there are left out", async () => {
      const { store } = current();
      await store.savePosts([samplePost("web:1")]);
      expect(await store.visitsOf("web:1")).toEqual([]);
      expect(await store.versionsOf("web:none")).toEqual([]);
      await store.saveVisits([visit("web:none", "1T00")]);
      await store.planVisits([{ post: "web:none", at: "2021-10-01T00:00:00.000Z" }]);
      expect(await store.getPosts(["web:none"])).toEqual([]);
      expect((await store.getPosts(["web:1"]))[0]).not.toHaveProperty("existence");
    });

    it("keeps each wording with how long it stood, and an edit only within one source", async () => {
      const { store, settle } = current();
      const said = (text: string, day: number, source = "pages") =>
        samplePost("web:1", { text, source, collected_at: `2021-09-1${day}T00:00:00.000Z` });
      await store.savePosts([said("as it began", 0), said("a summary", 2, "a feed"), said("as it began", 3)]);
      await settle();
      expect(await ids(store, "edited_at:*")).toEqual([]);
      await store.savePosts([said("as it  ended", 5)]);
      await settle();
      expect(await ids(store, "edited_at:[2021-09-15 TO 2021-09-15]")).toEqual(["web:1"]);
      const [stored] = await store.getPosts(["web:1"]);
      expect(stored!.edited).toEqual({ after: "2021-09-13T00:00:00.000Z", by: "2021-09-15T00:00:00.000Z" });
      const versions = await store.versionsOf("web:1");
      expect(
        versions.map(({ post, first_seen, current: is }) => [post.text, first_seen.slice(8, 10), is]),
      ).toEqual([
        ["as it began", "10", false],
        ["a summary", "12", false],
        ["as it  ended", "15", true],
      ]);
      expect(versions[0]!.last_seen).toBe("2021-09-13T00:00:00.000Z");
    });

    it("is deleted only after two findings apart, and a change of state waits for a trace", async () => {
      const { store, settle } = current();
      await store.savePosts([samplePost("web:1"), samplePost("web:2")]);
      const story = sampleStory("web:1", "web:2");
      await analyze(store, { findings: [sampleFindings("web:1"), sampleFindings("web:2")] });
      await store.saveTraces({ stories: [story], alone: [], read: [] });
      await store.saveVisits([visit("web:1", "1T00"), visit("web:2", "1T00")]);
      expect(await store.waiting("trace", 10)).toEqual([]);
      await store.saveVisits([visit("web:1", "1T06", gone)]);
      await settle();
      expect(await ids(store, "existence:unconfirmed")).toEqual(["web:1"]);
      expect(await ids(store, "existence:deleted OR deleted_by:*")).toEqual([]);
      await store.saveVisits([visit("web:1", "1T07", gone), visit("web:1", "1T06", gone)]);
      await settle();
      expect(await ids(store, "deleted_by:platform deleted_at:[2021-10-01 TO 2021-10-01]")).toEqual([
        "web:1",
      ]);
      expect(await ids(store, "-existence:deleted")).toEqual(["web:2"]);
      const [stored] = await store.getPosts(["web:1"]);
      expect(stored!.existence).toEqual({
        state: "deleted",
        by: "platform",
        reason: "removed",
        sha256: "ab",
        seen_at: "2021-10-01T00:00:00.000Z",
        since: "2021-10-01T06:00:00.000Z",
        visited_at: "2021-10-01T07:00:00.000Z",
        missed: 2,
      });
      expect(await store.waiting("trace", 10)).toEqual(["web:1"]);
      expect((await store.visitsOf("web:1")).map(({ at }) => at.slice(11, 13))).toEqual(["00", "06", "07"]);
      // The story is still there, with its members.
      expect((await store.getTrace("web:1"))!.story.members).toEqual(["web:1", "web:2"]);
    });

    it("is kept when the post comes again, and ends when it is seen again", async () => {
      const { store, settle } = current();
      await store.savePosts([samplePost("web:1")]);
      await store.saveVisits([visit("web:1", "1T06", gone), visit("web:1", "2T06", gone)]);
      await store.savePosts([
        samplePost("web:1", { text: "another", collected_at: "2021-10-03T00:00:00.000Z" }),
      ]);
      expect((await store.getPosts(["web:1"]))[0]!.existence!.state).toBe("deleted");
      await store.saveVisits([visit("web:1", "4T00")]);
      await settle();
      expect((await store.getPosts(["web:1"]))[0]!.existence!.state).toBe("present");
      expect(await ids(store, "deleted_at:*")).toEqual([]);
    });

    it("is looked at again when it is planned to be", async () => {
      const { store, settle } = current();
      await store.savePosts([samplePost("web:1"), samplePost("web:2")]);
      const at = "2021-10-01T06:00:00.000Z";
      await store.planVisits([
        { post: "web:1", at },
        { post: "web:2", at: "2021-10-09T00:00:00.000Z" },
      ]);
      await settle();
      expect(await ids(store, "revisit_at:[* TO 2021-10-02]")).toEqual(["web:1"]);
      expect((await store.getPosts(["web:1"]))[0]!.revisit_at).toBe(at);
      await store.planVisits([{ post: "web:1", at: null }]);
      await settle();
      expect(await ids(store, "revisit_at:*")).toEqual(["web:2"]);
      expect((await store.getPosts(["web:1"]))[0]).not.toHaveProperty("revisit_at");
    });
  });
}
