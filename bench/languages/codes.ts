/** The languages that the bars are about. */
export const WATCHED: ReadonlySet<string> = new Set(
  "en fr zh ru es de ar fa hi pa ko ja vi uk tr".split(" "),
);

const cache = new Map<string, string>();

/**
 * One code for what detectors name differently: ISO 639-1 where there is one, all of Chinese as `zh`, and neighbours
 * that one of the detectors does not part (Norwegian, Malay and Indonesian, Croatian, Bosnian and Serbian) as one.
 */
export function sameCode(code: string): string {
  let same = cache.get(code);
  if (same === undefined) {
    same = fold(code);
    cache.set(code, same);
  }
  return same;
}

const MERGED: Readonly<Record<string, string>> = {
  arz: "ar",
  azb: "az",
  bs: "sr",
  ckb: "ku",
  fil: "tl",
  gan: "zh",
  hr: "sr",
  id: "ms",
  iw: "he",
  lzh: "zh",
  nan: "zh",
  nb: "no",
  nn: "no",
  pnb: "pa",
  sh: "sr",
  wuu: "zh",
  yue: "zh",
};

function fold(code: string): string {
  if (code === "und" || code === "") return "und";
  // fastText's `als` is Alemannic; ISO 639-3 gives the code to Tosk Albanian. Both are beside the bars.
  const [language] = Intl.getCanonicalLocales(code)[0]!.split("-");
  return MERGED[language!] ?? language!;
}
