import { text } from "node:stream/consumers";
import type { Header } from "./protocol.ts";

export interface ReadTask {
  readonly header: Header;
  readonly documents: readonly string[];
  readonly queries: readonly string[];
  readonly titles: readonly (string | null)[] | null;
}

/** Reads a task from stdin: see protocol.ts. */
export async function readTask(): Promise<ReadTask> {
  const lines: unknown[] = (await text(process.stdin))
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
  const header = lines[0] as Header;
  const queriesFrom = 1 + header.documents;
  const titlesFrom = queriesFrom + header.queries;
  return {
    header,
    documents: lines.slice(1, queriesFrom) as string[],
    queries: lines.slice(queriesFrom, titlesFrom) as string[],
    titles: header.titles ? (lines.slice(titlesFrom) as (string | null)[]) : null,
  };
}
