import type { Statement } from "../../contracts/message.ts";
import { CARRIED, type Carried, type Run } from "../../contracts/run.ts";

/** Earlier records that are needed to say what is usual, and runs they are taken from. */
const LEAST_BEFORE = 30;
const RUNS_BEFORE = 50;
/** The last runs are taken together until they have so many records. */
const LEAST_NOW = 3;
/** What most records did not carry before is no assertion. */
const LEAST_SHARE = 0.5;
/** A share that falls by less is a matter of subjects, not of shape. */
const LEAST_FALL = 0.3;
/** So seldom would as few carry it by chance, for any one of the fields of one run. */
const SELDOM = 1e-3;

/** A field that records used to carry and the last ones do not, or far more seldom: the page or interface was changed. */
export interface Fallen {
  readonly since: string;
  readonly why: Statement;
}

/**
 * Asks of each field whether the last records carry it as the earlier ones did. `runs` are ended runs that did not fail, by
 * time. The earlier share is taken with Jeffreys' prior, so that "always" over few records is not taken for a law.
 */
export function fallenFields(runs: readonly Run[]): readonly Fallen[] {
  const told = runs.filter(({ carried }) => (carried?.records ?? 0) > 0);
  const fallen: Fallen[] = [];
  for (const field of CARRIED) {
    if (field === "records") continue;
    const found = fallOf(told, field);
    if (found !== null) fallen.push(found);
  }
  return fallen;
}

function fallOf(runs: readonly Run[], field: Exclude<Carried, "records">): Fallen | null {
  // The last runs that all stand below: their records are taken together, however few each has.
  let first = runs.length;
  let [records, carrying] = [0, 0];
  let best: Fallen | null = null;
  while (first > 0 && runs.length - first < RUNS_BEFORE) {
    first--;
    const carried = runs[first]!.carried!;
    const before = runs.slice(Math.max(0, first - RUNS_BEFORE), first);
    const all = sum(before, "records");
    const share = (sum(before, field) + 0.5) / (all + 1);
    const isLow = share - carried[field] / carried.records >= LEAST_FALL;
    if (all < LEAST_BEFORE || share < LEAST_SHARE || !isLow) break;
    records += carried.records;
    carrying += carried[field];
    if (records < LEAST_NOW || atMost(carrying, records, share) > SELDOM) continue;
    const now = carrying / records;
    const percent = (part: number) => Math.round(part * 100);
    best = {
      since: runs[first]!.started_at,
      why: {
        say: "health.fell",
        with: { field, before: percent(share), now: percent(now), records },
      },
    };
  }
  return best;
}

function sum(runs: readonly Run[], field: Carried): number {
  return runs.reduce((total, { carried }) => total + (carried?.[field] ?? 0), 0);
}

/** P(X <= count) of a binomial; sums logarithms, so that nothing underflows. */
export function atMost(count: number, trials: number, share: number): number {
  if (count >= trials) return 1;
  let log = trials * Math.log1p(-share);
  let total = 0;
  for (let k = 0; k <= count; k++) {
    total += Math.exp(log);
    log += Math.log(((trials - k) / (k + 1)) * (share / (1 - share)));
  }
  return Math.min(1, total);
}
