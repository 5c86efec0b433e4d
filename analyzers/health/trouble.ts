import type { HealthState } from "../../contracts/health-state.ts";

type Trouble = Extract<HealthState, "expired" | "blocked" | "changed-shape" | "failing">;

/** What sentences of failed runs say, in the words of the collectors and of the client. The first that fits holds. */
const SAID: readonly (readonly [RegExp, Trouble])[] = [
  [/has changed shape/i, "changed-shape"],
  [
    /\b(?:token|key|password|credentials?|secret)\b.{0,60}\b(?:expired|revoked|invalid|refused|wrong|no longer)\b|\b(?:expired|invalid|revoked)\b.{0,20}\b(?:token|key|session|credentials?)\b|its \S+ is missing: the (?:variable|file)|needs a (?:key|token)/i,
    "expired",
  ],
  [
    /\b40[13]\b|refuses us|refusal of access|blocks? us|blocking us|is blocked|\bblocked\b|verification page|check for browsers|check for robots|captcha|asks for a log-in|log-in (?:page|wall)|robots\.txt .* forbids|throttl|rate limit/i,
    "blocked",
  ],
  [/is an HTML page|is no JSON|not a feed|no list called/i, "changed-shape"],
];

/** Which trouble a sentence tells of. A source with a token that is refused as nobody has a token that no longer works. */
export function troubleOf(problem: string, has_token: boolean): Trouble {
  if (has_token && /\b401\b|unauthori[sz]ed/i.test(problem)) return "expired";
  return SAID.find(([said]) => said.test(problem))?.[1] ?? "failing";
}
