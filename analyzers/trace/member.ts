import type { Post, PostId } from "../../contracts/post.ts";
import { fullId } from "../../text/post-id.ts";
import { canonicalUrl, hostOf } from "../../text/urls.ts";

/** A post of a story, as the trace needs it. */
export interface Member {
  readonly id: PostId;
  readonly platform: string;
  /** `platform:account-id` */
  readonly account: string;
  readonly lang: string;
  readonly actor: string | null;
  /** Canonical; null when it has none. */
  readonly url: string | null;
  /** Interval of publication, epoch milliseconds; -Infinity when there is no lower bound. */
  readonly from: number;
  readonly to: number;
  /** Where it says it comes from, by reference or declaration, as written. */
  readonly points_at: readonly Pointer[];
}

/** A stated or declared source of a post: what to look for in the collection, and how to say it. */
export interface Pointer {
  readonly post: PostId | null;
  readonly url: string | null;
  readonly said: string;
}

export function memberOf(post: Post, lang: string, actor: string | null): Member {
  const { earliest, latest } = post.published;
  return {
    id: post.id,
    platform: post.platform,
    account: `${post.platform}:${post.account.id}`,
    lang,
    actor,
    url: post.url === null ? null : canonicalUrl(post.url),
    from: earliest === null ? -Infinity : Date.parse(earliest),
    to: Date.parse(latest),
    points_at: pointersOf(post),
  };
}

/** By time, ties by id: the same order whatever came first. */
export function byTime(a: Member, b: Member): number {
  return a.to - b.to || (a.from === b.from ? 0 : a.from - b.from) || (a.id < b.id ? -1 : 1);
}

export function overlapInTime(a: Member, b: Member): boolean {
  return a.from <= b.to && b.from <= a.to;
}

function pointersOf(post: Post): readonly Pointer[] {
  const pointers: Pointer[] = [];
  for (const { kind, id, url } of post.references) {
    if (kind !== "repost" && kind !== "quote") continue;
    const target = id === undefined ? null : fullId(post.platform, id);
    const canonical = url === undefined ? null : canonicalUrl(url);
    if (target === post.id || (target === null && canonical === null)) continue;
    pointers.push({ post: target, url: canonical, said: `states that it ${kind}s ${url ?? id}` });
  }
  const declared = post.declared_source;
  if (declared !== null && !isItself(post, declared.name, declared.url)) {
    const url = declared.url === undefined ? null : canonicalUrl(declared.url);
    const named = [declared.name === undefined ? null : `"${declared.name}"`, declared.url]
      .filter(Boolean)
      .join(", ");
    pointers.push({ post: null, url, said: `declares ${named || "another account"} as its source` });
  }
  return pointers;
}

/** Outlets often declare themselves (`来源：本报`). */
function isItself(post: Post, name: string | undefined, url: string | undefined): boolean {
  if (url !== undefined) return post.url !== null && canonicalUrl(url) === canonicalUrl(post.url);
  if (name === undefined) return false;
  const own = [
    post.account.name,
    post.account.handle,
    post.account.id,
    post.url === null ? null : hostOf(post.url),
  ];
  return own.includes(name) || /^(?:本报|本网|本站|本刊|原创|综合)/.test(name);
}
