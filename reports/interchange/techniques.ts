import { disarmTechniques } from "../../config/disarm.ts";
import type { TechniqueMapping } from "../../config/sharing.ts";
import type { Link, Relation } from "../../contracts/link.ts";

const COPIES: ReadonlySet<Relation> = new Set(["copy", "near-copy", "excerpt", "copy-with-commentary"]);

/**
 * Which of the mappings that analysts made a link falls under. What is only suggested, or was rejected, falls under none;
 * nor does anything nobody mapped.
 */
export function techniquesOf(link: Link, mappings: readonly TechniqueMapping[]): readonly TechniqueMapping[] {
  const holds = link.verdict === null ? link.status === "asserted" : link.verdict === "confirmed";
  if (!holds) return [];
  const isCopy = COPIES.has(link.relation);
  return mappings.filter(
    ({ finding }) =>
      finding === link.relation ||
      (isCopy && finding === "uncredited-copy" && link.credit === "uncredited") ||
      (isCopy && finding === "credited-copy" && link.credit === "credited"),
  );
}

export function techniqueName(id: string): string {
  return disarmTechniques.get(id)!;
}

/** A tag of a technique says what somebody decided, and this says who. */
export function mappingText({ finding, technique, by, date, note }: TechniqueMapping): string {
  const why = note === undefined ? "" : ` Their note: ${note}`;
  return `${by} decided on ${date} that the finding “${finding}” stands for DISARM ${technique} (${techniqueName(technique)}). The finding itself says nothing of intent.${why}`;
}
