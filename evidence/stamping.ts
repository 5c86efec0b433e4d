import { existsSync } from "node:fs";
import { readFile, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Log } from "../contracts/log.ts";
import { MANIFEST, STAMP, warcFiles } from "./files.ts";

/** After so long a stamp proves little of when a file was written, and is not asked for again. */
const WORTH_STAMPING_MS = 7 * 24 * 3_600_000;

/** Asks a timestamp service; given and answering DER. */
export type AskForStamp = (request: Uint8Array) => Promise<Uint8Array>;

/**
 * Has the manifest of every closed file stamped that is not yet: also what an outage of the service left. A failure is told
 * and no more, for the next closed file tries again.
 */
export async function stampClosed(
  folder: string,
  ask: AskForStamp,
  {
    log,
    now,
    authorities,
  }: { readonly log: Log; readonly now: () => Date; readonly authorities: string | null },
): Promise<void> {
  const { readStamp, stampRequest } = await import("./stamp.ts");
  for (const { file, open } of await warcFiles(folder)) {
    const closed = path.join(folder, ...file.split("/"));
    if (open || existsSync(closed + STAMP) || !existsSync(closed + MANIFEST)) continue;
    if (now().getTime() - (await stat(closed + MANIFEST)).mtimeMs > WORTH_STAMPING_MS) continue;
    try {
      const manifest = await readFile(closed + MANIFEST);
      const { der, nonce } = stampRequest(manifest);
      const answer = await ask(der);
      const { by, trusted } = await readStamp(answer, manifest, { authorities, nonce });
      if (trusted === false)
        throw new Error(`is by ${by}, whose certificate leads to none of evidence.timestamp_ca`);
      await writeFile(`${closed}${STAMP}.new`, answer);
      await rename(`${closed}${STAMP}.new`, closed + STAMP);
    } catch (error) {
      log.warn(
        `no timestamp for ${file} yet (${(error as Error).message}); it is asked for with the next file`,
      );
      // The others would fail alike.
      return;
    }
  }
}
