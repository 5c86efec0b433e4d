import type { PostId } from "../../contracts/post.ts";
import type { Store } from "../../contracts/store.ts";
import type { Story, Trace } from "../../contracts/trace.ts";
import { placesOf } from "../places.ts";
import { bulk } from "./bulk.ts";
import type { Connection } from "./connection.ts";
import { change, read } from "./documents.ts";
import { type Entry, isMarkedSince, type LedgerDocument } from "./entry.ts";
import { type Ledger, withoutWait } from "./ledger.ts";
import { aliasOf } from "./names.ts";
import { unpacked } from "./packed.ts";
import { pages } from "./pages.ts";
import { type RecordDocument, recordDocument } from "./records.ts";

type Update = Parameters<Store["saveTraces"]>[0];
type Told = Update["stories"][number];

/** Members asked for in one request; Elasticsearch takes up to 65,536 values. */
const ASKED_AT_ONCE = 10_000;

/** Stories with their traces: see contracts/store.ts. */
export function traceDocuments(connection: Connection, ledger: Ledger) {
  const { prefix } = connection.options;
  const storyIndex = aliasOf(prefix, "stories");
  const traceIndex = aliasOf(prefix, "traces");

  /** The stories that any of these posts is in, whether or not their entries say so: a crash may have come between. */
  async function storiesWith(posts: readonly PostId[]): Promise<readonly Story[]> {
    await connection.refresh(storyIndex);
    const stories = new Map<string, Story>();
    for (let i = 0; i < posts.length; i += ASKED_AT_ONCE) {
      const query = { terms: { members: posts.slice(i, i + ASKED_AT_ONCE) } };
      const sort = [{ "order.id": "asc" as const }];
      for await (const hits of pages(connection, { index: storyIndex, query, sort, source: ["body"] })) {
        for (const { _source } of hits) {
          const story = unpacked((_source as RecordDocument<Story>).body);
          stories.set(story.story, story);
        }
      }
    }
    return [...stories.values()];
  }

  async function put(stories: readonly Told[]): Promise<void> {
    const writes = stories.flatMap(({ story, trace }) => [
      {
        action: "index",
        index: storyIndex,
        id: story.story,
        document: recordDocument("stories", story),
      } as const,
      {
        ...({ action: "index", index: traceIndex, id: story.story } as const),
        document: recordDocument("traces", trace, story.first),
      },
    ]);
    for (const outcome of await bulk(connection, writes)) {
      if (outcome.status !== "done") throw new Error(`a story cannot be stored: ${JSON.stringify(outcome)}`);
    }
  }

  /** Unless another has written it anew for other posts meanwhile. */
  async function drop(stories: readonly Story[]): Promise<void> {
    const members = new Map(stories.map(({ story, members }) => [story, JSON.stringify(members)]));
    const dropped: string[] = [];
    await change<RecordDocument<Story>>(connection, {
      index: storyIndex,
      ids: [...members.keys()],
      decide: (id, before) => {
        if (before === null || JSON.stringify(unpacked(before.body).members) !== members.get(id)) return null;
        dropped.push(id);
        return "remove";
      },
    });
    await bulk(
      connection,
      dropped.map((id) => ({ action: "delete", index: traceIndex, id }) as const),
    );
  }

  /** Posts of former stories that are in none of the new ones. */
  async function release(posts: readonly PostId[], former: ReadonlySet<string>): Promise<void> {
    await ledger.change(posts, (_, before) => {
      if (before === null || !former.has(before.entry.story ?? "")) return null;
      return { entry: { ...before.entry, story: null, place: null }, waits: before.waits, alone: false };
    });
  }

  /**
   * The new stories, then what they replace, then what the posts say of themselves, which also ends their waiting: a
   * crash in between repeats it all. A post marked meanwhile stays as it is; its whole story is then marked anew.
   */
  async function save({ stories, alone, read: readings }: Update): Promise<readonly PostId[]> {
    const held = await ledger.read([...stories.flatMap(({ story }) => story.members), ...alone]);
    const readingOf = new Map(readings.map((reading) => [reading.post, reading]));
    const isMarked = (id: PostId, entry: Entry) => {
      const reading = readingOf.get(id);
      return reading !== undefined && isMarkedSince(entry, reading);
    };
    const isOutdated = (id: PostId) => {
      const before = held.get(id);
      return before === undefined || isMarked(id, before.document.entry);
    };
    const refused = stories.filter(({ story }) => story.members.some(isOutdated));
    const saved = stories.filter((each) => !refused.includes(each));
    const left = alone.filter((id) => !isOutdated(id));

    const placeOf = new Map(saved.flatMap(({ trace }) => [...placesOf(trace)]));
    const nameOf = new Map<PostId, string | null>(left.map((id) => [id, null]));
    for (const { story } of saved) for (const id of story.members) nameOf.set(id, story.story);
    const settled = [...nameOf.keys()];
    const names = new Set(saved.map(({ story }) => story.story));
    const former = await storiesWith(settled);
    const released = former.flatMap(({ members }) => members).filter((id) => !nameOf.has(id));

    await put(saved);
    await release(released, new Set(former.map(({ story }) => story)));
    await drop(former.filter(({ story }) => !names.has(story)));
    const late = new Set<PostId>();
    const settle = (id: PostId, before: LedgerDocument | null) => {
      if (before === null || isMarked(id, before.entry)) {
        late.add(id);
        return null;
      }
      const { entry, waits } = before;
      const story = nameOf.get(id)!;
      const place = placeOf.get(id) ?? null;
      const alone = entry.story === story && JSON.stringify(entry.place) === JSON.stringify(place);
      if (alone && !waits.includes("trace")) return null;
      return { entry: { ...entry, story, place }, waits: withoutWait(waits, "trace"), alone };
    };
    await ledger.change(settled, settle, undefined, held);
    const doubtful = saved.filter(({ story }) => story.members.some((id) => late.has(id)));
    await ledger.markForTrace(doubtful.flatMap(({ story }) => story.members));
    const again = [
      ...[...refused, ...doubtful].flatMap(({ story }) => story.members),
      ...alone.filter((id) => isOutdated(id) || late.has(id)),
    ].filter((id) => held.has(id));
    // A story to which somebody adds all the time is found meanwhile.
    await ledger.show(again.filter((id) => held.get(id)!.document.waits.includes("show")));
    return again;
  }

  return {
    save,
    async stories(names: readonly string[]): Promise<readonly Story[]> {
      const held = await read<RecordDocument<Story>>(connection, storyIndex, names);
      return held.flatMap((each) => (each === null ? [] : [unpacked(each.document.body)]));
    },
    async get(name: string): Promise<{ readonly story: Story; readonly trace: Trace } | null> {
      const [[story], [trace]] = await Promise.all([
        read<RecordDocument<Story>>(connection, storyIndex, [name]),
        read<RecordDocument<Trace>>(connection, traceIndex, [name]),
      ]);
      if (story === null || trace === null) return null;
      return { story: unpacked(story!.document.body), trace: unpacked(trace!.document.body) };
    },
  };
}
