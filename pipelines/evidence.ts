import { readFileSync } from "node:fs";
import path from "node:path";
import type { Config } from "../config/schema.ts";
import { UsageError } from "../contracts/errors.ts";
import type { Fetcher } from "../contracts/fetcher.ts";
import type { Log } from "../contracts/log.ts";
import type { Store } from "../contracts/store.ts";
import type { Trust } from "../evidence/held.ts";
import { type Evidence, openEvidence } from "../evidence/recorder.ts";
import { stampClosed } from "../evidence/stamping.ts";
import { postBytes } from "../http/post-bytes.ts";

/** A file is closed within a day, and within an hour where it is stamped: what is in it can be younger than its stamp by so much. */
const FILE_MS = 24 * 3_600_000;
const STAMPED_FILE_MS = 3_600_000;

/** A timestamp with its chain of certificates takes some 6 KB. */
const LARGEST_STAMP = 100_000;

export function evidenceFolder(config: Config): string {
  return path.join(config.data, "evidence");
}

/** Where answers are kept; null when the config says they are not. Nothing is made before the first. */
export function evidenceOf(
  config: Config,
  deps: { readonly store: Store; readonly log: Log; readonly now: () => Date },
): Evidence | null {
  const { keep, timestamp_url } = config.evidence;
  if (!keep) return null;
  const { authorities } = trustOf(config);
  const stamp = async (url: string) => {
    const ask = (body: Uint8Array) =>
      postBytes(url, { content_type: "application/timestamp-query", body, most: LARGEST_STAMP }, config.http);
    await stampClosed(evidenceFolder(config), ask, { ...deps, authorities });
  };
  return openEvidence({
    ...deps,
    folder: evidenceFolder(config),
    file_bytes: config.evidence.file_bytes,
    file_ms: timestamp_url === null ? FILE_MS : STAMPED_FILE_MS,
    ...(timestamp_url === null ? {} : { closed: () => stamp(timestamp_url) }),
    info: [
      ["software", "Headwater"],
      ["format", "WARC File Format 1.1"],
      ["conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"],
      ["http-header-user-agent", config.http.user_agent.replace(/[^\x20-\x7e]/g, "?")],
      ["robots", "obey"],
      [
        "description",
        "Answers as they came, transfer encoding undone; without cookies, and without headers that carry secrets.",
      ],
    ],
  });
}

/** Whose timestamps are believed. Throws UsageError when the file that says so cannot be read. */
export function trustOf({ evidence: { timestamp_ca } }: Config): Trust {
  if (timestamp_ca === null) return { authorities: null };
  try {
    const authorities = readFileSync(timestamp_ca, "utf8");
    if (!authorities.includes("-----BEGIN CERTIFICATE-----")) throw new Error("it holds no PEM certificate");
    return { authorities };
  } catch (cause) {
    throw new UsageError(
      `evidence.timestamp_ca names ${timestamp_ca}, which cannot be used: ${(cause as Error).message}`,
      78,
      { cause },
    );
  }
}

/** The client for one source: what its secrets are, the evidence is not told. */
export function fetchFor(fetch: Fetcher, secrets: Readonly<Record<string, string>>): Fetcher {
  const values = Object.values(secrets);
  if (values.length === 0) return fetch;
  return (url, wishes) => fetch(url, { ...wishes, secrets: [...(wishes?.secrets ?? []), ...values] });
}
