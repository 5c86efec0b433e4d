import type { PostId } from "../../contracts/post.ts";
import type { Store } from "../../contracts/store.ts";
import type { Story, Trace } from "../../contracts/trace.ts";
import type { Database } from "./database.ts";

type Update = Parameters<Store["saveTraces"]>[0];

/** Stories with their traces, and which posts wait to be traced: see contracts/store.ts. */
export function traceTables(
  { raw }: Database,
  keyOf: (id: PostId) => number,
  findKey: (id: PostId) => number | undefined,
) {
  const mark = raw.prepare("INSERT OR REPLACE INTO to_trace (post, mark) VALUES (?, ?)");
  const unmark = raw.prepare("DELETE FROM to_trace WHERE post = ? AND mark <= ?");
  const marked = raw.prepare(
    "SELECT p.id FROM to_trace t JOIN posts p ON p.key = t.post ORDER BY t.post LIMIT ?",
  );
  const storyOf = raw.prepare("SELECT story FROM members WHERE post = ?");
  const dropMembers = raw.prepare("DELETE FROM members WHERE story = ?");
  const dropStory = raw.prepare("DELETE FROM stories WHERE key = ?");
  const addStory = raw.prepare(`
    INSERT INTO stories (story, first, last, origin, origin_status, body, trace) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const addMember = raw.prepare("INSERT INTO members (post, story) VALUES (?, ?)");
  const byName = raw.prepare("SELECT body, trace FROM stories WHERE story = ?");

  let marks = Number(raw.prepare("SELECT max(mark) AS last FROM to_trace").get()!.last ?? 0);
  // What is marked after the waiting posts were last asked for is not in the trace that is being made of them.
  let asked = Number.POSITIVE_INFINITY;

  return {
    /** Within a transaction. */
    mark(posts: readonly PostId[]): void {
      if (posts.length === 0) return;
      marks++;
      for (const id of posts) mark.run(keyOf(id), marks);
    },
    waiting(limit: number): readonly PostId[] {
      asked = marks;
      return marked.all(limit).map(({ id }) => id as PostId);
    },
    /** Within a transaction. */
    save({ stories, alone, traced }: Update): void {
      const replaced = new Set<number>();
      for (const id of [...stories.flatMap(({ story }) => story.members), ...alone]) {
        const row = storyOf.get(keyOf(id));
        if (row !== undefined) replaced.add(Number(row.story));
      }
      for (const key of replaced) {
        dropMembers.run(key);
        dropStory.run(key);
      }
      for (const { story, trace } of stories) {
        const { lastInsertRowid: key } = addStory.run(
          story.story,
          story.first === null ? null : Date.parse(story.first),
          story.last === null ? null : Date.parse(story.last),
          trace.origin,
          trace.origin_status,
          JSON.stringify(story),
          JSON.stringify(trace),
        );
        for (const id of story.members) addMember.run(keyOf(id), key);
      }
      const until = Number.isFinite(asked) ? asked : marks;
      for (const id of traced) unmark.run(findKey(id) ?? 0, until);
    },
    get(name: string): { readonly story: Story; readonly trace: Trace } | null {
      const row = byName.get(name);
      if (row === undefined) return null;
      return {
        story: JSON.parse(String(row.body)) as Story,
        trace: JSON.parse(String(row.trace)) as Trace,
      };
    },
  };
}
