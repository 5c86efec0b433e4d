import { weightBetween, weightOfAll } from "../../text/wording.ts";
import type { Alignment, Worded } from "./align.ts";

/** What each text has of its own beside a shared end must weigh this much: two words, or the name of a place. */
const LEAST_OWN = 12;
/** So much may stand outside: a changed year in a footer, a page number. */
const SLACK = 6;
/** A shared end that weighs more is a paragraph: 160 Han characters or 60 English words; a notice of rights is shorter. */
const PARAGRAPH = 320;
/** Footers and slogans are repeated word for word; a shorter stretch elsewhere in the texts is chance or an edit. */
const VERBATIM = 24;
/** Where so much of one text, or so much of both, stands in the other, it was copied and the rest is a remark. */
const WHOLE = 0.95;
const NEARLY_ALL = 0.85;

/**
 * Whether all that two texts share is one end of each, short, while each goes its own way on the other side: that is
 * what a footer, a sign-off or a slogan looks like. What one quotes of the other, and adds to, is the whole of the other.
 */
export function sharesOnlyAnEnd(alignment: Alignment, child: Worded, parent: Worded): boolean {
  if (alignment.shared >= PARAGRAPH) return false;
  if (Math.max(alignment.child, alignment.parent) >= WHOLE) return false;
  if (Math.min(alignment.child, alignment.parent) >= NEARLY_ALL) return false;
  const whole = alignment.blocks.filter(
    (block) => weightBetween(child.wording, block.child, block.child + block.length) >= VERBATIM,
  );
  if (whole.length === 0) return false;
  return (["child", "parent"] as const).every((side) => {
    const { wording } = side === "child" ? child : parent;
    let [first, last] = [Infinity, 0];
    for (const block of whole) {
      first = Math.min(first, block[side]);
      last = Math.max(last, block[side] + block.length);
    }
    const before = weightBetween(wording, 0, first);
    const after = weightOfAll(wording) - wording.weights[last]!;
    return Math.min(before, after) <= SLACK && Math.max(before, after) >= LEAST_OWN;
  });
}
