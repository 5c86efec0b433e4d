import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Redis } from "ioredis";

const PARTS = ["lists", "wordings", "posts", "commands"];

const lua = PARTS.map((part) => readFileSync(new URL(`./${part}.lua`, import.meta.url), "utf8")).join("\n");
const sha1 = createHash("sha1").update(lua).digest("hex");

/** Runs the index's script. It is sent whole only to a server that does not know it yet. */
export async function runScript(
  redis: Redis,
  key: string,
  args: readonly (string | Buffer)[],
): Promise<unknown> {
  try {
    return await redis.evalsha(sha1, 1, key, ...args);
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
    return redis.eval(lua, 1, key, ...args);
  }
}
