/**
 * How a source is, the gravest first: its token no longer works; it refuses us; what it gives has another shape; its runs
 * fail; it is silent for twice its usual interval; nobody has read it when its schedule says; it gives less than it usually
 * does. `new`: it has never been read.
 */
export const HEALTH_STATES = [
  "expired",
  "blocked",
  "changed-shape",
  "failing",
  "silent",
  "late",
  "low",
  "new",
  "well",
] as const;
export type HealthState = (typeof HEALTH_STATES)[number];
