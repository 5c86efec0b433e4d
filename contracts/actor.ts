import type { Confidence } from "./link.ts";

export const AFFILIATIONS = [
  "state-controlled",
  "state-affiliated",
  "party",
  "public-broadcaster",
  "private",
  "unknown",
] as const;
export type Affiliation = (typeof AFFILIATIONS)[number];

/** Why an affiliation is held to be so: always somebody's judgement, with its date. */
export interface Evidence {
  readonly source: string;
  readonly date: string;
  readonly url?: string | undefined;
  readonly note?: string | undefined;
}

/** The outlet, body or person behind accounts and domains, as analysts registered it. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly affiliation: Affiliation;
  /** Finer class of the cited list, in its own words (e.g. "Captured public media"). */
  readonly typology?: string | undefined;
  readonly country?: string | undefined;
  /** `platform:account-id` */
  readonly accounts: readonly string[];
  /** Registrable or full host names. */
  readonly domains: readonly string[];
  /** Other names it is credited by, in any language. */
  readonly names: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly confidence: Confidence;
  readonly valid_from?: string | undefined;
  readonly valid_to?: string | undefined;
}
