import type { Link } from "../contracts/link.ts";
import type { PostId } from "../contracts/post.ts";
import type { ParentChoice } from "../contracts/trace.ts";
import type { Told } from "./story.ts";
import { table, wrap } from "./terminal.ts";
import { hundredths, lagText, percent } from "./words.ts";

/** A table of more rows is no longer read; the whole is in the JSON. */
const ROWS = 40;
const HEADS = ["#", "account", "platform", "after parent", "parent", "relation", "credit", "overlap"];
/** Least widths that show what matters; with two spaces between and the indent they make 100 columns. */
const WIDEST = [6, 18, 8, 14, 6, 15, 10, 11];

/** Every member in order of time, with its parent, the delay, the relation, the credit and the overlap. */
export function spreadLines(story: Told): readonly string[] {
  const { trace } = story.input;
  const shown = trace.order.slice(0, ROWS);
  const rows = [HEADS, ...shown.map((id) => rowOf(story, id))];
  const more = trace.order.length - shown.length;
  return [
    ...table(rows, WIDEST, "  "),
    ...(more > 0 ? [`  … and ${more} more; \`headwater trace ${trace.story} --json\` has all`] : []),
    ...wrap(
      "Overlap: the share of the post that stands in its parent / the share of the parent that stands in it.",
      { first: "  " },
    ),
  ];
}

function rowOf(story: Told, id: PostId): readonly string[] {
  const stored = story.input.posts.get(id);
  const choice = story.input.trace.parents[id];
  // A pseudonym says its platform, which has a column of its own.
  const account =
    stored === undefined ? "—" : story.names.of(stored).replace(`${stored.post.platform} account`, "account");
  const begun = [story.ref(id), account, stored?.post.platform ?? "—"];
  if (choice === undefined || choice.parent === null) return [...begun, "—", rootText(choice), "—", "—", "—"];
  const link = story.linkTo(id, choice.parent);
  return [
    ...begun,
    lagText(choice.lag_seconds),
    story.ref(choice.parent),
    relationText(choice.relation),
    creditText(choice, link, stored?.post.declared_source?.kind === "reprint"),
    link?.overlap == null ? "—" : `${hundredths(link.overlap.child)} / ${percent(link.overlap.parent)}`,
  ];
}

function rootText(choice: ParentChoice | undefined): string {
  if (choice?.status === "undetermined") return "?";
  return choice?.status === "outside-collection" ? "outside" : "—";
}

function relationText(relation: Link["relation"] | null): string {
  return relation === "copy-with-commentary" ? "copy, commented" : (relation ?? "—");
}

function creditText({ credit }: ParentChoice, link: Link | null, reprint: boolean): string {
  if (reprint && link !== null && credit === "credited") return "reprint";
  return credit === "unknown" ? "—" : credit;
}
