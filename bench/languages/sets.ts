import { namesIn, readLines } from "../data.ts";

export interface LabelledText {
  /** The set it is from; its origin and what its label rests on are in `SETS`. */
  readonly set: string;
  /** The language as the set says it, as a BCP 47 tag. */
  readonly lang: string;
  readonly text: string;
}

export type SetKind = "sentences" | "posts" | "words" | "channels" | "variants";

export interface TextSet {
  readonly name: string;
  readonly kind: SetKind;
  /** Where it can be had, and what its labels rest on. */
  readonly origin: string;
  texts(dataDir: string): readonly LabelledText[];
}

/** Most texts of one set and language: enough for a tenth of a percent, and no language drowns the others. */
const MOST = 1500;

export const SETS: readonly TextSet[] = [
  {
    name: "tatoeba",
    kind: "sentences",
    origin:
      "`languages/tatoeba`: Tatoeba sentences as in facebookresearch/LASER `data/tatoeba/v1`; the contributors' own " +
      "labels. Training data of fastText's lid.176.",
    texts: (dataDir) =>
      namesIn(dataDir, "languages/tatoeba").flatMap((file) => {
        const code = file.split(".")[2]!;
        return labelled("tatoeba", bcp47(code), readLines(dataDir, "languages/tatoeba", file));
      }),
  },
  {
    name: "news translations",
    kind: "sentences",
    origin:
      "`translations`: sources and human references of WMT22 (wmt-conference/wmt22-news-systems); labelled by the " +
      "task's language pair. A few sentences quote another language.",
    texts: (dataDir) => namesIn(dataDir, "translations").flatMap((file) => sentencesOf(dataDir, file)),
  },
  {
    name: "lingua sentences",
    kind: "sentences",
    origin:
      "`lingua-rs` (optional): a checkout of pemistahl/lingua-rs; its author's labels for 75 languages.",
    texts: (dataDir) =>
      namesIn(dataDir, "lingua-rs/language-models").flatMap((code) =>
        labelled(
          "lingua sentences",
          code,
          readLines(dataDir, "lingua-rs/language-models", code, "testdata", "sentences.txt"),
        ),
      ),
  },
  {
    name: "eld tweets",
    kind: "posts",
    origin:
      "`languages/eld/tweets.tsv.gz`: ELD's own benchmark of tweets in de en es fr it nl (nitotm/efficient-language-detector-js).",
    texts: (dataDir) => tabbed(dataDir, "eld tweets", "languages/eld/tweets.tsv.gz"),
  },
  {
    name: "weibo originals",
    kind: "posts",
    origin:
      "`weibo-cascades`: the posts that repost nothing and have two Chinese characters outside marks " +
      "(thunlp/Chinese_Rumor_Dataset); Chinese because Weibo is.",
    texts: weiboOriginals,
  },
  {
    name: "xlm-t",
    kind: "posts",
    origin:
      "`xlm-t` (optional): a checkout of cardiffnlp/xlm-t; tweets labelled by Twitter, with some English ones " +
      "under `de`. Hindi, mostly romanised, is left out.",
    texts: (dataDir) =>
      Object.entries(XLM_T).flatMap(([folder, lang]) =>
        labelled(
          "xlm-t",
          lang,
          ["train", "val", "test"].flatMap((part) =>
            readLines(dataDir, "xlm-t/data/sentiment", folder, `${part}_text.txt`),
          ),
        ),
      ),
  },
  {
    name: "eld words and pairs",
    kind: "words",
    origin:
      "`languages/eld/single-words.tsv.gz`, `word-pairs.tsv.gz`: ELD's own benchmark, many words belong to several languages.",
    texts: (dataDir) => [
      ...tabbed(dataDir, "eld words and pairs", "languages/eld/single-words.tsv.gz"),
      ...tabbed(dataDir, "eld words and pairs", "languages/eld/word-pairs.tsv.gz"),
    ],
  },
  {
    name: "telegram channels",
    kind: "channels",
    origin:
      "`telegram-ru-news`: Russian only because the channels are; some posts are lists of English titles. Reported " +
      "apart (NKTKLN/telegram-news-classifier).",
    texts: (dataDir) => posts(dataDir, "telegram channels", "telegram-ru-news", "ru"),
  },
  {
    name: "cctv",
    kind: "channels",
    origin: "`cctv-weibo`: one broadcaster's posts, simplified Chinese (MineSelf2016/SummerResearch).",
    texts: (dataDir) => posts(dataDir, "cctv", "cctv-weibo", "zh-Hans"),
  },
];

