import type { Prepared, ResolvedReference } from "./prepare.ts";

type Dated = Pick<Prepared, "from" | "to"> & { readonly post: Pick<Prepared["post"], "id"> };

export interface Ordered<P extends Dated> {
  readonly child: P;
  readonly parent: P;
  readonly lag_seconds: readonly [number | null, number | null];
}

/**
 * Which of two posts is the child. A reference decides: who points is the child. Otherwise time does, where the
 * intervals of publication do not overlap. Where they do, the pair is only named in a fixed way (by the end of the
 * interval, then by id) and the lag straddles zero, so nobody takes it for an order (invariant 6).
 */
export function orderOf<P extends Dated>(
  a: P,
  b: P,
  aToB: ResolvedReference | null,
  bToA: ResolvedReference | null,
): Ordered<P> {
  const aIsChild =
    aToB !== null && bToA === null ? true : aToB === null && bToA !== null ? false : later(a, b);
  const [child, parent] = aIsChild ? [a, b] : [b, a];
  return { child, parent, lag_seconds: [seconds(child.from - parent.to), seconds(child.to - parent.from)] };
}

function later(a: Dated, b: Dated): boolean {
  if (a.from > b.to) return true;
  if (b.from > a.to) return false;
  return a.to !== b.to ? a.to > b.to : a.post.id > b.post.id;
}

function seconds(milliseconds: number): number | null {
  return Number.isFinite(milliseconds) ? Math.round(milliseconds / 1000) : null;
}
