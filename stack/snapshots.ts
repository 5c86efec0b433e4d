import { StopAll, UsageError } from "../contracts/errors.ts";
import type { JsonService } from "../http/json-service.ts";
import { REPOSITORY, snapshotContent } from "./lifecycle.ts";
import { INDICES } from "./privileges.ts";

export interface Snapshot {
  readonly snapshot: string;
  readonly state: string;
  readonly start_time: string;
  readonly indices: readonly string[];
}

/** What the API answers of a snapshot, besides much else. */
interface Answered {
  readonly snapshot: string;
  readonly state: string;
  readonly start_time: string;
  readonly indices: readonly string[];
  readonly failures?: readonly unknown[];
}

/** Takes a snapshot now and waits for it. Throws StopAll when a shard could not be stored. */
export async function takeSnapshot(
  elasticsearch: JsonService,
  name: string,
  content: object = snapshotContent(),
): Promise<Snapshot> {
  const { snapshot } = (await elasticsearch.expect(
    "PUT",
    `/_snapshot/${REPOSITORY}/${encodeURIComponent(name)}?wait_for_completion=true`,
    content,
  )) as { readonly snapshot: Answered };
  if (snapshot.state !== "SUCCESS") {
    throw new StopAll(
      `The snapshot ${name} is ${snapshot.state}, not whole: ${JSON.stringify(snapshot.failures ?? [])}`,
    );
  }
  return told(snapshot);
}

/** Oldest first. */
export async function listSnapshots(elasticsearch: JsonService): Promise<readonly Snapshot[]> {
  const { snapshots } = (await elasticsearch.expect("GET", `/_snapshot/${REPOSITORY}/_all`)) as {
    readonly snapshots: readonly Answered[];
  };
  return snapshots.map(told).sort((a, b) => (a.start_time < b.start_time ? -1 : 1));
}

export interface Restored {
  readonly indices: readonly string[];
  /** Snapshot of what was there before; null when nothing was. */
  readonly before: string | null;
}

/**
 * Puts the indices of a snapshot in the place of those that are there, of which it takes a snapshot first. The
 * workers must be stopped: what they would write meanwhile would be lost.
 */
export async function restoreSnapshot(
  elasticsearch: JsonService,
  name: string,
  now: () => Date,
): Promise<Restored> {
  const known = await listSnapshots(elasticsearch);
  const wanted = known.find(({ snapshot }) => snapshot === name);
  if (wanted === undefined) {
    const names = known.map(({ snapshot }) => snapshot).join(", ");
    throw new UsageError(`There is no snapshot "${name}"; there are ${names || "none yet"}.`);
  }
  if (wanted.state !== "SUCCESS") {
    throw new UsageError(`The snapshot "${name}" is ${wanted.state}, not whole; choose another.`);
  }
  const ours = wanted.indices.filter((index) => index.startsWith("headwater-"));
  const present = (await elasticsearch.expect(
    "GET",
    `/_cat/indices/${INDICES.join(",")}?format=json&h=index`,
  )) as readonly { readonly index: string }[];
  const before = present.length === 0 ? null : snapshotName("before-restore", now());
  if (before !== null)
    await takeSnapshot(elasticsearch, before, { ...snapshotContent(), feature_states: ["none"] });
  // An index of the same name cannot be restored over; one that the snapshot lacks would be mixed in.
  for (const { index } of present) await elasticsearch.expect("DELETE", `/${index}`);
  const { snapshot } = (await elasticsearch.expect(
    "POST",
    `/_snapshot/${REPOSITORY}/${encodeURIComponent(name)}/_restore?wait_for_completion=true`,
    { indices: ours.join(","), include_global_state: false, include_aliases: true },
  )) as { readonly snapshot: { readonly shards: { readonly failed: number } } };
  if (snapshot.shards.failed > 0)
    throw new StopAll(`${snapshot.shards.failed} shards could not be restored.`);
  return { indices: ours, before };
}

/** Elasticsearch wants names in lower case; to the second, so that two on one day differ. */
export function snapshotName(prefix: string, at: Date): string {
  return `${prefix}-${at.toISOString().slice(0, 19).replaceAll(":", "").toLowerCase()}`;
}

function told({ snapshot, state, start_time, indices }: Answered): Snapshot {
  return { snapshot, state, start_time, indices };
}
