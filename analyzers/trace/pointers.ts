import type { Post, PostId } from "../../contracts/post.ts";
import { foldName } from "../../text/names.ts";
import { fullId } from "../../text/post-id.ts";
import { canonicalUrl, hostOf } from "../../text/urls.ts";
import type { CitedSource } from "../links/cited.ts";

/** A stated, declared or cited source of a post: what to look for in the collection, and how to say it. */
export interface Pointer {
  readonly post: PostId | null;
  readonly url: string | null;
  /** Folded for comparison. */
  readonly name: string | null;
  /** A reference and a declaration are the post's own word; a credit in its text may have come along with it. */
  readonly basis: "reference" | "declared" | "cited";
  readonly said: string;
}

export function pointersOf(post: Post, cited: readonly CitedSource[]): readonly Pointer[] {
  const pointers: Pointer[] = [];
  for (const { kind, id, url } of post.references) {
    if (kind !== "repost" && kind !== "quote") continue;
    const target = id === undefined ? null : fullId(post.platform, id);
    const canonical = url === undefined ? null : canonicalUrl(url);
    if (target === post.id || (target === null && canonical === null)) continue;
    const said = `states that it ${kind}s ${url ?? id}`;
    pointers.push({ post: target, url: canonical, name: null, basis: "reference", said });
  }
  const declared = post.declared_source;
  if (declared !== null && !isItself(post, declared.name, declared.url)) {
    const url = declared.url === undefined ? null : canonicalUrl(declared.url);
    const name = declared.name === undefined ? null : foldName(declared.name);
    const named = [declared.name === undefined ? null : `"${declared.name}"`, declared.url]
      .filter(Boolean)
      .join(", ");
    const said = `declares ${named || "another account"} as its source`;
    pointers.push({ post: null, url, name, basis: "declared", said });
  }
  for (const { name } of cited) {
    if (isItself(post, name, undefined)) continue;
    const said = `credits "${name}" in its text`;
    pointers.push({ post: null, url: null, name: foldName(name), basis: "cited", said });
  }
  const page = sourcePage(post);
  if (page !== null) {
    pointers.push({
      post: null,
      url: page,
      name: null,
      basis: "cited",
      said: `gives ${page} as its only link`,
    });
  }
  return pointers;
}

/** A text shorter than this with a link is a pointer to a page, not a copy of it. */
const ARTICLE_UNITS = 200;

/** An article that is carried on often ends with the page it was taken from, and no other link. */
function sourcePage(post: Post): string | null {
  const links = post.references.filter(({ kind }) => kind === "link");
  const url = links.length === 1 ? links[0]!.url : undefined;
  if (url === undefined || post.text.length < ARTICLE_UNITS) return null;
  const at = post.text.indexOf(url);
  const atAnEnd = at === 0 || (at > 0 && post.text.slice(at + url.length).trim() === "");
  if (!atAnEnd || (post.url !== null && hostOf(url) === hostOf(post.url))) return null;
  return canonicalUrl(url);
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
