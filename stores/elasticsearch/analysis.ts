import type { KeyEntry } from "../../contracts/keys.ts";
import type { LinkKey } from "../../contracts/link.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Quarantined } from "../../contracts/run.ts";
import type { Reading, Store } from "../../contracts/store.ts";
import type { Connection } from "./connection.ts";
import { type Entry, isMarkedSince } from "./entry.ts";
import { type KeysDocument, keysDocument, keysOf } from "./history.ts";
import { type Ledger, marked, withoutWait } from "./ledger.ts";
import type { linkDocuments } from "./links.ts";
import { aliasOf } from "./names.ts";
import { pages } from "./pages.ts";
import { reportRefusals } from "./posts.ts";

type Analysis = Parameters<Store["saveAnalysis"]>[0];

/** What the analyzers said of posts: see contracts/store.ts. */
export function analysisDocuments(
  connection: Connection,
  ledger: Ledger,
  links: ReturnType<typeof linkDocuments>,
  setAside: (items: readonly Quarantined[]) => Promise<void>,
) {
  const index = aliasOf(connection.options.prefix, "keys");

  /**
   * Looks whether all is as it was read, writes the links, then findings and marks. Each post is looked at again when it
   * is written: one that was changed in between keeps waiting, and the links that were new with it go again.
   */
  async function save({
    read,
    findings,
    links: found,
    withdrawn,
    retrace,
  }: Analysis): Promise<readonly PostId[]> {
    const readings = new Map(read.map((reading) => [reading.post, reading]));
    const results = new Map(findings.map((each) => [each.post, each]));
    const marks = new Set(retrace);
    const said = [...results.keys(), ...found.flatMap(({ child, parent }) => [child, parent])];
    const held = await ledger.read([...readings.keys(), ...said]);
    // What was read may have been taken away meanwhile; nothing is said of what never was there.
    const missing = said.find((id) => !held.has(id) && !readings.has(id));
    if (missing !== undefined) throw new Error(`${missing} is not stored, so nothing can be said of it`);
    const losing = new Set(withdrawn.flatMap(({ child, parent }) => [child, parent]));
    const isOutdated = (entry: Entry | undefined, reading: Reading) =>
      entry === undefined ||
      String(entry.revision) !== reading.revision ||
      (losing.has(reading.post) && isMarkedSince(entry, reading));
    const outdated = read.filter((reading) => isOutdated(held.get(reading.post)?.document.entry, reading));
    if (outdated.length > 0) return outdated.map(({ post }) => post);

    const added = await links.save(found, withdrawn);
    const late = new Set<PostId>();
    const asked = new Set<PostId>();
    const contested = new Set<PostId>();
    const refusals = await ledger.change(
      [...results.keys(), ...marks],
      (id, before) => {
        if (before === null) return null;
        const { entry, waits } = before;
        if (asked.has(id)) contested.add(id);
        asked.add(id);
        const reading = readings.get(id);
        if (reading !== undefined && isOutdated(entry, reading)) late.add(id);
        const result = late.has(id) ? undefined : results.get(id);
        // A post marked meanwhile may have been traced without these findings.
        const again = result !== undefined && reading !== undefined && isMarkedSince(entry, reading);
        const after = marks.has(id) || again ? marked(before) : { entry, waits, alone: true };
        if (result === undefined) return after;
        const { keys: _, ...kept } = result;
        const done = withoutWait(after.waits, "analyze");
        return {
          entry: { ...after.entry, findings: kept },
          // The trace counts the posts of a watch by a search.
          waits: kept.watches.length === 0 ? done : withoutWait(done, "show"),
          // Whatever they say: an analysis that was cut off is done again.
          alone: false,
        };
      },
      (id, version) => {
        const result = results.get(id);
        if (result === undefined || late.has(id)) return [];
        return [
          {
            action: "index",
            index,
            id,
            version,
            document: keysDocument(id, result.keys, held.get(id)!.document.entry.post.collected_at),
          },
        ];
      },
      held,
    );
    const posts = new Map([...held].map(([id, { document }]) => [id, document.entry.post]));
    await reportRefusals(refusals, setAside, posts);
    // Who changed a post in between may have withdrawn a link before it saw our mark.
    if (contested.size > 0) await links.save(found.filter(touches(contested)), []);
    if (late.size > 0) await links.save([], added.filter(touches(late)));
    return [...late];
  }

  return {
    save,
    /** All of them as they are now. */
    async *keys(since?: string): AsyncGenerator<KeyEntry> {
      await connection.refresh(index);
      const query = since === undefined ? { match_all: {} } : { range: { collected_at: { gte: since } } };
      const listing = { index, query, sort: [{ id: "asc" as const }], source: true };
      for await (const hits of pages(connection, listing)) {
        for (const { _source } of hits) {
          const document = _source as KeysDocument;
          yield { post: document.id, keys: keysOf(document) };
        }
      }
    },
  };
}

function touches(posts: ReadonlySet<PostId>): (link: LinkKey) => boolean {
  return ({ child, parent }) => posts.has(child) || posts.has(parent);
}
