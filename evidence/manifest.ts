import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { MANIFEST, OPEN } from "./files.ts";

/** Lines of a manifest by the name they are of. */
export type Manifest = ReadonlyMap<string, string>;

/** What an answer with its request is called on its own: in the manifest, and in a bundle. */
export const excerptName = (id: string): string => `${id}.warc.gz`;

/**
 * Closes a file: writes its manifest, then gives the file its own name, so that a closed file always has one. Both can be
 * checked by `sha256sum --check`; of the excerpts only those that somebody holds.
 */
export async function seal(closed: string, whole: string, excerpts: Manifest): Promise<void> {
  const lines = [[path.basename(closed), whole] as const, ...excerpts].map(
    ([name, hash]) => `${hash}  ${name}\n`,
  );
  await writeFile(`${closed}${MANIFEST}.new`, lines.join(""));
  await rename(`${closed}${MANIFEST}.new`, closed + MANIFEST);
  await rename(closed + OPEN, closed);
}

/** Null when there is none. */
export async function readManifest(closed: string): Promise<Manifest | null> {
  const text = await readFile(closed + MANIFEST, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  return new Map(
    text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );
}
