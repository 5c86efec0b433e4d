import type { Collector, CollectorIo } from "../../contracts/collector.ts";
import type { PostDraft } from "../../contracts/post.ts";

/** All that one crawl gave. */
export interface Outcome<Cursor> {
  readonly raws: readonly unknown[];
  readonly drafts: readonly PostDraft[];
  readonly rejected: readonly string[];
  /** Name of each unknown field with how many records carried it. */
  readonly unknown_fields: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
  readonly cursor: Cursor | null;
  readonly failure: Error | null;
}

/** Crawls to the end and maps every record, as the pipeline does. */
export async function crawl<Options, Cursor>(
  collector: Collector<Options, Cursor>,
  options: Options,
  from: Cursor | null,
  io: Omit<CollectorIo, "warn">,
): Promise<Outcome<Cursor>> {
  const raws: unknown[] = [];
  const drafts: PostDraft[] = [];
  const rejected: string[] = [];
  const warnings: string[] = [];
  const unknown = new Map<string, number>();
  let cursor = from;
  let failure: Error | null = null;
  const warn = (where: string, sentence: string): void => void warnings.push(`${where}: ${sentence}`);
  try {
    for await (const page of collector.collect(options, from, { ...io, warn })) {
      for (const { where, raw } of page.records) {
        raws.push(raw);
        const mapped = collector.map(raw, options);
        if ("rejected" in mapped) {
          rejected.push(`${where}: ${mapped.rejected}`);
          continue;
        }
        drafts.push(mapped.draft);
        for (const field of mapped.unknown_fields) unknown.set(field, (unknown.get(field) ?? 0) + 1);
      }
      cursor = page.next;
    }
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
  }
  return { raws, drafts, rejected, unknown_fields: Object.fromEntries(unknown), warnings, cursor, failure };
}
