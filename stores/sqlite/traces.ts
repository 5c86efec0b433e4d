import type { PostId } from "../../contracts/post.ts";
import type { Reading, Store } from "../../contracts/store.ts";
import type { Story, Trace } from "../../contracts/trace.ts";
import type { Database } from "./database.ts";
import type { postNumbers } from "./numbers.ts";

type Update = Parameters<Store["saveTraces"]>[0];

/** Stories with their traces, and which posts wait to be traced: see contracts/store.ts. */
export function traceTables(
  { raw }: Database,
  { keyOf, findKey }: Pick<ReturnType<typeof postNumbers>, "keyOf" | "findKey">,
  markedSince: (reading: Reading) => boolean,
) {
  const mark = raw.prepare(
    "INSERT INTO marks (post, mark, waiting) VALUES (?, 1, 1) ON CONFLICT (post) DO UPDATE SET (mark, waiting) = (mark + 1, 1)",
  );
  const unmark = raw.prepare("UPDATE marks SET waiting = 0 WHERE post = ? AND waiting");
  const marked = raw.prepare(
    "SELECT p.id FROM marks t JOIN posts p ON p.key = t.post WHERE t.waiting ORDER BY t.post LIMIT ?",
  );
  const storyOf = raw.prepare("SELECT story FROM members WHERE post = ?");
  const dropMembers = raw.prepare("DELETE FROM members WHERE story = ?");
  const dropStory = raw.prepare("DELETE FROM stories WHERE key = ?");
  const addStory = raw.prepare(`
    INSERT INTO stories (story, first, last, origin, origin_status, body, trace) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const addMember = raw.prepare("INSERT INTO members (post, story) VALUES (?, ?)");
  const byName = raw.prepare("SELECT body, trace FROM stories WHERE story = ?");

  /** Drops the stories that these posts were in. */
  function replace(posts: readonly PostId[]): void {
    const replaced = new Set<number>();
    for (const id of posts) {
      const row = storyOf.get(keyOf(id));
      if (row !== undefined) replaced.add(Number(row.story));
    }
    for (const key of replaced) {
      dropMembers.run(key);
      dropStory.run(key);
    }
  }

  function add({ story, trace }: Update["stories"][number]): void {
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

  return {
    /** Within a transaction. */
    mark(posts: readonly PostId[]): void {
      for (const id of posts) mark.run(keyOf(id));
    },
    waiting: (limit: number): readonly PostId[] => marked.all(limit).map(({ id }) => id as PostId),
    /** Within a transaction. */
    save({ stories, alone, read }: Update): readonly PostId[] {
      const changed = new Set(read.filter(markedSince).map(({ post }) => post));
      const isChanged = (id: PostId) => changed.has(id);
      const refused = stories.filter(({ story }) => story.members.some(isChanged));
      const saved = stories.filter((each) => !refused.includes(each));
      const left = alone.filter((id) => !isChanged(id));
      const settled = [...saved.flatMap(({ story }) => story.members), ...left];
      replace(settled);
      for (const each of saved) add(each);
      for (const id of settled) unmark.run(keyOf(id));
      const again = [...refused.flatMap(({ story }) => story.members), ...alone.filter(isChanged)];
      return again.filter((id) => findKey(id) !== undefined);
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
