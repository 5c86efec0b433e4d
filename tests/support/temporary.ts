import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Every temporary folder of a run lies in one, which goes with it: what tests leave behind would fill the disk. */
export default function setup(): () => void {
  const before = process.env.TMPDIR;
  const folder = mkdtempSync(path.join(tmpdir(), "headwater-run-"));
  // The processes that run the tests inherit it.
  process.env.TMPDIR = folder;
  return () => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    // A server that was just stopped may still be writing its last file.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}
