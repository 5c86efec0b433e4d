import { SetAside } from "../../contracts/errors.ts";

/** A capture as the index of the archive lists it. */
export interface Capture {
  readonly urlkey: string;
  readonly timestamp: string;
  readonly original: string;
  readonly digest: string;
}

export interface CdxBlock {
  readonly captures: readonly Capture[];
  /** Names the next block; null at the end. */
  readonly resume: string | null;
}

/**
 * Reads one block of the index: a line a capture, of `urlkey timestamp original mimetype statuscode digest length`, then
 * an empty line and the key of the next block. A line that is none is told to `warn`.
 */
export function readCdx(body: string, question: string, warn: (line: string) => void): CdxBlock {
  if (/AccessControlException|Blocked Site Error/.test(body.slice(0, 1000))) {
    throw new SetAside(
      `${question}: the archive shows nothing of this site, for its owner or the archive has closed it.`,
    );
  }
  if (/^\s*</.test(body)) {
    throw new SetAside(`${question}: the archive sent a page instead of its index; it may be blocking us.`);
  }
  const [listed = "", key = ""] = body.split(/\r?\n\r?\n/, 2);
  const lines = listed.split(/\r?\n/).filter((line) => line.trim() !== "");
  const captures: Capture[] = [];
  for (const line of lines) {
    const [urlkey = "", timestamp = "", original = "", , , digest = ""] = line.split(" ");
    if (/^\d{14}$/.test(timestamp) && /^https?:\/\//i.test(original) && digest !== "") {
      captures.push({ urlkey, timestamp, original, digest });
    } else warn(line);
  }
  if (lines.length > 0 && captures.length === 0) {
    throw new SetAside(
      `${question}: the index of the archive has changed shape; it begins with "${lines[0]!.slice(0, 100)}"`,
    );
  }
  return { captures, resume: key.trim() || null };
}
