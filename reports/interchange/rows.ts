import type { KeptKind, Supply } from "./format.ts";
import { postLine } from "./post-line.ts";

export type Row = Readonly<Record<string, unknown>>;

/** What is found as one flat object each: the fields of the interchange format. */
export async function* rowsOf(kind: KeptKind, supply: Supply): AsyncGenerator<Row> {
  if (kind === "posts") for await (const stored of supply.find("posts")) yield postLine(stored);
  else for await (const row of supply.find(kind)) yield row as unknown as Row;
}
