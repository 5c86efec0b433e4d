import { type ExportKind, type Profile, profilesOf, type SharingOptions } from "../../config/sharing.ts";
import { UsageError } from "../../contracts/errors.ts";
import type { Format } from "../../reports/interchange/format.ts";
import { formats } from "../../reports/interchange/index.ts";

/** What is to be written, in which form, by which profile: all of it allowed and possible. */
export interface Plan {
  readonly kind: ExportKind;
  readonly format: Format;
  readonly profile: Profile;
}

interface Wanted {
  readonly kind: ExportKind | undefined;
  readonly format: string;
  readonly profile?: string;
}

/** Throws a UsageError that says what is possible instead. */
export function planOf(sharing: SharingOptions, wanted: Wanted): Plan {
  const format = formats.find(({ name }) => name === wanted.format)!;
  const kind = kindOf(format, wanted.kind);
  const profile = profileOf(sharing, wanted.profile ?? (format.name === "jsonl" ? "own" : "default"));
  for (const needed of [kind, ...(format.carries[kind] ?? [])]) {
    if (profile.kinds.includes(needed)) continue;
    const why = needed === kind ? "" : `, and ${format.name} of ${kind} carries them`;
    throw new UsageError(
      `the profile ${profile.name} does not share ${needed}${why}; it shares ${listed(profile.kinds, "and")} (sharing.profiles in the config)`,
    );
  }
  return { kind, format, profile };
}

function kindOf(format: Format, kind: ExportKind | undefined): ExportKind {
  if (kind === undefined) {
    if (format.hasDefaultKind) return format.kinds[0]!;
    throw new UsageError(`say what to write as ${format.name}: ${listed(format.kinds, "or")}`);
  }
  if (format.kinds.includes(kind)) return kind;
  const others = formats.filter(({ kinds }) => kinds.includes(kind)).map(({ name }) => name);
  throw new UsageError(
    `${kind} cannot be written as ${format.name}, which is made of ${listed(format.kinds, "or")}; ${kind} can be written as ${listed(others, "or")}`,
  );
}

function profileOf(sharing: SharingOptions, name: string): Profile {
  const profiles = profilesOf(sharing);
  const profile = profiles.get(name);
  if (profile !== undefined) return profile;
  throw new UsageError(
    `there is no profile ${name}; there are ${listed([...profiles.keys()], "and")} (sharing.profiles in the config)`,
  );
}

function listed(words: readonly string[], last: "and" | "or"): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}
