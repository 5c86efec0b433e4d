import { foldName, placeOfName } from "../../text/names.ts";
import { namesOf } from "./account-names.ts";
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
  const names = namesOf(parent.post, parent.actor);
  if (names.length === 0) return null;
  const text = foldName([child.post.title ?? "", child.body.text].join("\n"));
  const declared = child.post.declared_source;
  for (const name of names) {
    if (declared?.name !== undefined && placeOfName(foldName(declared.name), foldName(name)) >= 0) {
      return { how: `declares "${declared.name}" as its source` };
    }
    const at = placeOfName(text, foldName(name));
    if (at < 0) continue;
    const around = text.slice(Math.max(0, at - NEAR), at + name.length + NEAR);
    return { how: PHRASES.test(around) ? `credits "${name}" in its text` : `names "${name}" in its text` };
  }
  return null;
}
