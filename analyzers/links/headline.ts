import { weightOfAll } from "../../text/wording.ts";
import { type Alignable, align } from "../copies/align.ts";

/** A title of fewer letters than this (a Han character counts two) is too common to be recognised. */
const LEAST_TITLE = 20;
/** Share of the title that must stand in the other text in one stretch. */
const WHOLE_TITLE = 0.9;

export interface HeadlineFinding {
  readonly how: string;
}

/** What of a post is looked at for headlines. */
export interface Headed {
  readonly body: Alignable;
  readonly title: Alignable | null;
}

/** Whether the child carries the parent's headline, as its own title or inside its text. */
export function headlineIn(child: Headed, parent: Headed): HeadlineFinding | null {
  if (parent.title === null) return null;
  const weight = weightOfAll(parent.title.wording);
  if (weight < LEAST_TITLE) return null;
  const places = [
    { where: "has the parent's headline as its title", text: child.title },
    { where: "carries the parent's headline in its text", text: child.body },
  ];
  for (const { where, text } of places) {
    if (text === null) continue;
    const { parent: share, longest } = align(text, parent.title);
    if (share >= WHOLE_TITLE && longest >= weight * WHOLE_TITLE) return { how: where };
  }
  return null;
}
