import { detectLanguage } from "../../analyzers/language/index.ts";
import { share, table } from "../copies/tables.ts";
import { type Half, halfOf, namesIn, readLines } from "../data.ts";
import { labelled, SETS } from "./sets.ts";

interface Variant {
  readonly name: string;
  readonly truth: string;
  readonly texts: readonly string[];
}

/** Simplified, traditional and Cantonese told apart. No JavaScript peer answers the three. */
export async function variants(dataDir: string, half: Half | "all"): Promise<string> {
  const rows = (await variantSets(dataDir)).flatMap(({ name, truth, texts }) => {
    const measured = texts.filter((text) => half === "all" || halfOf(text) === half);
    if (measured.length === 0) return [];
    const answers = measured.map((text) => detectLanguage(text).lang);
    const of = (tag: string) => answers.filter((answer) => answer === tag).length;
    const other = answers.length - of("zh-Hans") - of("zh-Hant") - of("yue") - of("zh");
    return [
      [
        name,
        truth,
        String(answers.length),
        ...["zh-Hans", "zh-Hant", "yue", "zh"].map((tag) => share(of(tag), answers.length)),
        share(other, answers.length),
        share(of(truth), answers.length - of("zh")),
      ],
    ];
  });
  return [
    "`zh` is the answer where no character decides (我不知道 is the same in both scripts); the last column leaves it out " +
      "(bars: Cantonese ≥ 90 %, traditional and simplified ≥ 97 %).",
    table(
      ["set", "truth", "n", "zh-Hans", "zh-Hant", "yue", "zh", "no Chinese", "right where decided"],
      rows,
    ),
  ].join("\n\n");
}

async function variantSets(dataDir: string): Promise<readonly Variant[]> {
  const simplified = SETS.filter(({ name }) => name === "news translations").flatMap((set) =>
    set
      .texts(dataDir)
      .filter(({ lang }) => lang === "zh")
      .map(({ text }) => text),
  );
  const cctv = SETS.find(({ name }) => name === "cctv")!.texts(dataDir);
  const { Converter } = await import("opencc-js");
  const toTaiwan = Converter({ from: "cn", to: "twp" });
  const toHongKong = Converter({ from: "cn", to: "hk" });
  return [
    { name: "Tatoeba, Cantonese", truth: "yue", texts: tatoeba(dataDir, "yue") },
    { name: "UD Cantonese-HK (optional)", truth: "yue", texts: treebank(dataDir, "yue_hk") },
    { name: "UD Chinese-GSD (optional)", truth: "zh-Hant", texts: treebank(dataDir, "zh_gsd") },
    { name: "UD Chinese-HK (optional)", truth: "zh-Hant", texts: treebank(dataDir, "zh_hk") },
    // The table was made from the same data: this shows that nothing is lost on the way, not that it is right.
    { name: "news, made traditional (Taiwan)", truth: "zh-Hant", texts: simplified.map(toTaiwan) },
    { name: "news, made traditional (Hong Kong)", truth: "zh-Hant", texts: simplified.map(toHongKong) },
    { name: "news translations", truth: "zh-Hans", texts: simplified },
    { name: "CCTV on Weibo", truth: "zh-Hans", texts: cctv.map(({ text }) => text) },
  ];
}

function tatoeba(dataDir: string, code: string): readonly string[] {
  const lines = readLines(dataDir, "languages/tatoeba", `tatoeba.${code}-eng.${code}.gz`);
  return labelled("tatoeba", code, lines).map(({ text }) => text);
}

/** The sentences of a Universal Dependencies treebank, from a checkout laid into the folder `ud`. */
function treebank(dataDir: string, prefix: string): readonly string[] {
  const lines = namesIn(dataDir, "ud")
    .filter((name) => name.startsWith(prefix) && name.endsWith(".conllu"))
    .flatMap((name) => readLines(dataDir, "ud", name));
  const texts = lines.filter((line) => line.startsWith("# text = ")).map((line) => line.slice(9));
  return labelled("ud", prefix, texts).map(({ text }) => text);
}
