import type { Alert, AlertEvent, AlertFinding, RaisedAlert } from "../../contracts/alert.ts";
import { levelOf } from "./plan.ts";

/** What becomes of the stored alerts of some stories, days or sources when their rules have been asked anew. */
export interface Reconciled {
  /** To be saved: new, changed, or not borne out any more. */
  readonly changed: readonly RaisedAlert[];
  /** Every alert that holds now, changed or not. */
  readonly standing: readonly RaisedAlert[];
  /** Alerts that carry on another, by id: its story has got another name. */
  readonly continues: ReadonlyMap<string, Alert>;
  /** Of alerts that hold again after they did not. */
  readonly again: readonly string[];
}

/**
 * Brings findings together with what is stored. `known` are the stored alerts of the findings' ids and all that stand
 * in the same scope: those that no finding bears out are withdrawn. A finding with another id that shares posts with a
 * withdrawn one of the same rule carries it on: stories are named by their smallest post, and may get another name.
 */
export function reconcile(
  findings: readonly AlertFinding[],
  known: readonly Alert[],
  at: string,
): Reconciled {
  const byId = new Map(known.map((alert) => [alert.id, alert]));
  const found = new Set(findings.map(({ id }) => id));
  const gone = known.filter(({ id, holds }) => holds && !found.has(id));
  const changed: RaisedAlert[] = gone.map((alert) =>
    withEvent(withoutJudgements(alert), { at, what: "withdrawn", size: alert.size }, { holds: false }),
  );
  const standing: RaisedAlert[] = [];
  const continues = new Map<string, Alert>();
  const again: string[] = [];
  const carried = new Set<string>();
  for (const finding of findings) {
    const before = byId.get(finding.id);
    if (before !== undefined) {
      const { alert, told } = updated(withoutJudgements(before), finding, at);
      if (!before.holds) again.push(finding.id);
      if (told) changed.push(alert);
      standing.push(alert);
      continue;
    }
    const former = gone.find((alert) => !carried.has(alert.id) && isFormer(alert, finding));
    if (former !== undefined) {
      continues.set(finding.id, former);
      // Of a story that falls apart, one part carries its alert on.
      carried.add(former.id);
    }
    const alert = raised(finding, former ?? null, at);
    changed.push(alert);
    standing.push(alert);
  }
  return { changed, standing, continues, again };
}

function raised(finding: AlertFinding, former: Alert | null, at: string): RaisedAlert {
  if (former === null) {
    const events: readonly AlertEvent[] = [{ at, what: "raised", size: finding.size }];
    return { ...finding, thread: finding.id, holds: true, raised_at: at, updated_at: at, events };
  }
  const event: AlertEvent = { at, what: "continues", size: finding.size, alert: former.id };
  const { thread, raised_at, events } = former;
  return { ...finding, thread, holds: true, raised_at, updated_at: at, events: [...events, event] };
}

function updated(
  before: RaisedAlert,
  finding: AlertFinding,
  at: string,
): { readonly alert: RaisedAlert; readonly told: boolean } {
  const { thread, holds, raised_at, updated_at, events, ...was } = before;
  if (holds && JSON.stringify(sorted(was)) === JSON.stringify(sorted(finding)))
    return { alert: before, told: false };
  const same = { ...finding, thread, holds: true, raised_at, updated_at: at, events };
  if (!holds)
    return { alert: withEvent(same, { at, what: "raised-again", size: finding.size }, {}), told: true };
  // Only a doubling is worth an entry: a story of ten thousand posts would have as many.
  const grown = withEvent(same, { at, what: "grew", size: finding.size }, {});
  return { alert: levelOf(grown) > levelOf(before) ? grown : same, told: true };
}

function withEvent(alert: RaisedAlert, event: AlertEvent, over: Partial<RaisedAlert>): RaisedAlert {
  return { ...alert, ...over, updated_at: event.at, events: [...alert.events, event] };
}

function withoutJudgements({ judgements: _, state: __, ...alert }: Alert): RaisedAlert {
  return alert;
}

/** Whether they are about the same thing of the same story under another name. */
function isFormer(alert: Alert, finding: AlertFinding): boolean {
  const aspect = ({ subject, story }: AlertFinding) =>
    story === null ? subject : subject.replace(story, "");
  if (alert.rule !== finding.rule || aspect(alert) !== aspect(finding)) return false;
  const there = new Set(alert.items);
  return finding.items.some((item) => there.has(item));
}

function sorted(finding: AlertFinding): readonly unknown[] {
  return Object.entries(finding).sort(([a], [b]) => (a < b ? -1 : 1));
}
