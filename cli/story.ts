import { createHash } from "node:crypto";
import { UsageError } from "../contracts/errors.ts";
import type { Store, StoredPost } from "../contracts/store.ts";
import { EXIT } from "./exit.ts";

/** The story that an id, or the beginning of one, or a post's id or URL leads to. */
export async function storyOf(
  store: Store,
  id: string,
): Promise<{ readonly story: string | null; readonly post: StoredPost | null }> {
  if (/^s-[0-9a-f]*$/.test(id)) return { story: await storyNamed(store, id), post: null };
  // An id may hold an address of its platform: bluesky:at://…
  const isUrl = /^[a-z][a-z0-9+.-]*:\/\//i.test(id);
  const post = isUrl ? await postAt(store, id) : ((await store.getPosts([id]))[0] ?? null);
  if (post === null) {
    throw new UsageError(
      `no post and no story is known as ${id}; \`headwater search\` finds posts, \`headwater trace\` lists stories`,
      EXIT.noInput,
    );
  }
  return { story: post.story, post };
}

async function storyNamed(store: Store, begun: string): Promise<string> {
  const found: string[] = [];
  const query = { kind: "text", field: "story", value: begun, prefix: true } as const;
  for await (const { story } of store.find("stories", query, { limit: 10 })) found.push(story);
  if (found.includes(begun)) return begun;
  if (found.length === 1) return found[0]!;
  if (found.length === 0)
    throw new UsageError(`there is no story ${begun}; \`headwater trace\` lists them`, EXIT.noInput);
  throw new UsageError(`several stories begin with ${begun}: ${found.join(", ")}; write more of the id`);
}

/** The post at a URL, as it was collected, or in another spelling of the same address. */
async function postAt(store: Store, url: string): Promise<StoredPost | null> {
  const { canonicalUrl } = await import("../text/urls.ts");
  const canonical = canonicalUrl(url);
  const spellings = canonical === null ? [] : [canonical, `www.${canonical}`, `${canonical}/`];
  for (const spelling of [url, ...spellings.flatMap((each) => [`https://${each}`, `http://${each}`])]) {
    const query = { kind: "text", field: "url", value: spelling, prefix: false } as const;
    for await (const stored of store.find("posts", query, { limit: 1 })) return stored;
  }
  if (canonical === null) return null;
  // A web page without an id of its own is named by the hash of its canonical URL (text/identify.ts).
  const hash = createHash("sha256").update(canonical).digest("hex").slice(0, 20);
  return (await store.getPosts([`web:${hash}`]))[0] ?? null;
}
