import type { Vote } from "./models.ts";

/** How often `rareLanguage` was right on texts that left fastText and ELD unsure or hardly knew. */
export const RARE_SHARE = 0.85;

/** What franc knows and fastText and ELD do not, or as good as not (Somali), by ISO 639-3: mostly languages of Africa. */
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
  som: "so",
};

/** franc's language where it leads, by so much, and where fastText and ELD hardly could have named it; else null. */
export function rareLanguage([first, second]: readonly Vote[], lead: number): string | null {
  if (first === undefined || first.score - (second?.score ?? 0) < lead) return null;
  return RARE[first.label] ?? null;
}
