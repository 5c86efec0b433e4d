import type { PostFindings } from "../../contracts/finding.ts";
import type { KeyEntry } from "../../contracts/keys.ts";
import type { PostId } from "../../contracts/post.ts";
import { packKeys, unpackKeys } from "../../text/key-bytes.ts";
import type { Database } from "./database.ts";
import type { VersionOf } from "./numbers.ts";
import { flat } from "./rows.ts";

/** Keys read at once when a key index is restored. */
const PAGE = 1_000;

type KeyRow = readonly [key: number, id: PostId, keys: Uint8Array];

/** What is compared of two posts beside the wording, and what of the other it meets. */
const KINDS = ["passages", "own", "refers", "shows"] as const;
const MEETS = { passages: "passages", own: "refers", refers: "own", shows: "shows" } as const;

/** What the analyzers said of posts, and which posts wait for them: see contracts/store.ts. */
export function findingTable({ raw }: Database, keyOf: (id: PostId) => number) {
  const save = raw.prepare(`
    INSERT OR REPLACE INTO findings
      (post, version, lang, lang_confidence, lang_second, actor, keys, watches)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const unwatch = raw.prepare("DELETE FROM watched WHERE post = ?");
  const watched = raw.prepare("INSERT OR REPLACE INTO watched (watch, post, confirmed) VALUES (?, ?, ?)");
  const done = raw.prepare("DELETE FROM to_analyze WHERE post = ?");
  const versionKey = raw.prepare("SELECT key FROM finding_versions WHERE version = ?");
  const changed = raw.prepare(
    "SELECT p.id FROM to_analyze t JOIN posts p ON p.key = t.post ORDER BY t.post LIMIT ?",
  );
  // Two ranges, because an index answers < and > but not <>.
  const stale = raw.prepare(`
    SELECT p.id FROM (
      SELECT post FROM findings WHERE version < ?1 UNION ALL SELECT post FROM findings WHERE version > ?1
    ) f JOIN posts p ON p.key = f.post
    WHERE f.post NOT IN (SELECT post FROM to_analyze) LIMIT ?2`);
  const page = flat(
    raw,
    `
    SELECT p.key, p.id, f.keys FROM findings f JOIN posts p ON p.key = f.post
    WHERE f.post > ? AND p.first_seen >= ? ORDER BY f.post LIMIT ${PAGE}`,
  );

  const older = flat(
    raw,
    `
    SELECT p.key, p.id, f.keys FROM findings f JOIN posts p ON p.key = f.post WHERE p.first_seen < ? ORDER BY p.id`,
  );

  const numberOf = (version: string): number => Number(versionKey.get(version)?.key ?? 0);

  return {
    /** Within a transaction. */
    save(findings: readonly PostFindings[], versionOf: VersionOf): void {
      for (const { post, language, actor, keys, watches, version } of findings) {
        const key = keyOf(post);
        save.run(
          key,
          versionOf(version),
          language.lang,
          language.confidence,
          language.second ?? null,
          actor,
          packKeys(keys),
          watches.length === 0 ? null : JSON.stringify(watches),
        );
        unwatch.run(key);
        for (const { watch, status } of watches) watched.run(watch, key, status === "confirmed" ? 1 : 0);
        done.run(key);
      }
    },
    waiting(limit: number, version: string | undefined): readonly PostId[] {
      const first = changed.all(limit).map(({ id }) => id as PostId);
      if (version === undefined || first.length >= limit) return first;
      return [...first, ...stale.all(numberOf(version), limit - first.length).map(({ id }) => id as PostId)];
    },
    /** Looks at all there are: the key index of one process holds every post, so this is seldom asked. */
    sharing(entries: readonly KeyEntry[], before: string): readonly KeyEntry[] {
      const wanted = Object.fromEntries(
        KINDS.map((kind) => [kind, new Set(entries.flatMap(({ keys }) => [...keys[MEETS[kind]]]))]),
      ) as unknown as Readonly<Record<(typeof KINDS)[number], ReadonlySet<number>>>;
      const wordings = new Set(entries.map(({ keys }) => keys.wording));
      const found: KeyEntry[] = [];
      for (const [, id, bytes] of older.iterate(
        Date.parse(before),
      ) as Iterable<unknown> as Iterable<KeyRow>) {
        if (bytes.length === 0) continue;
        const keys = unpackKeys(bytes);
        const same = keys.wording !== null && wordings.has(keys.wording);
        if (same || KINDS.some((kind) => keys[kind].some((each) => wanted[kind].has(each))))
          found.push({ post: id, keys });
      }
      return found;
    },
    /** Pages by number, so that writes in between are no matter. */
    async *keys(since?: string): AsyncIterable<KeyEntry> {
      const from = since === undefined ? Number.MIN_SAFE_INTEGER : Date.parse(since);
      let after = 0;
      for (;;) {
        const rows = page.all(after, from) as unknown as readonly KeyRow[];
        for (const [, id, keys] of rows) {
          // Empty until the post is analysed again: its keys were of a former kind.
          if (keys.length > 0) yield { post: id, keys: unpackKeys(keys) };
        }
        if (rows.length < PAGE) return;
        after = rows[rows.length - 1]![0];
      }
    },
  };
}
