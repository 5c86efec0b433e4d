import type { PostKeys } from "../../contracts/finding.ts";
import type { KeyEntry } from "../../contracts/keys.ts";
import type { PostId } from "../../contracts/post.ts";
import { packKeys, unpackKeys } from "../../text/key-bytes.ts";
import type { Connection } from "./connection.ts";
import { aliasOf } from "./names.ts";

/** The keys of a post as they lie in the index `keys`. */
export interface KeysDocument {
  readonly id: PostId;
  /** Left out, as the next, before layout 6. */
  readonly collected_at?: string;
  /** By what older posts are looked up. */
  readonly carries?: readonly string[];
  /** The bytes that SQLite keeps, too, in base64. */
  readonly entry: { readonly keys: string };
}

/** Of a post's passages, the lowest so many are kept to be found by, and the lowest so many asked for. */
const KEPT_PASSAGES = 16;
const ASKED_PASSAGES = 64;
/** Values a request; Elasticsearch takes up to 65,536. */
const VALUES_A_REQUEST = 40_000;
/** Answers to a request for many posts; where there are more, each is asked for alone … */
const MOST_TOGETHER = 1_000;
/** … and told of so many, those of the lowest ids, as a hub lets only some meet all. */
const MOST_ALONE = 64;
/** So long it is believed that nothing is older than the oldest that was seen. */
const BELIEVED_MS = 600_000;

export function keysDocument(id: PostId, keys: PostKeys, collected_at: string): KeysDocument {
  const { buffer, byteOffset, byteLength } = packKeys(keys);
  const bytes = Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
  return { id, collected_at, carries: carried(keys), entry: { keys: bytes.toString("base64") } };
}

export function keysOf({ entry }: KeysDocument): PostKeys {
  return unpackKeys(Buffer.from(entry.keys, "base64"));
}

function carried(keys: PostKeys): readonly string[] {
  return values(keys, KEPT_PASSAGES, { own: "o", refers: "r" });
}

/** What those carry that may share enough with a post: an own name meets those who refer to it. */
function asked(keys: PostKeys): readonly string[] {
  return values(keys, ASKED_PASSAGES, { own: "r", refers: "o" });
}

function values(
  { wording, passages, own, refers, shows }: PostKeys,
  most: number,
  kinds: { readonly own: string; readonly refers: string },
): readonly string[] {
  return [
    ...(wording === null ? [] : [named("w", wording)]),
    // They are sorted: the lowest.
    ...Array.from(passages.subarray(0, most), (passage) => named("p", passage)),
    ...Array.from(own, (name) => named(kinds.own, name)),
    ...Array.from(refers, (name) => named(kinds.refers, name)),
    ...Array.from(shows, (name) => named("s", name)),
  ];
}

function named(kind: string, value: number): string {
  return kind + value.toString(36);
}

/** Older posts by what they carry: see contracts/store.ts. */
export function history(connection: Connection) {
  const index = aliasOf(connection.options.prefix, "keys");
  let oldest: { readonly at: number; readonly seen: number } | null = null;

  async function isThere(before: number): Promise<boolean> {
    if (oldest === null || (oldest.at >= before && Date.now() - oldest.seen > BELIEVED_MS)) {
      const { aggregations } = await connection.ask((client) =>
        client.search({ index, size: 0, aggregations: { oldest: { min: { field: "collected_at" } } } }),
      );
      const { value } = aggregations!.oldest as { readonly value: number | null };
      if (value === null) return false;
      oldest = { at: value, seen: Date.now() };
    }
    return oldest.at < before;
  }

  const query = (values: readonly string[], before: string) => ({
    bool: { filter: [{ range: { collected_at: { lt: before } } }, { terms: { carries: [...values] } }] },
  });

  async function found(
    values: readonly string[],
    before: string,
    size: number,
  ): Promise<readonly KeyEntry[]> {
    const { hits } = await connection.ask((client) =>
      client.search<KeysDocument>({
        ...{ index, size, query: query(values, before), sort: [{ id: "asc" }] },
        ...{ _source: ["id", "entry"], track_total_hits: false },
      }),
    );
    return hits.hits.map(({ _source }) => ({ post: _source!.id, keys: keysOf(_source!) }));
  }

  return {
    async sharing(entries: readonly KeyEntry[], before: string): Promise<readonly KeyEntry[]> {
      if (!(await isThere(Date.parse(before)))) return [];
      const all = new Map<PostId, KeyEntry>();
      const take = (some: readonly KeyEntry[]) => {
        for (const each of some) all.set(each.post, each);
      };
      for (const some of requests(entries.map(({ keys }) => asked(keys)))) {
        const together = await found([...new Set(some.flat())], before, MOST_TOGETHER);
        if (together.length < MOST_TOGETHER) take(together);
        else for (const values of some) take(await found(values, before, MOST_ALONE));
      }
      return [...all.values()];
    },
  };
}

function requests(asked: readonly (readonly string[])[]): readonly (readonly (readonly string[])[])[] {
  const all: (readonly string[])[][] = [];
  let room = 0;
  for (const values of asked.filter(({ length }) => length > 0)) {
    if (values.length > room) {
      all.push([]);
      room = VALUES_A_REQUEST;
    }
    all.at(-1)!.push(values.slice(0, VALUES_A_REQUEST));
    room -= values.length;
  }
  return all;
}
