import type { ExportKind } from "../../config/sharing.ts";

// What the command line takes. The lists these are held to by a test load more than every start of the command needs.

export const FORMAT_NAMES = [
  "jsonl",
  "csv",
  "stix",
  "misp",
  "gexf",
  "graphml",
  "coortweet",
  "rss",
  "atom",
] as const;

export const KIND_NAMES = [
  "posts",
  "links",
  "accounts",
  "stories",
  "traces",
  "alerts",
  "deliveries",
  "runs",
  "quarantine",
  "captures",
] as const satisfies readonly ExportKind[];
