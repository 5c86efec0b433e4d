import type { Linked } from "../contracts/collector.ts";
import type { Query } from "../contracts/query.ts";
import type { Store } from "../contracts/store.ts";

/** What stored posts point at, for collectors that go after it. Posts collected since, or all. */
export async function* linkedIn(store: Store, since: string | null): AsyncGenerator<Linked> {
  const query: Query =
    since === null
      ? { kind: "all" }
      : {
          kind: "range",
          field: "collected_at",
          from: since,
          to: null,
          from_inclusive: true,
          to_inclusive: true,
        };
  for await (const { post } of store.find("posts", query)) {
    const urls = [post.declared_source?.url, ...post.references.map(({ url }) => url)];
    for (const url of urls) if (url !== undefined) yield { url, at: post.collected_at };
  }
}
