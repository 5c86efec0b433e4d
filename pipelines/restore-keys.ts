import type { KeyEntry } from "../contracts/keys.ts";
import type { Log } from "../contracts/log.ts";
import type { Store } from "../contracts/store.ts";

/** A few thousand at a time, so that progress is seen and nothing is held twice. */
const AT_ONCE = 5_000;

/** Puts the keys of all stored posts into an index. */
export async function restoreKeys(
  store: Store,
  log: Log,
  put: (entries: readonly KeyEntry[]) => Promise<void>,
): Promise<void> {
  const total = await store.count("posts", { kind: "all" });
  let done = 0;
  let batch: KeyEntry[] = [];
  const flush = async () => {
    await put(batch);
    done += batch.length;
    batch = [];
    log.progress("restoring keys", done, total);
  };
  for await (const entry of store.keys()) {
    batch.push(entry);
    if (batch.length === AT_ONCE) await flush();
  }
  if (batch.length > 0) await flush();
}
