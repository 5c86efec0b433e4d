import { readFile } from "node:fs/promises";
import path from "node:path";
import { sha256 } from "./digest.ts";
import { MANIFEST, placeOf, STAMP } from "./files.ts";
import type { Held } from "./held.ts";
import { excerptName } from "./manifest.ts";
import type { PostEvidence } from "./of-post.ts";
import { readme } from "./readme.ts";
import { scan } from "./scan.ts";

/** Files of a bundle by their path, in the order in which they are listed. */
export type Bundle = ReadonlyMap<string, Uint8Array>;

export interface BundleParts {
  readonly evidence: PostEvidence;
  /** Every answer of it, read and checked. */
  readonly held: readonly Held[];
  readonly exported_at: string;
}

/**
 * What a third party can check with tools of its own: the answers as WARC files, the bodies, the post, the manifests with
 * their timestamps, and how to. Answers that cannot be read are named in the README's place for it, not left out in silence.
 */
export async function bundleOf(
  folder: string,
  { evidence, held, exported_at }: BundleParts,
): Promise<Bundle> {
  const files = new Map<string, Uint8Array>();
  const manifests = new Set<string>();
  for (const { capture, packed, body, file } of held) {
    if (packed !== null) files.set(`warc/${excerptName(capture.id)}`, packed);
    if (body !== null) files.set(`bodies/${capture.id}.bin`, body);
    if (file === "closed") manifests.add(capture.file);
  }
  for (const file of [...manifests].sort()) {
    const closed = placeOf(folder, file)!;
    for (const beside of [MANIFEST, STAMP]) {
      const bytes = await readFile(closed + beside).catch(() => null);
      if (bytes !== null) files.set(`manifests/${path.basename(closed)}${beside}`, bytes);
    }
    const info = await fileInfo(closed);
    if (info !== null) files.set(`warc/${excerptName(info.id)}`, info.packed);
  }
  const { post, versions, visits, captures, further, without } = evidence;
  const all = [...captures.map(({ capture }) => capture), ...further];
  files.set("post.json", json({ post, versions, visits }));
  files.set(
    "captures.json",
    json({
      exported_at,
      captures: captures.map(({ capture, bears }) => ({ bears, ...capture })),
      further,
      without_capture: without,
      problems: held.flatMap(({ problems }) => problems),
    }),
  );
  files.set("README.md", Buffer.from(readme({ post, held, without, captures: all.length })));
  const sums = [...files].map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`);
  files.set("SHA256SUMS", Buffer.from(sums.join("")));
  return files;
}

/** The warcinfo record that a file begins with: who made it, and how. */
async function fileInfo(closed: string): Promise<{ readonly id: string; readonly packed: Buffer } | null> {
  for await (const part of scan(closed)) {
    return "problem" in part || part.record.type !== "warcinfo"
      ? null
      : { id: part.record.id, packed: part.packed };
  }
  return null;
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}
