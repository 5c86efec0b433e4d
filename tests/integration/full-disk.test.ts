import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { madeCorpus } from "../support/corpus.ts";
import { differences, findings, importLines, temporaryFolder, withStore } from "../support/pipeline.ts";

const POSTS = 400;
/** Blocks of 512 bytes that a file of the database may grow to: some of the posts fit, not all. */
const BLOCKS = 1_000;
/** Three imports, each of some seconds on a machine of one's own. */
const PATIENCE_MS = 300_000;

it(
  "invariant 3: an import that meets a full disk says so, and ends with nothing lost once there is room",
  async () => {
    using full = temporaryFolder();
    using whole = temporaryFolder();
    const lines = madeCorpus("full disk", POSTS);
    const file = path.join(full.dir, "corpus.jsonl");
    writeFileSync(file, lines.join("\n"));
    writeFileSync(path.join(full.dir, "none.yml"), "{}\n");
    const args = ["cli/headwater.js", "import", file, "--source", "lines"];
    const places = ["--config", path.join(full.dir, "none.yml"), "--data", path.join(full.dir, "data")];
    const run = (limit: string) =>
      new Promise<{ readonly code: number | null; readonly err: string }>((resolve) => {
        // Whoever writes beyond the limit is refused, as on a full disk.
        const child = spawn(
          "sh",
          ["-c", `ulimit -f ${limit}; exec "$@"`, "sh", process.execPath, ...args, ...places],
          {
            cwd: path.join(import.meta.dirname, "../.."),
            stdio: ["ignore", "ignore", "pipe"],
          },
        );
        let err = "";
        child.stderr.on("data", (text: Buffer) => (err += text.toString()));
        child.on("close", (code) => resolve({ code, err }));
      });
    const refused = await run(String(BLOCKS));
    expect(refused.code).not.toBe(0);
    expect(refused.err).toMatch(/disk/);
    expect(await run("unlimited")).toMatchObject({ code: 0 });
    await importLines(whole.dir, lines);
    await withStore(full.dir, async (store) =>
      expect(await store.count("posts", { kind: "all" })).toBe(POSTS),
    );
    expect(differences(await findings(full.dir), await findings(whole.dir))).toEqual([]);
  },
  PATIENCE_MS,
);
