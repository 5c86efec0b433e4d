import { createHash } from "node:crypto";
import type { Job } from "../contracts/queue.ts";

/** 96 bits: among a milliard jobs two share an id with a chance of one in 10^11. */
const ID_CHARACTERS = 16;

/** One short name for a step and key. Keys hold any characters, and a queue's server does not take all of them. */
export function jobId({ step, key }: Pick<Job, "step" | "key">): string {
  return createHash("sha256").update(`${step}\0${key}`).digest("base64url").slice(0, ID_CHARACTERS);
}
