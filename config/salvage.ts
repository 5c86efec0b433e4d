import type { PathPart } from "./problem.ts";
import { type Config, configSchema } from "./schema.ts";

/**
 * The config that is left when what is wrong is taken out, so that the checks which need a whole config can still
 * tell their problems at once. Lists keep their length: a path such as `sources[2]` stays true. It is never run.
 */
export function salvage(value: unknown, wrong: readonly (readonly PathPart[])[]): Config {
  const copy: unknown = structuredClone(value ?? {});
  // Later siblings first, so that nothing moves under a path that is still to be visited.
  for (const path of wrong) repair(copy, path);
  const read = configSchema.safeParse(copy);
  return read.success ? read.data : configSchema.parse({});
}

function repair(root: unknown, path: readonly PathPart[]): void {
  const [list, index] = path;
  if (typeof root !== "object" || root === null || list === undefined) return;
  const top = root as Record<PathPart, unknown>;
  const items = top[list];
  if ((list === "sources" || list === "actors") && typeof index === "number" && Array.isArray(items)) {
    items[index] = list === "sources" ? sourceInstead(items[index], index) : actorInstead(index);
  } else delete top[list];
}

/** A source keeps what can be checked of it. */
function sourceInstead(given: unknown, index: number): unknown {
  const source = typeof given === "object" && given !== null && !Array.isArray(given) ? given : {};
  const {
    name,
    collector,
    every,
    enabled: _,
    group: __,
    schedule: ___,
    ...options
  } = source as Readonly<Record<string, unknown>>;
  return {
    ...options,
    name: typeof name === "string" && name !== "" ? name : `sources[${index}]`,
    collector: typeof collector === "string" ? collector : "",
    ...(typeof every === "string" ? { every } : {}),
  };
}

function actorInstead(index: number): unknown {
  return {
    id: `actors-${index}`,
    name: `actors[${index}]`,
    affiliation: "unknown",
    evidence: [{ source: "none", date: "2000-01-01" }],
    confidence: "low",
  };
}
