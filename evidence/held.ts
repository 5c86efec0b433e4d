import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Capture } from "../contracts/capture.ts";
import { decodedPayload } from "./content.ts";
import { sha1Digest, sha256, sha256Digest } from "./digest.ts";
import { MANIFEST, OPEN, placeOf, STAMP } from "./files.ts";
import { excerptName, readManifest } from "./manifest.ts";
import { headerOf, readMessage, type WarcRecord } from "./record.ts";
import { readRecords } from "./scan.ts";
import type { Stamp } from "./stamp.ts";

/** What is held of one answer, and what is wrong with it. */
export interface Held {
  readonly capture: Capture;
  /** The answer and its request as they lie in the file, compressed; null when they cannot be read. */
  readonly packed: Buffer | null;
  /** The body, decoded; null when it cannot be read, or lies in the capture that this one repeats. */
  readonly body: Buffer | null;
  /** `open` while the file is still written: it has no manifest yet. */
  readonly file: "closed" | "open" | "absent";
  readonly stamp: Stamp | null;
  /** Sentences. */
  readonly problems: readonly string[];
}

export interface Trust {
  /** PEM certificates of the authorities that timestamps are believed of. */
  readonly authorities: string | null;
}

/** Reads one answer and recomputes every hash that is told of it. */
export async function readHeld(folder: string, capture: Capture, trust: Trust): Promise<Held> {
  const { id, file, offset, length } = capture;
  const place = placeOf(folder, file);
  if (place === null) {
    const problem = `${file} is not in ${folder}; it may lie where another machine collects`;
    return { capture, packed: null, body: null, file: "absent", stamp: null, problems: [problem] };
  }
  const open = place.endsWith(OPEN);
  const problems: string[] = [];
  let packed: Buffer | null = null;
  let body: Buffer | null = null;
  try {
    const [answer, ...others] = await readRecords(place, offset, length);
    packed = Buffer.concat([answer!, ...others].map((each) => each.packed));
    if (answer!.record.id !== id) problems.push(`${at(capture)} lies another record than the index says`);
    else {
      problems.push(...[answer!, ...others].flatMap(({ record }) => problemsOf(record)));
      body = bodyOf(answer!.record);
      problems.push(...differences(capture, answer!.record, body));
    }
  } catch (error) {
    problems.push(`the answer ${at(capture)} cannot be read: it ${(error as Error).message}`);
  }
  const sealed = open ? { stamp: null, problems: [] } : await sealOf(place, capture, packed, trust);
  return {
    ...{ capture, packed, body, file: open ? "open" : "closed", stamp: sealed.stamp },
    problems: [...problems, ...sealed.problems],
  };
}

/** What of a record does not fit the hashes that it carries itself. */
export function problemsOf({ id, type, headers, block }: WarcRecord): readonly string[] {
  const problems: string[] = [];
  const digest = headers.get("warc-block-digest");
  if (digest !== sha256Digest(block)) problems.push(`the ${type} ${id} does not fit its block digest`);
  const payload = headers.get("warc-payload-digest");
  const held = type === "response" ? readMessage(block).payload : type === "resource" ? block : null;
  if (held !== null && payload !== sha1Digest(held))
    problems.push(`the ${type} ${id} does not fit its payload digest`);
  return problems;
}

function bodyOf(record: WarcRecord): Buffer | null {
  if (record.type === "revisit") return null;
  if (record.type === "resource") return record.block;
  const { headers, payload } = readMessage(record.block);
  // Half a compressed body cannot be checked as a whole.
  if (record.headers.has("warc-truncated")) return null;
  return decodedPayload(payload, headerOf(headers, "content-encoding"));
}

function differences(capture: Capture, record: WarcRecord, body: Buffer | null): readonly string[] {
  const problems: string[] = [];
  if (body !== null && sha256(body) !== capture.sha256)
    problems.push(`the body ${at(capture)} has the SHA-256 ${sha256(body)}, and not ${capture.sha256}`);
  for (const [name, value] of [
    ["WARC-Target-URI", capture.url],
    ["WARC-Date", capture.at],
    ["WARC-Payload-Digest", capture.payload_digest],
    ["Headwater-Body-Digest", `sha256:${capture.sha256}`],
  ] as const) {
    const held = record.headers.get(name.toLowerCase());
    if (held !== value)
      problems.push(`the record ${at(capture)} says ${name} ${held}, and the index ${value}`);
  }
  return problems;
}

/** Whether a closed file's manifest knows the answer, and since when the manifest is as it is. */
async function sealOf(closed: string, capture: Capture, packed: Buffer | null, trust: Trust) {
  const problems: string[] = [];
  const manifest = await readManifest(closed);
  const name = path.basename(closed);
  if (manifest === null) return { stamp: null, problems: [`the manifest of ${name} is gone`] };
  const hash = manifest.get(excerptName(capture.id));
  if (hash === undefined) problems.push(`the manifest of ${name} does not list ${capture.id}`);
  else if (packed !== null && hash !== sha256(packed))
    problems.push(`the answer ${at(capture)} does not fit the manifest of its file`);
  const stamp = await stampOf(closed, trust);
  if (stamp !== null && "problem" in stamp) return { stamp: null, problems: [...problems, stamp.problem] };
  return { stamp, problems };
}

/** The timestamp of a closed file; null when it has none. */
export async function stampOf(
  closed: string,
  { authorities }: Trust,
): Promise<Stamp | { readonly problem: string } | null> {
  const der = await readFile(closed + STAMP).catch(() => null);
  if (der === null) return null;
  const { readStamp } = await import("./stamp.ts");
  const name = path.basename(closed);
  try {
    const stamp = await readStamp(der, await readFile(closed + MANIFEST), { authorities });
    if (stamp.trusted !== false) return stamp;
    return {
      problem: `the timestamp of ${name} is by ${stamp.by}, whose certificate leads to none of evidence.timestamp_ca`,
    };
  } catch (error) {
    return { problem: `the timestamp of ${name} ${(error as Error).message}` };
  }
}

function at({ file, offset }: Capture): string {
  return `at byte ${offset} of ${file}`;
}
