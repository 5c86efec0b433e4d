import type { FirstIn } from "../../contracts/trace.ts";
import { byTime, type Member, overlapInTime } from "./member.ts";

/** The first member of each group, and whether its time sets it apart from the others of that group. */
export function firstIn(
  members: readonly Member[],
  keyOf: (member: Member) => string | null,
): readonly FirstIn[] {
  const groups = new Map<string, Member[]>();
  for (const member of [...members].sort(byTime)) {
    const key = keyOf(member);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [member]);
    else group.push(member);
  }
  return [...groups]
    .map(([key, [first, ...rest]]) => ({
      key,
      post: first!.id,
      certain: Number.isFinite(first!.from) && rest.every((other) => !overlapInTime(first!, other)),
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** All written Chinese is one language here: an analyst asks for the first Chinese pick-up, whatever the script. */
export function languageGroup(lang: string): string | null {
  const primary = lang.split("-", 1)[0]!;
  if (primary === "und") return null;
  return primary === "yue" || primary === "cmn" ? "zh" : primary;
}
