import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The versions the baselines were measured with. */
export const PACKAGES = ["datasketch==2.0.0", "rensa==0.5.0", "eldc==0.4.0"] as const;

/** Outside the repository: `XDG_CACHE_HOME` or `~/.cache`. */
export const CACHE = path.join(
  process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache"),
  "headwater-bench",
);

let found: Promise<string | null> | null = null;

/** A Python that has the peers, made on first use in a virtual environment; null (and why on stderr) when it cannot be had. */
export function pythonOf(): Promise<string | null> {
  found ??= prepare();
  return found;
}

async function prepare(): Promise<string | null> {
  const environment = path.join(CACHE, "venv");
  const python = path.join(environment, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  try {
    if (!existsSync(python)) {
      process.stderr.write(`making a Python environment for the peers in ${environment}\n`);
      await mkdir(CACHE, { recursive: true });
      await run(process.platform === "win32" ? "python" : "python3", ["-m", "venv", environment]);
    }
    const check = "import datasketch, rensa, eldc";
    const there = await run(python, ["-c", check]).then(
      () => true,
      () => false,
    );
    if (!there) {
      await run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...PACKAGES]);
      await run(python, ["-c", check]);
    }
    return python;
  } catch (error) {
    const why = error instanceof Error ? error.message.trim().split("\n").at(-1) : String(error);
    process.stderr.write(
      `the Python peers (${PACKAGES.join(", ")}) cannot be had and are left out: ${why}\n`,
    );
    return null;
  }
}
