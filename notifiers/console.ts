import { z } from "zod";
import type { Notifier } from "../contracts/notifier.ts";
import { plainLines } from "./layout.ts";

const options = z.strictObject({});
export type ConsoleOptions = z.infer<typeof options>;

/** Tells where `headwater up` runs. */
export const console: Notifier<ConsoleOptions> = {
  info: {
    name: "console",
    title: "Console",
    summary: "Writes alerts where `headwater up` runs; with --json as one line of JSON each.",
    options,
    references: [],
  },
  secrets: [],
  async notify(notice, _, io) {
    const bar = "━".repeat(3);
    const lines = notice.alerts.flatMap((alert, i) => [
      ...(i > 0 ? [""] : []),
      ...plainLines(alert).map((line, k) => (k === 0 ? `▲ ${line}` : `  ${line}`)),
    ]);
    const begun = notice.digest
      ? [`${bar} ${notice.heading}`, ...notice.summary.map((line) => `  ${line}`), ""]
      : [];
    await io.write([...begun, ...lines, ""], notice);
  },
};
