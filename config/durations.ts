import { z } from "zod";

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** A length of time as people write it: `90s`, `15m`, `48h`, `7d`. */
export const durationSchema = z
  .string()
  .regex(/^\d{1,6}(?:s|m|h|d)$/, "write a length of time like 90s, 15m, 48h or 7d");

/** Seconds of a length of time that the schema has checked. */
export function secondsOf(written: string): number {
  return Number(written.slice(0, -1)) * UNITS[written.slice(-1)]!;
}
