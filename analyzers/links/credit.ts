import { toSimplified } from "../../text/chinese.ts";
import { hostOf } from "../../text/urls.ts";
import type { Prepared } from "./prepare.ts";

/** Words that introduce a source, per language; looked for shortly before (or after) a name. */
const PHRASES =
  /据|援引|引述|来源|源自|转自|转载|摘自|报道|报导|according to|reported by|reports|first published|source|via|courtesy|originally|selon|d'après|rapporte|по данным|сообщает|сообщил|передаёт|передает|источник|со ссылкой/iu;
/** How far from a name such words are looked for, in UTF-16 units. */
const NEAR = 24;

export interface CreditFinding {
  /** How the child names the parent's outlet, as a sentence part. */
  readonly how: string;
}

/**
 * Whether the child names the parent's outlet, account or domain. Only what the text says counts: a name that is a
 * common word is not searched (fewer than two Han characters or four letters).
 */
export function creditTo(parent: Prepared, child: Prepared): CreditFinding | null {
  const text = [child.post.title ?? "", child.post.text].join("\n");
  const declared = child.post.declared_source;
  for (const name of namesOf(parent)) {
    if (declared?.name !== undefined && contains(declared.name, name) >= 0) {
      return { how: `declares "${declared.name}" as its source` };
    }
    const at = contains(text, name);
    if (at < 0) continue;
    const around = text.slice(Math.max(0, at - NEAR), at + name.length + NEAR);
    return { how: PHRASES.test(around) ? `credits "${name}" in its text` : `names "${name}" in its text` };
  }
  return null;
}

function namesOf({ post, actor }: Prepared): readonly string[] {
  const names = [
    post.account.name,
    post.account.handle,
    ...(actor === null ? [] : [actor.name, ...actor.names]),
  ];
  const host = post.platform === "web" && post.url !== null ? hostOf(post.url) : null;
  if (host !== null) names.push(host);
  return [...new Set(names)].filter((name) => name !== undefined && weighty(name)) as readonly string[];
}

function weighty(name: string): boolean {
  const han = name.match(/\p{Script=Han}/gu)?.length ?? 0;
  const letters = name.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return han >= 2 || letters >= 4;
}

/** Place of a name in a text, -1 if it is not there: whole words, simplified and traditional alike. */
function contains(text: string, name: string): number {
  const haystack = toSimplified(text.toLowerCase());
  const needle = toSimplified(name.toLowerCase());
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 1)) {
    if (/\p{Script=Han}/u.test(needle)) return at;
    const before = haystack[at - 1] ?? " ";
    const after = haystack[at + needle.length] ?? " ";
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return at;
    // Letters glued to Chinese text are a word of their own.
    if (!/[\p{Script=Latin}\p{Script=Cyrillic}\p{N}]/u.test(before + after)) return at;
  }
  return -1;
}
