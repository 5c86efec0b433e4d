const DAY_MS = 86_400_000;

/** Days (UTC) that sources were not read for most of, with how many. */
export function blindDays(
  spans: readonly { readonly source: string; readonly from: string; readonly to: string }[],
  days: readonly string[],
): readonly { readonly day: string; readonly sources: number }[] {
  return days.flatMap((day) => {
    const [from, to] = [Date.parse(day), Date.parse(day) + DAY_MS];
    const missed = new Map<string, number>();
    for (const span of spans) {
      const within = Math.min(to, Date.parse(span.to)) - Math.max(from, Date.parse(span.from));
      if (within > 0) missed.set(span.source, (missed.get(span.source) ?? 0) + within);
    }
    const sources = [...missed.values()].filter((ms) => ms > DAY_MS / 2).length;
    return sources === 0 ? [] : [{ day, sources }];
  });
}
