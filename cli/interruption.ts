import { constants } from "node:os";
import type { Log } from "../contracts/log.ts";

export interface Interruption {
  readonly signal: AbortSignal;
  /** Which signal asked to stop, if one did. */
  readonly by: () => "SIGINT" | "SIGTERM" | null;
  /** Stops the work for another reason. */
  readonly stop: () => void;
}

/** The first Ctrl-C or SIGTERM asks the work to stop cleanly; the second ends the process at once. */
export function watchInterruption(log: Pick<Log, "info">): Interruption {
  const controller = new AbortController();
  let by: "SIGINT" | "SIGTERM" | null = null;
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      // By convention a process that a signal ended exits with 128 and the signal's number.
      if (by !== null) process.exit(128 + constants.signals[name]);
      by = name;
      log.info("stopping; what is stored stays. Once more to stop at once");
      controller.abort(new DOMException("stopped by a signal", "AbortError"));
    });
  }
  return { signal: controller.signal, by: () => by, stop: () => controller.abort() };
}
