import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { zipSync } from "fflate";
import { MESSAGE_STATUS } from "../contracts/capture.ts";
import { UsageError } from "../contracts/errors.ts";
import type { Log } from "../contracts/log.ts";
import type { Store } from "../contracts/store.ts";
import type { Bundle } from "../evidence/bundle.ts";
import { checkFiles, type FileCheck } from "../evidence/check-files.ts";
import type { Held, Trust } from "../evidence/held.ts";
import type { Bears, PostEvidence } from "../evidence/of-post.ts";
import { EXIT } from "./exit.ts";

const BEARS: Readonly<Record<Bears | "further", string>> = {
  wording: "the post was read from it",
  visit: "it told what had become of the post",
  address: "another answer of its address",
  further: "a redirect on the way, or the same bytes earlier",
};

/** What is held of a post, for people. */
export function evidenceLines(
  { post, captures, without }: PostEvidence,
  held: readonly Held[],
): readonly string[] {
  const bears = new Map(captures.map((each) => [each.capture.id, each.bears]));
  const lines = [post];
  for (const { capture, file, stamp, problems } of held) {
    const { id, at, status, url, requested_url, sha256, bytes, repeats } = capture;
    lines.push(
      "",
      `${at}  ${status === MESSAGE_STATUS ? "message" : status}  ${url}`,
      `  ${BEARS[bears.get(id) ?? "further"]}`,
      ...(requested_url === url ? [] : [`  asked for as ${requested_url}`]),
      `  SHA-256 ${sha256}, ${bytes.toLocaleString("en")} bytes${repeats === null ? "" : `; the bytes lie in ${repeats}`}`,
      `  ${capture.file}, byte ${capture.offset}, ${capture.length} bytes; record ${id}`,
      file === "open"
        ? "  the file is still written: it has no manifest yet"
        : stamp === null
          ? "  no timestamp"
          : `  its manifest was there at ${stamp.at}, says ${stamp.by}${stamp.trusted === null ? " (not held against an authority: name one in evidence.timestamp_ca)" : ""}`,
      ...problems.map((problem) => `  ! ${problem}`),
    );
  }
  for (const hash of without)
    lines.push(
      "",
      `SHA-256 ${hash}`,
      "  no answer is held of these bytes: imported, or collected without evidence",
    );
  if (held.length === 0 && without.length === 0)
    lines.push("  nothing is held: it was imported without a hash");
  return lines;
}

interface Everything {
  readonly folder: string;
  readonly store: Store;
  readonly trust: Trust;
  readonly log: Log;
}

/** Every file, and every entry of the index that leads to none. */
export async function verifyAllLines({ folder, store, trust, log }: Everything) {
  const files: FileCheck[] = [];
  const problems: string[] = [];
  const seen = new Set<string>();
  for await (const file of checkFiles(folder, store, trust)) {
    seen.add(file.file);
    problems.push(...file.problems);
    files.push(file);
    log.progress("evidence", files.length, null);
  }
  const absent = new Map<string, number>();
  for await (const { file } of store.find("captures", { kind: "all" }))
    if (!seen.has(file)) absent.set(file, (absent.get(file) ?? 0) + 1);
  for (const [file, count] of absent)
    problems.push(
      `${file} is not in ${folder}, and the index lists ${count} answers in it; it may lie where another machine collects`,
    );
  const sum = (of: (file: (typeof files)[number]) => number) =>
    files.reduce((all, file) => all + of(file), 0);
  const answers = sum((file) => file.answers);
  const unlisted = sum((file) => file.unlisted);
  const stamped = files.filter((file) => file.stamped).length;
  const summary = [
    `${files.length} files, ${answers} answers, ${stamped} timestamps`,
    ...(unlisted > 0
      ? [`${unlisted} answers are in no index: a process ended there, and the crawl asked again`]
      : []),
    problems.length === 0 ? "every hash fits" : `${problems.length} problems`,
  ].join("; ");
  return { lines: problems, summary, failed: problems.length > 0, data: { files, problems, unlisted } };
}

/** Into a folder of its own, or a zip file; what is there already is not written over. */
export async function writeBundle(bundle: Bundle, out: string): Promise<void> {
  if (existsSync(out)) throw new UsageError(`${out} is there already; name another`, EXIT.cannotCreate);
  if (/\.zip$/i.test(out)) {
    const name = path.basename(out, path.extname(out));
    const entries = Object.fromEntries([...bundle].map(([file, bytes]) => [`${name}/${file}`, bytes]));
    await mkdir(path.dirname(path.resolve(out)), { recursive: true });
    await writeFile(`${out}.new`, zipSync(entries, { level: 6 }));
    await rename(`${out}.new`, out);
    return;
  }
  for (const [file, bytes] of bundle) {
    const to = path.join(out, ...file.split("/"));
    await mkdir(path.dirname(to), { recursive: true });
    await writeFile(to, bytes);
  }
}
