import type { Link, Range } from "../../contracts/link.ts";
import { type Block, cite, type Piece } from "../document/model.ts";
import type { Told } from "../story.ts";
import type { Telling } from "../telling.ts";

/** Comparisons shown; a reader who wants more has the data. */
const SHOWN = 12;
/** Shared wording longer than this is shown by its two ends: what differs is what a reader looks for. */
const SHARED = 360;
const END = 140;

/** Each copy beside its parent, with what the parent has alone and what the copy added. */
export function copyBlocks(story: Told, telling: Telling): readonly Block[] {
  const { m } = telling;
  const { trace } = story.input;
  const copies = trace.order.flatMap((id) => {
    const parent = trace.parents[id]?.parent ?? null;
    const link = parent === null ? null : linkBetween(story, id, parent);
    return link === null || link.overlap === null ? [] : [link];
  });
  if (copies.length === 0) return [{ kind: "paragraph", text: [m.compare.none] }];
  const blocks: Block[] = copies.slice(0, SHOWN).map((link) => comparison(story, telling, link));
  if (copies.length > SHOWN) {
    const ids = copies.map(({ child }) => child);
    blocks.push({
      kind: "paragraph",
      text: m.compare.shown(telling.countOf(ids.slice(0, SHOWN)), telling.countOf(ids)),
    });
  }
  return blocks;
}

/** The link that ties a member to its parent, told from the member's side whichever way it is stored. */
export function linkBetween(story: Told, child: string, parent: string): Link | null {
  const link = story.linkTo(child, parent);
  if (link !== null) return link;
  const other = story.linkTo(parent, child);
  if (other === null) return null;
  return {
    ...other,
    child,
    parent,
    overlap: other.overlap === null ? null : { child: other.overlap.parent, parent: other.overlap.child },
    added: other.left_out,
    left_out: other.added,
  };
}

function comparison(story: Told, telling: Telling, link: Link): Block {
  const { m } = telling;
  const [child, parent] = [story.input.posts.get(link.child)!, story.input.posts.get(link.parent)!];
  const choice = story.input.trace.parents[link.child]!;
  const say = (text: string) => story.names.conceal(text);
  return {
    kind: "comparison",
    parent: {
      heading: m.compare.parent(cite(link.parent), telling.who(story, link.parent)),
      lang: parent.findings?.language.lang ?? "",
      pieces: pieces(say, parent.post.text, link.left_out, "left-out", m.compare.gap),
    },
    child: {
      heading: m.compare.child(
        cite(link.child),
        telling.who(story, link.child),
        m.relations[link.relation],
        m.credits[choice.credit],
      ),
      lang: child.findings?.language.lang ?? "",
      pieces: pieces(say, child.post.text, link.added, "added", m.compare.gap),
    },
  };
}

export function pieces(
  conceal: (text: string) => string,
  text: string,
  marked: readonly Range[],
  mark: "left-out" | "added",
  gap: string,
): readonly Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const [from, to] of [...marked].sort((a, b) => a[0] - b[0])) {
    if (from > at) found.push({ text: conceal(ends(text.slice(at, from), gap)), mark: "same" });
    found.push({ text: conceal(text.slice(from, to)), mark });
    at = to;
  }
  if (at < text.length) found.push({ text: conceal(ends(text.slice(at), gap)), mark: "same" });
  return found;
}

function ends(text: string, gap: string): string {
  const characters = [...text];
  if (characters.length <= SHARED) return text;
  return `${characters.slice(0, END).join("")} ${gap} ${characters.slice(-END).join("")}`;
}
