import type { Actor } from "../../contracts/actor.ts";
import type { PostKeys } from "../../contracts/finding.ts";
import type { Post, PostId, Reference } from "../../contracts/post.ts";
import { fingerprints, gramHashes, hashName, mix, SHORT_GRAM, union } from "../../text/fingerprints.ts";
import { sentencesNaming } from "../../text/names.ts";
import { fullId } from "../../text/post-id.ts";
import { canonicalUrl, hostOf } from "../../text/urls.ts";
import { unitsBetween, type Wording, wordingOf } from "../../text/wording.ts";
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
  const to = Date.parse(latest);
  return {
    post,
    actor,
    body: worded(post.text, namesOf(post, actor)),
    title: post.title === null ? null : worded(post.title, []),
    from: earliest === null ? -Infinity : earliest === latest ? to : Date.parse(earliest),
    to,
    url: post.url === null ? null : canonicalUrl(post.url),
    references: resolve(post),
  };
}

/** Raised when the keys of a wording come out differently, so that old and new ones are never taken for the same. */
const KEYS_VERSION = 2;

/** The keys a post is looked up by. */
export function keysOf(prepared: Prepared): PostKeys {
  const { body, title } = prepared;
  return {
    wording: wordingNumber(body.wording, title?.wording ?? null),
    passages: passagesOf(prepared),
    ...nameKeysOf(prepared),
  };
}

/** Of these keys the names: what a post is called, what it refers to and what it shows. */
export function nameKeysOf({
  post,
  url,
  references,
}: Pick<Prepared, "post" | "url" | "references">): Pick<PostKeys, "own" | "refers" | "shows"> {
  const own = [`post:${post.id}`];
  if (url !== null) own.push(`url:${url}`);
  const refers = references.flatMap((reference) => [
    ...(reference.post === null ? [] : [`post:${reference.post}`]),
    ...(reference.url === null ? [] : [`url:${reference.url}`]),
  ]);
  const shows = post.media.flatMap(({ sha256, phash }) => [
    ...(sha256 === undefined ? [] : [`sha256:${sha256}`]),
    ...(phash === undefined ? [] : [`phash:${phash}`]),
  ]);
  return { own: hashes(own), refers: hashes(refers), shows: hashes(shows) };
}

/** Fingerprints of the passages of a post's text and title. */
export function passagesOf({ body, title }: Pick<Prepared, "body" | "title">): Uint32Array {
  const own = fingerprints(body.wording);
  return title === null ? own : union(own, fingerprints(title.wording));
}

const NONE = new Uint32Array();

function hashes(names: readonly string[]): Uint32Array {
  // Most posts have one name of their own and none besides.
  if (names.length === 0) return NONE;
  if (names.length === 1) return Uint32Array.of(hashName(names[0]!));
  return Uint32Array.from(new Set(names.map(hashName))).sort();
}

/** Two 32-bit hashes of all that is compared, as one whole number; null when there are no letters at all. */
function wordingNumber(body: Wording, title: Wording | null): number | null {
  if (body.units.length === 0 && (title === null || title.units.length === 0)) return null;
  let low = mix(KEYS_VERSION);
  let high = mix(~KEYS_VERSION);
  for (const { units } of title === null ? [body] : [body, title]) {
    for (let i = 0; i < units.length; i++) {
      low = Math.imul(low ^ units[i]!, 0x01000193);
      high = Math.imul(high ^ units[i]!, 0x5bd1e995);
      high ^= high >>> 15;
    }
    // What ends a text: so that a title is never taken for more of the body.
    low = mix(low ^ 0xffff);
    high = mix(high ^ 0xffff);
  }
  return (high & 0x1fffff) * 2 ** 32 + low;
}

function worded(text: string, names: readonly string[]): Worded {
  const compared = text.length > COMPARED_UNITS ? text.slice(0, COMPARED_UNITS) : text;
  const wording = wordingOf(compared);
  const own = sentencesNaming(compared, names).map(([from, to]) => unitsBetween(wording, from, to));
  return { text: compared, wording, grams: gramHashes(wording, SHORT_GRAM), own };
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
