import { createHash } from "node:crypto";
import path from "node:path";
import type { Capture } from "../contracts/capture.ts";
import type { Store } from "../contracts/store.ts";
import { sha256 } from "./digest.ts";
import { OPEN, warcFiles } from "./files.ts";
import { problemsOf, stampOf, type Trust } from "./held.ts";
import { excerptName, readManifest } from "./manifest.ts";
import { uuidOf } from "./record.ts";
import { scan } from "./scan.ts";

export interface FileCheck {
  readonly file: string;
  readonly open: boolean;
  /** Answers that can be read. */
  readonly answers: number;
  /** Of them, those the index does not list: a process ended between the file and the index. The crawl asked again. */
  readonly unlisted: number;
  readonly stamped: boolean;
  readonly problems: readonly string[];
}

/** Reads every file whole and holds it against its hashes, its manifest, its timestamp, and what the index says lies in it. */
export async function* checkFiles(
  folder: string,
  store: Pick<Store, "find">,
  trust: Trust,
): AsyncGenerator<FileCheck> {
  for (const { file, open } of await warcFiles(folder)) {
    const listed = new Map<string, Capture>();
    const query = { kind: "text", field: "file", value: file, prefix: false } as const;
    for await (const capture of store.find("captures", query)) listed.set(capture.id, capture);
    yield await checkFile(path.join(folder, ...file.split("/")), { file, open, listed, trust });
  }
}

interface Asked {
  readonly file: string;
  readonly open: boolean;
  readonly listed: ReadonlyMap<string, Capture>;
  readonly trust: Trust;
}

async function checkFile(closed: string, { file, open, listed, trust }: Asked): Promise<FileCheck> {
  const problems: string[] = [];
  const whole = createHash("sha256");
  const hashes = new Map<string, string>();
  const offsets = new Map<string, number>();
  let last: { readonly id: string; readonly packed: Buffer } | null = null;
  for await (const part of scan(open ? closed + OPEN : closed)) {
    whole.update(part.packed);
    if ("problem" in part) {
      // The record that is being written just now.
      if (!(part.torn && open))
        problems.push(`${file} is damaged at byte ${part.offset}: what lies there ${part.problem}`);
      continue;
    }
    const { record, packed, offset } = part;
    problems.push(...problemsOf(record).map((problem) => `${file}: ${problem}`));
    const of = uuidOf(record.headers.get("warc-concurrent-to") ?? "");
    if (last !== null && of === last.id) last = { id: last.id, packed: Buffer.concat([last.packed, packed]) };
    else {
      last = { id: record.id, packed };
      if (record.type !== "warcinfo") offsets.set(record.id, offset);
    }
    hashes.set(excerptName(last.id), sha256(last.packed));
  }
  for (const { id, url, offset } of listed.values()) {
    if (offsets.get(id) !== offset)
      problems.push(
        `${file} does not hold, at byte ${offset}, the answer ${id} of ${url} that the index lists`,
      );
  }
  let stamped = false;
  if (!open) {
    problems.push(...(await manifestProblems(closed, file, whole.digest("hex"), hashes)));
    const stamp = await stampOf(closed, trust);
    stamped = stamp !== null;
    if (stamp !== null && "problem" in stamp) problems.push(stamp.problem);
  }
  const unlisted = [...offsets.keys()].filter((id) => !listed.has(id)).length;
  return { file, open, answers: offsets.size, unlisted, stamped, problems };
}

async function manifestProblems(
  closed: string,
  file: string,
  whole: string,
  hashes: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const manifest = await readManifest(closed);
  if (manifest === null) return [`${file} has no manifest`];
  const problems: string[] = [];
  if (manifest.get(path.basename(closed)) !== whole)
    problems.push(
      `${file} has the SHA-256 ${whole}, and its manifest says ${manifest.get(path.basename(closed))}`,
    );
  for (const [name, hash] of hashes) {
    const said = manifest.get(name);
    if (said === undefined) problems.push(`${file}: the manifest does not list ${name}`);
    else if (said !== hash) problems.push(`${file}: ${name} does not fit the manifest`);
  }
  for (const name of manifest.keys()) {
    if (name !== path.basename(closed) && !hashes.has(name))
      problems.push(`${file}: ${name} of the manifest cannot be read`);
  }
  return problems;
}
