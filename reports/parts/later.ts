import type { Remover } from "../../contracts/revisit.ts";
import type { StoredPost } from "../../contracts/store.ts";
import { messages } from "../../text/messages/index.ts";
import { type Block, cite, type Inline, type Text } from "../document/model.ts";
import type { Told } from "../story.ts";
import type { Telling } from "../telling.ts";
import { pieces } from "./copies.ts";

/** Comparisons shown; `headwater post versions` has the others. */
const SHOWN = 12;

/** Which posts of a story are deleted or were changed, since when, and how many nobody could look at; none where nobody has. */
export function laterTexts(story: Told, telling: Telling): readonly Text[] {
  const { later } = telling.m;
  const stored = story.input.trace.order.flatMap((id) => story.input.posts.get(id) ?? []);
  const looked = stored.filter(({ existence }) => existence !== undefined);
  const edited = stored.filter((each) => each.edited !== undefined);
  if (looked.length + edited.length === 0) return [];
  const ids = (posts: readonly StoredPost[]) => posts.map(({ post }) => post.id);
  const in_ = (state: string) => looked.filter(({ existence }) => existence!.state === state);
  const of = (each: StoredPost) => [cite(each.post.id), telling.who(story, each.post.id)] as const;
  const unreachable = in_("unreachable");
  return [
    later.looked(telling.countOf(ids(looked)), telling.countOf(ids(stored))),
    ...in_("deleted").map((each) => later.deleted(...of(each), ...deletionOf(each, telling)!)),
    ...in_("unconfirmed").map((each) =>
      later.unconfirmed(...of(each), telling.time(each.existence!.visited_at)),
    ),
    ...edited.map((each) => later.edited(...of(each), ...editOf(each, telling)!)),
    ...(unreachable.length === 0 ? [] : [later.unreachable(telling.countOf(ids(unreachable)))]),
    [later.bounds],
  ];
}

/** Each changed wording beside the one before it. */
export function editBlocks(story: Told, telling: Telling): readonly Block[] {
  const { later, compare } = telling.m;
  const say = (text: string) => story.names.conceal(text);
  return [...(story.input.edits ?? [])].slice(0, SHOWN).flatMap(([id, edit]): readonly Block[] => {
    const stored = story.input.posts.get(id);
    const bounds = stored === undefined ? null : editOf(stored, telling);
    if (stored === undefined || bounds === null) return [];
    const lang = stored.findings?.language.lang ?? "";
    const { before, after, left_out, added } = edit;
    return [
      {
        kind: "comparison",
        parent: {
          heading: later.before(cite(id), bounds[0]),
          lang,
          pieces: pieces(say, before.text, left_out, "left-out", compare.gap),
        },
        child: {
          heading: later.after(cite(id), bounds[1]),
          lang,
          pieces: pieces(say, after.text, added, "added", compare.gap),
        },
      },
    ];
  });
}

/** The same of one item, for its place in the annex. */
export function laterOfItem(stored: StoredPost, telling: Telling): readonly Inline[] {
  const { later } = telling.m;
  const [deletion, edit] = [deletionOf(stored, telling), editOf(stored, telling)];
  const hash = stored.existence?.sha256 ?? null;
  const inlines: Inline[] = [];
  if (deletion !== null && hash !== null)
    inlines.push({ kind: "break" }, `${later.deletedItem(...deletion)} `, { kind: "code", text: hash });
  else if (deletion !== null) inlines.push({ kind: "break" }, later.deletedBare(...deletion));
  if (edit !== null) inlines.push({ kind: "break" }, later.editedItem(...edit));
  return inlines;
}

function deletionOf(
  { post, existence }: StoredPost,
  telling: Telling,
): readonly [how: string, from: string, to: string] | null {
  if (existence?.state !== "deleted") return null;
  const by: Remover = existence.by ?? "unknown";
  const from = telling.time(existence.seen_at ?? post.collected_at);
  return [messages[telling.look.lang].remover[by], from, telling.time(existence.since)];
}

function editOf({ edited }: StoredPost, telling: Telling): readonly [from: string, to: string] | null {
  return edited === undefined ? null : [telling.time(edited.after), telling.time(edited.by)];
}
