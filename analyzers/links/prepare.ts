import type { Actor } from "../../contracts/actor.ts";
import type { PostKeys } from "../../contracts/finding.ts";
import type { Post, PostId, Reference } from "../../contracts/post.ts";
import { fingerprints, gramHashes, union } from "../../text/fingerprints.ts";
import { sentencesNaming } from "../../text/names.ts";
import { fullId } from "../../text/post-id.ts";
import { canonicalUrl, hostOf } from "../../text/urls.ts";
import { unitsBetween, wordingOf } from "../../text/wording.ts";
import type { Worded } from "../copies/align.ts";
import { namesOf } from "./account-names.ts";

/** References beyond these are a link list, not a citation; they are not followed. */
const FOLLOWED_REFERENCES = 100;
/**
 * Text beyond this many UTF-16 units (a long book chapter) is not compared: time stays bounded for a 5 MB post. The
 * pipeline says in the log when it happens.
 */
export const COMPARED_UNITS = 200_000;

/** A post with all that comparing it needs, worked out once. */
export interface Prepared {
  readonly post: Post;
  readonly actor: Actor | null;
  readonly body: Worded;
  readonly title: Worded | null;
  /** Interval of publication, epoch milliseconds; -Infinity when there is no lower bound. */
  readonly from: number;
  readonly to: number;
  readonly url: string | null;
  readonly references: readonly ResolvedReference[];
}

/** A reference with the full id and the canonical URL it names. */
export interface ResolvedReference {
  readonly kind: Reference["kind"] | "declared";
  readonly post: PostId | null;
  readonly url: string | null;
}

export function prepare(post: Post, actor: Actor | null): Prepared {
  const { earliest, latest } = post.published;
  return {
    post,
    actor,
    body: worded(post.text, namesOf(post, actor)),
    title: post.title === null ? null : worded(post.title, []),
    from: earliest === null ? -Infinity : Date.parse(earliest),
    to: Date.parse(latest),
    url: post.url === null ? null : canonicalUrl(post.url),
    references: resolve(post),
  };
}

/** The keys a post is looked up by. */
export function keysOf({ post, body, title, url, references }: Prepared): PostKeys {
  const names = new Set<string>([`=post:${post.id}`]);
  if (url !== null) names.add(`=url:${url}`);
  for (const reference of references) {
    if (reference.post !== null) names.add(`>post:${reference.post}`);
    if (reference.url !== null) names.add(`>url:${reference.url}`);
  }
  for (const media of post.media) {
    if (media.sha256 !== undefined) names.add(`~sha256:${media.sha256}`);
    if (media.phash !== undefined) names.add(`~phash:${media.phash}`);
  }
  const passages = fingerprints(body.grams);
  return {
    fingerprints: title === null ? passages : union(passages, fingerprints(title.grams)),
    names: [...names],
  };
}

function worded(text: string, names: readonly string[]): Worded {
  const compared = text.length > COMPARED_UNITS ? text.slice(0, COMPARED_UNITS) : text;
  const wording = wordingOf(compared);
  const own = sentencesNaming(compared, names).map(([from, to]) => unitsBetween(wording, from, to));
  return { text: compared, wording, grams: gramHashes(wording), own };
}

function resolve(post: Post): readonly ResolvedReference[] {
  const own = post.url === null ? null : canonicalUrl(post.url);
  const resolved: ResolvedReference[] = [];
  for (const { kind, id, url } of post.references.slice(0, FOLLOWED_REFERENCES)) {
    if (kind === "mention") continue;
    const target = id === undefined ? null : fullId(post.platform, id);
    const canonical = url === undefined ? null : canonicalUrl(url);
    // A post that points at itself says nothing of where it comes from.
    if (target === post.id || (canonical !== null && canonical === own)) continue;
    if (target !== null || (canonical !== null && isPage(canonical)))
      resolved.push({ kind, post: target, url: canonical });
  }
  const declared = post.declared_source?.url;
  const canonical = declared === undefined ? null : canonicalUrl(declared);
  if (canonical !== null && canonical !== own)
    resolved.push({ kind: "declared", post: null, url: canonical });
  return resolved;
}

/** A link to a bare host is a link to an outlet, not to one of its posts. */
function isPage(canonical: string): boolean {
  return canonical !== hostOf(`http://${canonical}`);
}
