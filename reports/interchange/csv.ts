import { GUARD_COLUMN, GUARDED, guardedCell } from "../../text/csv-cells.ts";
import type { Format, KeptKind } from "./format.ts";
import { type Row, rowsOf } from "./rows.ts";

/** Columns by kind; a dot leads into an object, a list is written as JSON. */
const COLUMNS: Readonly<Partial<Record<KeptKind, readonly string[]>>> = {
  posts: [
    "id",
    "platform",
    "url",
    "account.id",
    "account.handle",
    "account.name",
    "actor",
    "published_at",
    "published.earliest",
    "published.latest",
    "published.basis",
    "published.raw",
    "title",
    "text",
    "lang",
    "lang_confidence",
    "lang_declared",
    "engagement.views",
    "engagement.likes",
    "engagement.reposts",
    "engagement.comments",
    "references",
    "media",
    "declared_source.kind",
    "declared_source.name",
    "declared_source.url",
    "declared_source.account",
    "source",
    "collected_at",
    "sha256",
    "watches",
    "story",
    "version",
  ],
  links: [
    "child",
    "parent",
    "relation",
    "credit",
    "status",
    "confidence",
    "verdict",
    "score",
    "overlap.child",
    "overlap.parent",
    "lag_seconds",
    "evidence",
    "reasons",
    "spans",
    "added",
    "left_out",
    "version",
  ],
  stories: ["story", "first", "last", "platforms", "languages", "members"],
  alerts: [
    "id",
    "rule",
    "kind",
    "severity",
    "state",
    "holds",
    "subject",
    "story",
    "watch",
    "source",
    "since",
    "until",
    "size",
    "confidence",
    "why",
    "confidence_reasons",
    "unknowns",
    "who",
    "items",
    "raised_at",
    "updated_at",
  ],
  runs: [
    "run",
    "source",
    "collector",
    "status",
    "started_at",
    "ended_at",
    "seen",
    "buckets.added",
    "buckets.undated",
    "buckets.changed",
    "buckets.known",
    "buckets.rejected",
    "unknown_fields",
    "problems",
  ],
};

export const csv: Format = {
  name: "csv",
  title: "CSV",
  summary: "A table for spreadsheets and statistics (RFC 4180, UTF-8), safe to open.",
  notes: [
    "A cell that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return, as OWASP lists them), and one that begins with an apostrophe, has an apostrophe before it.",
    `The column \`${GUARD_COLUMN}\` says so in each row, and \`headwater import\` takes the apostrophe away again: posts come back as they were.`,
    "Lists stand in their cell as JSON.",
  ],
  references: [
    "https://www.rfc-editor.org/rfc/rfc4180",
    "https://owasp.org/www-community/attacks/CSV_Injection",
  ],
  kinds: ["posts", "links", "stories", "alerts", "runs"],
  hasDefaultKind: false,
  carries: {},
  async *write(kind, supply, { wrote }) {
    const columns = COLUMNS[kind as KeptKind]!;
    yield csvLine([...columns, GUARD_COLUMN]);
    for await (const row of rowsOf(kind as KeptKind, supply)) {
      wrote();
      yield csvLine([...columns.map((column) => guardedCell(cellOf(row, column))), GUARDED]);
    }
  },
};

/** One line of a table; RFC 4180 quotes what holds a comma, a quote or a line break. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\r\n`;
}

function cellOf(row: Row, column: string): string {
  const value = column
    .split(".")
    .reduce<unknown>((at, name) => (at === null || at === undefined ? null : (at as Row)[name]), row);
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
