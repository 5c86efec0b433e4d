import { PassThrough, Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { createLog } from "../../cli/log.ts";
import { createOutput, OutputClosed } from "../../cli/output.ts";
import { createProgress } from "../../cli/progress.ts";

function terminal(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 60, written, write: (text: string) => written.push(text) };
}

describe("talk on standard error", () => {
  it("is coloured on a terminal only, and never with NO_COLOR", () => {
    for (const [isTTY, env, coloured] of [
      [true, {}, true],
      [true, { NO_COLOR: "1" }, false],
      [true, { NO_COLOR: "" }, true],
      [true, { TERM: "dumb" }, false],
      [false, {}, false],
    ] as const) {
      const stderr = terminal(isTTY);
      createLog(stderr, env).warn("careful");
      expect(stderr.written.join("").includes("\u001b[33m")).toBe(coloured);
    }
  });

  it("says its fields, and lets nothing through that a terminal obeys", () => {
    const stderr = terminal(false);
    createLog(stderr, {}).info("seen \u001b[2J\nhere", { host: "a.example", status: 200 });
    expect(stderr.written).toEqual(["seen [2J here (host a.example, status 200)\n"]);
  });
});

describe("progress", () => {
  it("is a bar on a terminal, taken away before words", () => {
    const stderr = terminal(true);
    const log = createLog(stderr, {});
    log.progress("posts.jsonl", 50, 100);
    log.info("and on");
    expect(stderr.written[0]).toContain("█".repeat(12) + "░".repeat(12));
    expect(stderr.written[0]).toContain("50 % posts.jsonl");
    expect(stderr.written.slice(1)).toEqual(["\r\u001b[K", "and on\n"]);
  });

  it("is a line now and then where there is none", () => {
    const stderr = terminal(false);
    let now = 0;
    const progress = createProgress(stderr, () => now);
    progress.show("posts.jsonl", 1, 100);
    now = 10_001;
    progress.show("posts.jsonl", 40, 100);
    progress.show("posts.jsonl", 41, null);
    expect(stderr.written).toEqual(["posts.jsonl: 40 %\n"]);
  });
});

describe("data on standard output", () => {
  it("waits for a slow reader", async () => {
    const stream = new PassThrough({ highWaterMark: 10 });
    const output = createOutput(stream);
    let done = false;
    const written = output
      .jsonLines(Array.from({ length: 5 }, (_, i) => ({ i, text: "x".repeat(40_000) })))
      .then(() => {
        done = true;
      });
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toBe(false);
    stream.resume();
    await written;
    expect(done).toBe(true);
  });

  it("ends the work when the reader has gone", async () => {
    const gone = new Writable({
      write: (_, __, done) => done(Object.assign(new Error("write EPIPE"), { code: "EPIPE" })),
    });
    let told = false;
    const output = createOutput(gone, () => {
      told = true;
    });
    await output.line("one").catch(() => {});
    await new Promise((resolve) => setImmediate(resolve));
    await expect(output.line("two")).rejects.toThrow(OutputClosed);
    expect(told).toBe(true);
  });
});
