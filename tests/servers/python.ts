import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { describe } from "vitest";

const run = promisify(execFile);

/** Readers of others that say whether what Headwater writes can be read. */
export const PACKAGES = [
  "stix2-validator==3.3.2",
  "stix2==3.0.2",
  "pymisp==2.5.34.4",
  "networkx==3.6.1",
  "feedparser==6.0.14",
  "warcio==1.8.1",
] as const;

/** Checks the WARC files named as arguments, and tells of each record. */
export const WARCIO_CHECK = "import sys\nfrom warcio.cli import main\nmain(['check', '-v'] + sys.argv[1:])";

export type Python = (script: string, ...args: readonly string[]) => Promise<string>;

/**
 * Runs a suite with a Python that has these packages. It is made on first use, outside the repository (in `XDG_CACHE_HOME` or
 * `~/.cache`). Where it cannot be had the suite is told as not run, which is a failure under CI.
 */
export async function withPython(suite: (python: Python) => void): Promise<void> {
  try {
    const python = await prepared();
    suite(async (script, ...args) => {
      const { stdout } = await run(python, ["-c", script, ...args], { maxBuffer: 64 * 1024 * 1024 });
      return stdout;
    });
  } catch (error) {
    const why = error instanceof Error ? error.message.trim().split("\n").at(-1) : String(error);
    if (process.env.CI) throw new Error(`these tests need a Python with ${PACKAGES.join(", ")}: ${why}`);
    describe.skipIf(true)(`not run, because there is no Python with ${PACKAGES.join(", ")}: ${why}`, () =>
      suite(() => Promise.reject(error)),
    );
  }
}

/** Whole or not there: it is made under another name, so that two runs, or one that was cut short, leave no half of it. */
async function prepared(): Promise<string> {
  const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache"), "headwater-tests");
  const name = createHash("sha256").update(PACKAGES.join("\n")).digest("hex").slice(0, 12);
  const environment = path.join(cache, `python-${name}`);
  const within = process.platform === "win32" ? "Scripts/python.exe" : "bin/python";
  const python = path.join(environment, within);
  if (existsSync(python)) return python;
  process.stderr.write(`making a Python environment for the tests in ${environment}\n`);
  const half = `${environment}.${process.pid}`;
  await mkdir(cache, { recursive: true });
  try {
    await run(process.platform === "win32" ? "python" : "python3", ["-m", "venv", half]);
    await run(path.join(half, within), [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      ...PACKAGES,
    ]);
    await rename(half, environment).catch((error: unknown) => {
      if (!existsSync(python)) throw error;
    });
    return python;
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}