const XLM_T: Readonly<Record<string, string>> = {
  arabic: "ar",
  english: "en",
  french: "fr",
  german: "de",
  italian: "it",
  portuguese: "pt",
  spanish: "es",
};

/** ISO 639-3 of the files to the tag a detector is expected to give; macro-languages under their usual tag. */
export function bcp47(code: string): string {
  const own: Readonly<Record<string, string>> = { tgl: "tl", ind: "id", zsm: "ms", pes: "fa", wuu: "wuu" };
  return own[code] ?? Intl.getCanonicalLocales(code)[0]!;
}

export function labelled(set: string, lang: string, texts: readonly string[]): readonly LabelledText[] {
  const distinct = new Set(texts.map((text) => text.trim()).filter((text) => text !== ""));
  return [...distinct].slice(0, MOST).map((text) => ({ set, lang, text }));
}

function tabbed(dataDir: string, set: string, file: string): readonly LabelledText[] {
  const byLang = new Map<string, string[]>();
  for (const line of readLines(dataDir, file)) {
    const tab = line.indexOf("\t");
    const lang = line.slice(0, tab);
    const texts = byLang.get(lang) ?? [];
    texts.push(line.slice(tab + 1));
    byLang.set(lang, texts);
  }
  return [...byLang].flatMap(([lang, texts]) => labelled(set, lang, texts));
}

function sentencesOf(dataDir: string, file: string): readonly LabelledText[] {
  const [from, to] = file.split(".")[0]!.split("-") as [string, string];
  const documents = readLines(dataDir, "translations", file).map(
    (line) => JSON.parse(line) as { src: string[]; refs: { A?: string[] } },
  );
  return [
    ...labelled(
      "news translations",
      from,
      documents.flatMap(({ src }) => src),
    ),
    ...labelled(
      "news translations",
      to,
      documents.flatMap(({ refs }) => refs.A ?? []),
    ),
  ];
}

function textsOf(
  dataDir: string,
  folder: string,
): readonly { readonly id?: string; readonly text: string }[] {
  return readLines(dataDir, folder, "posts.jsonl.gz").map(
    (line) => JSON.parse(line) as { id?: string; text: string },
  );
}

function posts(dataDir: string, set: string, folder: string, lang: string): readonly LabelledText[] {
  return labelled(
    set,
    lang,
    textsOf(dataDir, folder).map(({ text }) => text),
  );
}

function weiboOriginals(dataDir: string): readonly LabelledText[] {
  const reposts = new Set(
    readLines(dataDir, "weibo-cascades/truth.parents.csv.gz").map((line) => line.split(",")[0]),
  );
  const own = textsOf(dataDir, "weibo-cascades").filter(({ id }) => !reposts.has(`weibo:${id}`));
  return labelled("weibo originals", "zh", own.map(({ text }) => text).filter(hasChinese));
}

/** Two Chinese characters outside addresses, mentions and emoticons: else the label would say nothing of the text. */
function hasChinese(text: string): boolean {
  const bare = text.replace(/https?:\/\/[!-~]+|[@＠][^\s:：]+|\[[^\]]{1,8}\]/g, "");
  return (bare.match(/[\u3400-\u9fff]/g)?.length ?? 0) >= 2;
}
