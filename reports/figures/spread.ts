import type { PostId } from "../../contracts/post.ts";
import { COLOURS, label, mark, type Party, round, shortLabel, svg } from "./svg.ts";

export interface SpreadPost {
  readonly id: PostId;
  readonly number: number;
  readonly name: string;
  readonly party: Party;
  readonly parent: PostId | null;
  readonly credited: boolean;
}

export interface SpreadInput {
  readonly id: string;
  readonly title: string;
  readonly described: string;
  /** In order of time: a parent comes before its children. */
  readonly posts: readonly SpreadPost[];
}

const COLUMN = 220;
const ROW = 26;
const LEFT = 24;
const NAME_COLUMNS = 24;

/** Who took it from whom: each post to the right of the one it came from, posts without a parent at the left. */
export function spreadTree({ id, title, described, posts }: SpreadInput): string {
  const children = new Map<PostId | null, SpreadPost[]>();
  const there = new Set(posts.map((post) => post.id));
  for (const post of posts) {
    const parent = post.parent !== null && there.has(post.parent) ? post.parent : null;
    const list = children.get(parent);
    if (list === undefined) children.set(parent, [post]);
    else list.push(post);
  }
  const places = new Map<PostId, readonly [number, number]>();
  let row = 0;
  let depths = 0;
  // A line of parents may be as long as the story, so the walk keeps its own stack.
  const open: (readonly [SpreadPost, number])[] = [...(children.get(null) ?? [])]
    .reverse()
    .map((post) => [post, 0]);
  while (open.length > 0) {
    const [post, depth] = open.pop()!;
    places.set(post.id, [LEFT + depth * COLUMN, 24 + row * ROW]);
    depths = Math.max(depths, depth);
    row++;
    for (const child of [...(children.get(post.id) ?? [])].reverse()) open.push([child, depth + 1]);
  }
  const body: string[] = [];
  for (const post of posts) {
    const [from, to] = [post.parent === null ? undefined : places.get(post.parent), places.get(post.id)!];
    if (from === undefined) continue;
    const dash = post.credited ? "" : ' stroke-dasharray="5 4"';
    body.push(
      `<path d="M${round(from[0])} ${round(from[1] + 7)}V${round(to[1])}H${round(to[0] - 8)}" fill="none" stroke="${COLOURS.line}" stroke-width="1.3"${dash}/>`,
    );
  }
  for (const post of posts) {
    const [x, y] = places.get(post.id)!;
    body.push(mark(x, y, post.party, post.name));
    body.push(label(x + 13, y + 4, String(post.number), { size: 10.5, fill: COLOURS.other }));
    body.push(
      shortLabel(x + 19 + 7 * String(post.number).length, y + 4, post.name, NAME_COLUMNS, { size: 11.5 }),
    );
  }
  const width = Math.max(640, LEFT + (depths + 1) * COLUMN);
  return svg(id, { width, height: 24 + row * ROW }, { title, described }, body);
}
