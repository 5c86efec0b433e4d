import { readFileSync } from "node:fs";

/**
 * Loaded before a worker: its clock jumps by what the file named in HEADWATER_FAULTS_CLOCK says, milliseconds. Timers
 * are not touched, as they are not when a machine's clock is set.
 */
const file = process.env.HEADWATER_FAULTS_CLOCK!;
const RealDate = Date;
let offset = 0;
const timer = setInterval(() => {
  try {
    offset = Number(readFileSync(file, "utf8")) || 0;
  } catch {
    offset = 0;
  }
}, 100);
timer.unref();

class JumpingDate extends RealDate {
  constructor(...args: unknown[]) {
    if (args.length === 0) super(RealDate.now() + offset);
    else super(...(args as [number]));
  }
  static override now(): number {
    return RealDate.now() + offset;
  }
}
globalThis.Date = JumpingDate as DateConstructor;
