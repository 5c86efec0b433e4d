import { pairKey } from "../../contracts/link.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Bearing, RemovableKind, StoredPost } from "../../contracts/store.ts";
import type { Story } from "../../contracts/trace.ts";
import { bulk, type Write } from "./bulk.ts";
import type { Connection } from "./connection.ts";
import { change, read } from "./documents.ts";
import { type LedgerDocument, ledgerOf, storedPost } from "./entry.ts";
import { type Ledger, withWait } from "./ledger.ts";
import type { linkDocuments } from "./links.ts";
import { aliasOf, type IndexKind, monthName } from "./names.ts";
import { unpacked } from "./packed.ts";
import { pages } from "./pages.ts";
import type { RecordDocument } from "./records.ts";

/** Posts taken away at a time. */
const AT_ONCE = 500;

/** Of a ledger document, what the evidence is asked for by. */
const BEARING = ["entry.post", "entry.versions.post"]
  .flatMap((at) => [`${at}.sha256`, `${at}.url`])
  .concat("id", "entry.visits.sha256");

interface Bears {
  readonly sha256?: string | null;
  readonly url?: string | null;
}

/** Taking away what is kept no longer: see contracts/store.ts. */
export function removal(connection: Connection, ledger: Ledger, links: ReturnType<typeof linkDocuments>) {
  const { prefix } = connection.options;
  const ledgerIndex = ledgerOf(prefix);
  const index = (kind: IndexKind) => aliasOf(prefix, kind);
  const bears = (post: PostId, { sha256 = null, url = null }: Bears): Bearing => ({ post, sha256, url });

  /** Whatever says that a post is to be taken away is done before its ledger document goes. */
  async function finish(ids: readonly PostId[]): Promise<void> {
    const gone = new Set(ids);
    const held = (await read<LedgerDocument>(connection, ledgerIndex, ids)).filter((each) => each !== null);
    const stories = new Set(held.flatMap(({ document }) => document.entry.story ?? []));
    const left = new Set<PostId>();
    const cut = async () => {
      const found = await links.of(ids);
      for (const { child, parent } of found) left.add(child).add(parent);
      return found.map((link): Write => ({ action: "delete", index: index("links"), id: pairKey(link) }));
    };
    const writes = await cut();
    const told = await read<RecordDocument<Story>>(connection, index("stories"), [...stories]);
    for (const story of told) {
      if (story === null) continue;
      const { story: name, members } = unpacked(story.document.body);
      const others = members.filter((id) => !gone.has(id));
      const there = (await ledger.get(others)).some((entry) => entry !== null);
      for (const id of others) left.add(id);
      if (there) continue;
      for (const kind of ["stories", "traces"] as const)
        writes.push({ action: "delete", index: index(kind), id: name });
    }
    for (const { document, version } of held) {
      const { id, entry } = document;
      writes.push({ action: "delete", index: index("keys"), id, version });
      for (const month of [entry.month, ...entry.former])
        writes.push({ action: "delete", index: monthName(prefix, month), id, version });
      for await (const hits of versionsOf(id))
        for (const { _source } of hits)
          writes.push({ action: "delete", index: index("versions"), id: (_source as { id: string }).id });
    }
    const markLeft = () => ledger.markAnew([...left].filter((id) => !gone.has(id)));
    await markLeft();
    await bulk(connection, writes);
    await change<LedgerDocument>(connection, {
      index: ledgerIndex,
      ids,
      decide: (_, before) => (before?.waits.includes("remove") ? "remove" : null),
    });
    // Of an analysis that was under way.
    const late = await cut();
    if (late.length === 0) return;
    await bulk(connection, late);
    await markLeft();
  }

  function versionsOf(id: PostId) {
    const query = { prefix: { id: { value: `${id}\n` } } };
    return pages(connection, { index: index("versions"), query, sort: [{ id: "asc" }], source: ["id"] });
  }

  return {
    async *collectedBefore(at: string): AsyncGenerator<StoredPost> {
      await connection.refresh(ledgerIndex);
      const unknown = { bool: { must_not: [{ exists: { field: "collected_at" } }] } };
      const query = {
        bool: { should: [{ range: { collected_at: { lt: at } } }, unknown], minimum_should_match: 1 },
      };
      for await (const hits of pages(connection, {
        ...{ index: ledgerIndex, query, sort: [{ id: "asc" }], source: true },
      })) {
        for (const { _source } of hits) {
          const { entry } = _source as LedgerDocument;
          if (Date.parse(entry.post.collected_at) < Date.parse(at)) yield storedPost(entry);
        }
      }
    },

    async *bearings(): AsyncGenerator<Bearing> {
      await connection.refresh(ledgerIndex);
      await connection.refresh(index("versions"));
      const everything = { query: { match_all: {} }, sort: [{ id: "asc" as const }] };
      for await (const hits of pages(connection, { index: ledgerIndex, ...everything, source: BEARING })) {
        for (const { _source } of hits) {
          const { id, entry } = _source as LedgerDocument;
          yield bears(id, entry.post);
          for (const { post } of entry.versions ?? []) yield bears(id, post);
          for (const visit of entry.visits ?? []) yield bears(id, { sha256: visit.sha256 });
        }
      }
      for await (const hits of pages(connection, { index: index("versions"), ...everything, source: true })) {
        for (const { _source } of hits) {
          const { id, entry } = _source as { readonly id: string; readonly entry: { readonly post: Bears } };
          yield bears(id.slice(0, id.lastIndexOf("\n")), entry.post);
        }
      }
    },

    async removePosts(ids: readonly PostId[]): Promise<void> {
      await ledger.change(ids, (_, before) => {
        if (before === null || before.waits.includes("remove")) return null;
        return { entry: before.entry, waits: withWait(before.waits, "remove"), alone: true };
      });
      await connection.refresh(index("versions"));
      for (;;) {
        const waiting = await ledger.waiting("remove", AT_ONCE, undefined);
        if (waiting.length === 0) return;
        await finish(waiting);
      }
    },

    async removeRecords(kind: RemovableKind, ids: readonly string[]): Promise<void> {
      await bulk(
        connection,
        ids.map((id) => ({ action: "delete", index: index(kind), id }) as const),
      );
      await connection.refresh(index(kind));
    },
  };
}
