import { hash } from "node:crypto";
import type { Media, Post } from "../contracts/post.ts";
import type { Edit } from "../contracts/revisit.ts";

/**
 * What one wording of a post is known from: the first time it was seen, how long it stood, and its newest counts.
 * Times are milliseconds.
 */
export interface Observation {
  readonly post: Post;
  readonly first_seen: number;
  readonly last_seen: number;
  /** When the engagement was counted; null when it never was. */
  readonly counted_at: number | null;
}

/**
 * A hash of what a post says: two captures with the same hash are one version. Left out is what varies between two
 * captures of the same content: when, by which source and from which bytes it was collected, counts, the account's
 * display name, a time that is only the time of collection, the signed query of a media URL.
 */
export function contentHash(post: Post): string {
  const { published } = post;
  const content = [
    post.url,
    post.account.id,
    published.basis === "observed" ? null : [post.published_at, published.earliest, published.latest],
    post.title,
    post.text,
    post.lang_declared,
    post.references.length === 0
      ? null
      : post.references.map(({ kind, id, url, handle }) => [kind, id, url, handle]),
    post.media.length === 0 ? null : post.media.map(identityOf),
    post.declared_source,
  ];
  // 128 bits: no two of a billion versions are likely to meet.
  return hash("sha256", JSON.stringify(content), "hex").slice(0, 32);
}

export function observation(post: Post): Observation {
  const at = Date.parse(post.collected_at);
  return { post, first_seen: at, last_seen: at, counted_at: post.engagement === null ? null : at };
}

/**
 * Two observations of the same content as one, the same whatever the order they came in: the post as first seen,
 * which bounds an unknown time of publication best, with the newest counts.
 */
export function together(a: Observation, b: Observation): Observation {
  const first = isBefore(a, b) ? a : b;
  const counts = countedLater(a, b) ? a : b;
  return {
    post: first === counts ? first.post : { ...first.post, engagement: counts.post.engagement },
    first_seen: first.first_seen,
    last_seen: Math.max(a.last_seen, b.last_seen),
    counted_at: counts.counted_at,
  };
}

/** Of two versions the later seen is current; ties go to the greater hash, so that order of arrival plays no part. */
export function isLater(a: Version, b: Version): boolean {
  return a.last_seen === b.last_seen ? a.content > b.content : a.last_seen > b.last_seen;
}

/**
 * The latest change of wording that one source saw; null when there was none. What a feed gives and what the page says are
 * two wordings of one post, and no edit.
 */
export function editOf(versions: readonly Observation[]): Edit | null {
  const bySource = Map.groupBy(versions, ({ post }) => post.source);
  let latest: Edit | null = null;
  for (const own of bySource.values()) {
    const inTime = own.toSorted((a, b) => a.first_seen - b.first_seen || (wording(a) < wording(b) ? -1 : 1));
    for (const [i, version] of inTime.entries()) {
      const before = inTime[i - 1];
      // What was collected at one moment is no order.
      if (before === undefined || before.first_seen === version.first_seen) continue;
      if (wording(before) === wording(version)) continue;
      const [after, by] = [Math.min(before.last_seen, version.first_seen), version.first_seen].map(iso);
      if (latest === null || by! > latest.by || (by === latest.by && after! > latest.after))
        latest = { after: after!, by: by! };
    }
  }
  return latest;
}

function wording({ post: { title, text } }: Observation): string {
  return `${title ?? ""}\n${text}`.replace(/\s+/g, " ").trim();
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

export interface Version {
  /** The hash of what the post says. */
  readonly content: string;
  readonly last_seen: number;
}

/** Whether what the analyzers read has changed: beside the content that is the account and the bounds of the time. */
export function readsDifferently(before: Post, after: Post): boolean {
  return (
    JSON.stringify([before.account, before.published]) !== JSON.stringify([after.account, after.published])
  );
}

function identityOf({ kind, url, sha256, phash }: Media): readonly unknown[] {
  return [kind, sha256 ?? phash ?? url?.replace(/[?#].*/s, "")];
}

function isBefore(a: Observation, b: Observation): boolean {
  if (a.first_seen !== b.first_seen) return a.first_seen < b.first_seen;
  return JSON.stringify({ ...a.post, engagement: null }) <= JSON.stringify({ ...b.post, engagement: null });
}

function countedLater(a: Observation, b: Observation): boolean {
  if (a.counted_at !== b.counted_at) return (a.counted_at ?? -Infinity) > (b.counted_at ?? -Infinity);
  return JSON.stringify(a.post.engagement) >= JSON.stringify(b.post.engagement);
}
