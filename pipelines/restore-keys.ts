import type { KeyEntry } from "../contracts/keys.ts";
import type { Log } from "../contracts/log.ts";
import type { Query } from "../contracts/query.ts";
import type { Store } from "../contracts/store.ts";

/** A few thousand at a time, so that progress is seen and nothing is held twice. */
const AT_ONCE = 5_000;

/** Puts the keys of stored posts into an index: of all, or of those collected since a time. */
export async function restoreKeys(
  store: Store,
  log: Log,
  put: (entries: readonly KeyEntry[]) => Promise<void>,
  since?: string,
): Promise<void> {
  const total = await store.count("posts", since === undefined ? { kind: "all" } : collectedSince(since));
  let done = 0;
  let batch: KeyEntry[] = [];
  const flush = async () => {
    await put(batch);
    done += batch.length;
    batch = [];
    log.progress("restoring keys", done, total);
  };
  for await (const entry of store.keys(since)) {
    batch.push(entry);
    if (batch.length === AT_ONCE) await flush();
  }
  if (batch.length > 0) await flush();
}

export function collectedSince(from: string): Query {
  return {
    ...{ kind: "range", field: "collected_at", from, to: null },
    ...{ from_inclusive: true, to_inclusive: true },
  };
}
