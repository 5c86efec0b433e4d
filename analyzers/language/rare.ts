import type { Vote } from "./models.ts";

/** How often `rareLanguage` was right on texts that left fastText and ELD unsure. */
export const RARE_SHARE = 0.7;

// With a smaller lead over its second choice franc is wrong as often as right.
const LEAD = 0.04;

/** What franc knows and neither fastText nor ELD does, by ISO 639-3: mostly languages of Africa. */
const RARE: Readonly<Record<string, string>> = {
  hau: "ha",
  ibo: "ig",
  zul: "zu",
  xho: "xh",
  sna: "sn",
  sot: "st",
  nso: "nso",
  tsn: "tn",
  tso: "ts",
  ssw: "ss",
  ven: "ve",
  lug: "lg",
  nya: "ny",
  kin: "rw",
  run: "rn",
  lin: "ln",
  aka: "ak",
  bam: "bm",
  wol: "wo",
  ewe: "ee",
  fon: "fon",
  bem: "bem",
  kng: "kg",
  lua: "lua",
  umb: "umb",
  kmb: "kmb",
  tiv: "tiv",
  tpi: "tpi",
};

/** franc's language where it leads, and where neither fastText nor ELD could have named it; else null. */
export function rareLanguage([first, second]: readonly Vote[]): string | null {
  if (first === undefined || first.score - (second?.score ?? 0) < LEAD) return null;
  return RARE[first.label] ?? null;
}
