import type { Format, KeptKind } from "./format.ts";
import { rowsOf } from "./rows.ts";

export const jsonl: Format = {
  name: "jsonl",
  title: "JSON Lines",
  summary:
    "One object a line, with the field names of the index: for other programs, and to be imported again.",
  notes: [
    "Without `--profile` it is the profile `own`: everything as it is kept, for your own use. All other formats are `default` then.",
    "A field that a profile leaves out is empty. The id of a private account's post is a pseudonym, too.",
  ],
  references: ["https://jsonlines.org"],
  kinds: ["posts", "links", "stories", "traces", "alerts", "deliveries", "runs", "quarantine", "captures"],
  hasDefaultKind: false,
  carries: {},
  async *write(kind, supply, { wrote }) {
    for await (const row of rowsOf(kind as KeptKind, supply)) {
      wrote();
      yield `${JSON.stringify(row)}\n`;
    }
  },
};
