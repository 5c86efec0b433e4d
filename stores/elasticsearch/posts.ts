import { createHash } from "node:crypto";
import type { Post, PostId } from "../../contracts/post.ts";
import type { Quarantined } from "../../contracts/run.ts";
import type { Store, StoredPost } from "../../contracts/store.ts";
import type { Write } from "./bulk.ts";
import type { Refusal } from "./documents.ts";
import { type Entry, storedPost } from "./entry.ts";
import { type Ledger, withoutWait, withWait } from "./ledger.ts";
import { aliasOf } from "./names.ts";
import { type Observed, observe, splitVersions } from "./observe.ts";

type Outcome = Awaited<ReturnType<Store["savePosts"]>>[number];

/** Saving and reading posts: see contracts/store.ts. */
export function postDocuments(
  ledger: Ledger,
  prefix: string,
  setAside: (items: readonly Quarantined[]) => Promise<void>,
) {
  return {
    async savePosts(
      posts: readonly Post[],
      { analysed_soon = false }: { readonly analysed_soon?: boolean } = {},
    ): Promise<readonly Outcome[]> {
      const places = new Map<PostId, number[]>();
      for (const [i, { id }] of posts.entries()) {
        const known = places.get(id);
        if (known === undefined) places.set(id, [i]);
        else known.push(i);
      }
      const outcomes: Outcome[] = new Array(posts.length);
      const aside = new Map<PostId, Entry["versions"]>();
      const refusals = await ledger.change(
        [...places.keys()],
        (id, before) => {
          let entry = before?.entry ?? null;
          let changes: Omit<Observed, "entry" | "outcome"> = { revised: false, visible: false };
          for (const place of places.get(id)!) {
            const observed = observe(entry, posts[place]!);
            entry = observed.entry;
            outcomes[place] = observed.outcome;
            const { revised, visible } = changes;
            changes = { revised: revised || observed.revised, visible: visible || observed.visible };
          }
          const [versions, spilled] = splitVersions(entry!);
          aside.set(id, spilled);
          // Until it was analysed, a post that comes again is written again: its first writing may have ended half-way.
          // What says something new meanwhile is not to be taken away.
          const waited = before?.waits ?? [];
          const steps = changes.revised ? withWait(withoutWait(waited, "remove"), "analyze") : waited;
          const isLater = analysed_soon && (before === null || waited.includes("show"));
          const waits = isLater ? withWait(steps, "show") : withoutWait(steps, "show");
          const again = waits.includes("analyze");
          if (!again && JSON.stringify(entry) === JSON.stringify(before?.entry)) return null;
          const isShown = again || changes.visible || waits.length < steps.length;
          return { entry: { ...entry!, versions }, waits, alone: !isShown };
        },
        (id) => (aside.get(id) ?? []).map((version) => asideWrite(prefix, id, version)),
      );
      await reportRefusals(refusals, setAside, new Map(posts.map((post) => [post.id, post])));
      return outcomes;
    },

    async getPosts(ids: readonly PostId[]): Promise<readonly StoredPost[]> {
      const entries = await ledger.get(ids);
      return entries.flatMap((entry) => (entry === null ? [] : [storedPost(entry)]));
    },
  };
}

function asideWrite(prefix: string, id: PostId, version: Entry["versions"][number]): Write {
  const name = `${id}\n${version.content}`;
  return {
    action: "index",
    index: aliasOf(prefix, "versions"),
    id: name,
    document: { id: name, entry: version },
  };
}

/** A post that the index refuses is kept in the ledger, and is told: a search does not find it. */
export async function reportRefusals(
  refusals: readonly Refusal[],
  setAside: (items: readonly Quarantined[]) => Promise<void>,
  posts: ReadonlyMap<PostId, Post>,
): Promise<void> {
  const items = refusals.map(({ id, reason }) => {
    const post = posts.get(id);
    return {
      id: createHash("sha256").update(`${id}\n${reason}`).digest("hex").slice(0, 32),
      run: "",
      source: post?.source ?? "",
      where: id,
      reason: `cannot be searched: ${reason}`,
      raw: JSON.stringify(post ?? null),
      at: post?.collected_at ?? new Date().toISOString(),
    };
  });
  if (items.length > 0) await setAside(items);
}
