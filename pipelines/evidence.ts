import path from "node:path";
import type { Config } from "../config/schema.ts";
import type { Fetcher } from "../contracts/fetcher.ts";
import type { Log } from "../contracts/log.ts";
import type { Store } from "../contracts/store.ts";
import { type Evidence, openEvidence } from "../evidence/recorder.ts";

/** A file is closed within a day: until then it has no manifest. */
const FILE_MS = 24 * 3_600_000;

export function evidenceFolder(config: Config): string {
  return path.join(config.data, "evidence");
}

/** Where answers are kept; null when the config says they are not. Nothing is made before the first. */
export function evidenceOf(
  config: Config,
  deps: { readonly store: Store; readonly log: Log; readonly now: () => Date },
): Evidence | null {
  if (!config.evidence.keep) return null;
  return openEvidence({
    ...deps,
    folder: evidenceFolder(config),
    file_bytes: config.evidence.file_bytes,
    file_ms: FILE_MS,
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

/** The client for one source: what its secrets are, the evidence is not told. */
export function fetchFor(fetch: Fetcher, secrets: Readonly<Record<string, string>>): Fetcher {
  const values = Object.values(secrets);
  if (values.length === 0) return fetch;
  return (url, wishes) => fetch(url, { ...wishes, secrets: [...(wishes?.secrets ?? []), ...values] });
}
