import type { Actor } from "../contracts/actor.ts";
import type { Link, Range } from "../contracts/link.ts";
import type { StoredPost } from "../contracts/store.ts";
import { hostOf } from "../text/urls.ts";
import { excerpt, excerptAround, placeOf } from "./excerpt.ts";
import type { Told } from "./story.ts";
import { plain, wrap } from "./terminal.ts";
import { counted } from "./words.ts";

/** Posts told of in full; the JSON has the others. */
const POSTS = 12;
const NOTHING = "nothing of note";
/** Stretches shown of each side, the largest first. */
const STRETCHES = 3;

/** For each member that shares wording with its parent: what the copy lost and what it gained. */
export function changeLines(story: Told): readonly string[] {
  const { trace } = story.input;
  const copies = trace.order.flatMap((id) => {
    const parent = trace.parents[id]?.parent ?? null;
    const link = parent === null ? null : story.linkTo(id, parent);
    return link === null || link.overlap === null ? [] : [link];
  });
  const shown = copies.slice(0, POSTS).flatMap((link) => linesOf(story, link));
  const more = copies.length - POSTS;
  return more > 0
    ? [...shown, `  … and ${more} more; \`headwater trace ${trace.story} --json\` has all`]
    : shown;
}

function linesOf(story: Told, link: Link): readonly string[] {
  const [child, parent] = [story.input.posts.get(link.child), story.input.posts.get(link.parent)];
  if (child === undefined || parent === undefined) return [];
  const dropped = droppedCredit(story, link, parent);
  const first = `  ${story.ref(link.child)} `;
  const lost = stretches(parent.post.text, link.left_out, dropped);
  const gained = stretches(child.post.text, link.added, null);
  if (lost === NOTHING && gained === NOTHING)
    return [`${first}the wording of ${story.ref(link.parent)}, with nothing of note left out or added`];
  const say = (text: string) => story.names.conceal(text);
  return [
    ...wrap(say(`left out of ${story.ref(link.parent)}: ${lost}`), {
      first,
      rest: `${" ".repeat(first.length)}  `,
    }),
    ...wrap(say(`added: ${gained}`), {
      first: " ".repeat(first.length),
      rest: `${" ".repeat(first.length)}  `,
    }),
  ];
}

interface DroppedCredit {
  readonly range: Range;
  readonly told: string;
}

function stretches(text: string, ranges: readonly Range[], dropped: DroppedCredit | null): string {
  const largest = ranges
    .filter((range) => range !== dropped?.range && plain(text.slice(...range)) !== "")
    .sort((a, b) => b[1] - b[0] - (a[1] - a[0]) || a[0] - b[0]);
  const room = dropped === null ? STRETCHES : STRETCHES - 1;
  const told = largest.slice(0, room).map((range) => excerpt(text, range));
  if (dropped !== null) told.unshift(dropped.told);
  if (told.length === 0) return NOTHING;
  const more = largest.length - room;
  return told.join("; ") + (more > 0 ? `; and ${counted(more, "shorter stretch", "shorter stretches")}` : "");
}

/** The stretch left out that named the parent's own source: with it gone, readers take the parent for the origin. */
function droppedCredit(story: Told, link: Link, parent: StoredPost): DroppedCredit | null {
  const choice = story.input.trace.parents[link.parent];
  const source = choice?.parent == null ? undefined : story.input.posts.get(choice.parent);
  if (source === undefined || choice?.credit !== "credited") return null;
  const child = story.input.posts.get(link.child);
  const names = creditNames(source, story.input.actors);
  // A copy that names the source elsewhere has not dropped it.
  const kept = `${child?.post.title ?? ""}\n${child?.post.text ?? ""}`;
  if (names.some((name) => placeOf(name, kept) >= 0)) return null;
  for (const name of names) {
    for (const range of link.left_out) {
      const dropped = parent.post.text.slice(...range);
      const at = placeOf(name, dropped);
      if (at < 0) continue;
      const around = excerptAround(dropped, at, name.length);
      return {
        range,
        told: `the passage that names ${story.names.of(source)} ${story.ref(source.post.id)}, ${around}`,
      };
    }
  }
  return null;
}

function creditNames({ post, findings }: StoredPost, actors: ReadonlyMap<string, Actor>): readonly string[] {
  const actor = findings?.actor == null ? undefined : actors.get(findings.actor);
  const names = [post.account.name, post.account.handle, actor?.name, ...(actor?.names ?? [])];
  const host = post.platform === "web" && post.url !== null ? hostOf(post.url) : null;
  return [...names, host ?? undefined].filter(
    (name) => name !== undefined && name.length >= 2,
  ) as readonly string[];
}
