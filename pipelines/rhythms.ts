import type { RhythmHint } from "../contracts/collector.ts";
import type { Store } from "../contracts/store.ts";
import { type Rhythm, rhythmAfter } from "../text/rhythm.ts";
import { AUTO, type Schedule } from "../text/schedule.ts";

/** Where a source's rhythm is kept; no source's own cursor is called so. */
const KEPT_AS = "rhythm/";

/** The rhythm that a schedule of `auto` goes by; null where it goes by another, or nothing is known yet. */
export async function rhythmOf(
  { store }: { readonly store: Pick<Store, "cursors"> },
  { name, every }: Schedule,
): Promise<Rhythm | null> {
  if (every !== AUTO) return null;
  return ((await store.cursors.read(KEPT_AS + name)) as Rhythm | null) ?? null;
}

/** Keeps what a crawl of such a source has shown. */
export async function keepRhythm(
  { store }: { readonly store: Pick<Store, "cursors"> },
  schedule: Schedule,
  published: readonly number[],
  hint: RhythmHint | null,
): Promise<void> {
  if (schedule.every !== AUTO) return;
  const before = await rhythmOf({ store }, schedule);
  const after = rhythmAfter(before, published, hint);
  if (JSON.stringify(after) !== JSON.stringify(before))
    await store.cursors.write(KEPT_AS + schedule.name, after);
}
