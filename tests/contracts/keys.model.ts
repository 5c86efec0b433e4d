import {
  enoughPassages,
  type KeyEntry,
  type KeyRules,
  type ListRule,
  mostPassages,
} from "../../contracts/keys.ts";
import { hashName } from "../../text/fingerprints.ts";

/** Which pairs share enough, straight from the sentences of contracts/keys.ts, with no thought for speed. */
export function pairsThatShare(entries: readonly KeyEntry[], rules: KeyRules): ReadonlySet<string> {
  const posts = [...entries].sort(
    (a, b) => hashName(a.post) - hashName(b.post) || (a.post < b.post ? -1 : 1),
  );
  const wordings = [
    ...new Set(posts.flatMap(({ keys }) => (keys.wording === null ? [] : [keys.wording]))),
  ].sort((a, b) => a - b);
  const keysOf = (wording: number) => posts.find(({ keys }) => keys.wording === wording)!.keys;
  const represents = ({ post, keys }: KeyEntry) =>
    posts
      .filter((other) => other.keys.wording === keys.wording)
      .slice(0, rules.group.representatives)
      .some((other) => other.post === post);

  /** Whether two of those who carry a key meet in it; `carriers` lowest first. */
  const meet = <T>(carriers: readonly T[], { hub, representatives }: ListRule, ...two: readonly T[]) =>
    carriers.length <= hub || two.some((each) => carriers.slice(0, representatives).includes(each));

  const alike = (a: number, b: number) => {
    const carriers = (passage: number) => wordings.filter((each) => keysOf(each).passages.includes(passage));
    const shared = [...keysOf(a).passages].filter((passage) => keysOf(b).passages.includes(passage));
    const { common, hub } = rules.passage;
    const open = shared.filter((passage) => carriers(passage).length <= common);
    const lengths = [keysOf(a).passages.length, keysOf(b).passages.length] as const;
    const enough = enoughPassages(...lengths);
    if (enough > 0 && open.length >= enough) return true;
    if (open.length === shared.length) return false;
    const hubs = shared.some((passage) => carriers(passage).length > hub);
    return (
      shared.some((passage) => meet(carriers(passage), rules.passage, a, b)) &&
      shared.length >= mostPassages(...lengths, hubs)
    );
  };

  const refers = (owner: KeyEntry, referrer: KeyEntry) =>
    owner.keys.own.some(
      (name) =>
        referrer.keys.refers.includes(name) &&
        meet(
          posts.filter(({ keys }) => keys.own.includes(name)),
          rules.name,
          owner,
        ),
    );
  const shows = (a: KeyEntry, b: KeyEntry) =>
    a.keys.shows.some(
      (name) =>
        b.keys.shows.includes(name) &&
        meet(
          posts.filter(({ keys }) => keys.shows.includes(name)),
          rules.name,
          a,
          b,
        ),
    );
  const wordingsShare = (a: KeyEntry, b: KeyEntry) => {
    const [first, second] = [a.keys.wording, b.keys.wording];
    if (first === null || second === null) return false;
    if (first === second) return represents(a) || represents(b);
    return represents(a) && represents(b) && alike(first, second);
  };

  const found = new Set<string>();
  for (const [i, a] of posts.entries()) {
    for (const b of posts.slice(i + 1))
      if (wordingsShare(a, b) || refers(a, b) || refers(b, a) || shows(a, b))
        found.add(pairOf(a.post, b.post));
  }
  return found;
}

export function pairOf(a: string, b: string): string {
  return [a, b].sort().join(" ");
}
