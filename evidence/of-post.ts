import type { Capture } from "../contracts/capture.ts";
import type { PostId } from "../contracts/post.ts";
import type { Query } from "../contracts/query.ts";
import type { PostVersion, Visit } from "../contracts/revisit.ts";
import type { Store } from "../contracts/store.ts";

/** Why an answer is evidence of a post: a wording was read from it, a visit found by it what had become of the post, or it is of the post's address. */
export type Bears = "wording" | "visit" | "address";

export interface PostEvidence {
  readonly post: PostId;
  readonly versions: readonly PostVersion[];
  readonly visits: readonly Visit[];
  /** By time, with what each bears on. */
  readonly captures: readonly { readonly capture: Capture; readonly bears: Bears }[];
  /** Answers that those lean on: the redirects that led there, and the bytes that came again. */
  readonly further: readonly Capture[];
  /** Hashes by which a wording or a visit names bytes that no capture holds. */
  readonly without: readonly string[];
}

/** A page that is crawled every hour for years: the newest of its address are enough beside those that bear on a wording. */
const MOST_OF_ADDRESS = 50;

type Reads = Pick<Store, "find" | "versionsOf" | "visitsOf">;

/** All that is held of one post. Null when there is no such post. */
export async function evidenceOfPost(store: Reads, post: PostId): Promise<PostEvidence | null> {
  const versions = await store.versionsOf(post);
  if (versions.length === 0) return null;
  const visits = await store.visitsOf(post);
  const found = new Map<string, { readonly capture: Capture; readonly bears: Bears }>();
  const without: string[] = [];
  const hashes = new Map<string, Bears>([
    ...visits.flatMap(({ sha256 }) => (sha256 === null ? [] : [[sha256, "visit"] as const])),
    ...versions.flatMap(({ post: { sha256 } }) => (sha256 === null ? [] : [[sha256, "wording"] as const])),
  ]);
  for (const [sha256, bears] of hashes) {
    const held = await capturesWhere(store, equal("sha256", sha256));
    if (held.length === 0) without.push(sha256);
    for (const capture of held) found.set(capture.id, { capture, bears });
  }
  const urls = new Set(versions.flatMap(({ post: { url } }) => (url === null ? [] : [url])));
  for (const url of urls) {
    const asked = { kind: "or", parts: [equal("url", url), equal("requested_url", url)] } as const;
    for (const capture of (await capturesWhere(store, asked)).slice(-MOST_OF_ADDRESS))
      if (!found.has(capture.id)) found.set(capture.id, { capture, bears: "address" });
  }
  const captures = [...found.values()].toSorted((a, b) => compare(a.capture, b.capture));
  return { post, versions, visits, captures, further: await leanedOn(store, captures), without };
}

async function leanedOn(
  store: Reads,
  held: readonly { readonly capture: Capture }[],
): Promise<readonly Capture[]> {
  const known = new Set(held.map(({ capture }) => capture.id));
  const further: Capture[] = [];
  let next = held.map(({ capture }) => capture);
  while (next.length > 0) {
    const ids = new Set(next.flatMap(({ repeats, hops }) => (repeats === null ? hops : [repeats, ...hops])));
    next = [];
    for (const id of [...ids].filter((each) => !known.has(each))) {
      known.add(id);
      next.push(...(await capturesWhere(store, equal("id", id))));
    }
    further.push(...next);
  }
  return further.toSorted(compare);
}

function equal(field: string, value: string): Query {
  return { kind: "text", field, value, prefix: false };
}

async function capturesWhere(store: Reads, query: Query): Promise<readonly Capture[]> {
  const found: Capture[] = [];
  for await (const capture of store.find("captures", query)) found.push(capture);
  return found;
}

function compare(a: Capture, b: Capture): number {
  return a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1;
}
