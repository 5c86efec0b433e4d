import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";

/**
 * Reading the data folder. It is not part of the repository: each bench says where its sets can be had and works on
 * those that are there.
 */

/** The non-empty lines of a text file, gzipped or not; none when it is not there. For files that fit in memory. */
export function readLines(dataDir: string, ...parts: readonly string[]): readonly string[] {
  const file = path.join(dataDir, ...parts);
  if (!existsSync(file)) return [];
  const bytes = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text.split("\n").filter((line) => line !== "");
}

/** The names in a folder, sorted; none when it is not there. */
export function namesIn(dataDir: string, ...parts: readonly string[]): readonly string[] {
  const folder = path.join(dataDir, ...parts);
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

export type Half = "tune" | "report";

/** Which half a text belongs to, by its hash: what is tuned on one half is reported on the other. */
export function halfOf(text: string): Half {
  return createHash("sha1").update(text).digest()[19]! % 2 === 0 ? "tune" : "report";
}
