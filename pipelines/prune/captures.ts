import type { Capture } from "../../contracts/capture.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Store } from "../../contracts/store.ts";
import { removeFile, warcFiles } from "../../evidence/files.ts";
import { Count, type Tally } from "./tally.ts";

export interface EvidenceAsked {
  readonly store: Store;
  readonly folder: string;
  readonly before: string;
  /** Posts that are about to go: what bears on them alone is needed no more. */
  readonly without: ReadonlySet<PostId>;
}

export interface EvidencePlan {
  readonly tallies: readonly Tally[];
  /** Files, each with the captures in it. */
  readonly remove: ReadonlyMap<string, readonly string[]>;
}

type Old = Pick<Capture, "id" | "sha256" | "url" | "requested_url" | "file" | "repeats" | "hops">;

/**
 * Which files of the evidence go: closed ones in which every answer is older than what is kept and bears on no post that
 * stays. A file goes whole or not at all: its manifest and its timestamp are of the whole.
 */
export async function planEvidence({ store, folder, before, without }: EvidenceAsked): Promise<EvidencePlan> {
  const here = new Map((await warcFiles(folder)).map(({ file, open }) => [file, open]));
  const old = new Map<string, Old>();
  const needed = new Set<string>();
  const next: Old[] = [];
  const captures = new Count("captures");
  const own = new Map<string, string[]>();
  for await (const capture of store.find("captures", { kind: "all" })) {
    const { id, sha256, url, requested_url, file, repeats, hops } = capture;
    const kept = { id, sha256, url, requested_url, file, repeats, hops };
    old.set(id, kept);
    own.set(file, [...(own.get(file) ?? []), id]);
    if (capture.at >= before) {
      needed.add(id);
      next.push(kept);
    }
  }
  const recent = new Set(needed);
  const by = new Map<string, Old[]>();
  for (const each of old.values())
    for (const name of new Set([each.sha256, each.url, each.requested_url])) {
      const same = by.get(name);
      if (same === undefined) by.set(name, [each]);
      else same.push(each);
    }
  const take = (each: Old | undefined) => {
    if (each === undefined || needed.has(each.id)) return;
    needed.add(each.id);
    next.push(each);
  };
  for await (const { post, sha256, url } of store.bearings()) {
    if (without.has(post)) continue;
    for (const name of [sha256, url]) if (name !== null) for (const each of by.get(name) ?? []) take(each);
  }
  // What an answer leans on: the redirects that led there, and the bytes that came again.
  for (let each = next.pop(); each !== undefined; each = next.pop()) {
    if (each.repeats !== null) take(old.get(each.repeats));
    for (const hop of each.hops) take(old.get(hop));
  }

  const files = new Count("evidence files");
  const remove = new Map<string, readonly string[]>();
  for (const [file, ids] of own) {
    const open = here.get(file);
    const keeps = ids.filter((id) => needed.has(id));
    if (open === false && keeps.length === 0) {
      files.remove();
      captures.remove(ids.length);
      remove.set(file, ids);
      continue;
    }
    files.keep(open === undefined ? "on another machine" : open ? "still written" : "needed");
    captures.keep("recent", ids.filter((id) => recent.has(id)).length);
    captures.keep("a post that stays bears on it", keeps.filter((id) => !recent.has(id)).length);
    captures.keep("beside another in its file", ids.length - keeps.length);
  }
  for (const [file, open] of here)
    if (!own.has(file)) files.keep(open ? "still written" : "no capture tells of it");
  return { tallies: [captures.tally, files.tally], remove };
}

/** Written down before the first file goes, so that a run that was broken off is ended by the next. */
const NOTE = "prune: evidence files";

export async function removeEvidence(
  store: Store,
  folder: string,
  files: EvidencePlan["remove"],
): Promise<void> {
  if (files.size > 0) await store.cursors.write(NOTE, [...files]);
  await endRemoval(store, folder);
}

/** What an earlier run had written down and perhaps not ended. */
export async function endRemoval(store: Store, folder: string): Promise<void> {
  const noted = ((await store.cursors.read(NOTE)) ?? []) as readonly (readonly [string, readonly string[]])[];
  if (noted.length === 0) return;
  for (const [file, ids] of noted) {
    await removeFile(folder, file);
    await store.removeRecords("captures", ids);
  }
  await store.cursors.write(NOTE, []);
}
