import { wordingOf, wordingText } from "../../text/wording.ts";
import type { Half } from "../data.ts";
import type { PeerAnswer } from "../peers/protocol.ts";
import { DATASKETCH, OURS, type Peer, PeerMissing, RENSA_32, runPeer } from "../peers/run.ts";
import { type Random, randomFrom } from "../simulator/random.ts";
import { EDITS, type Edit, FIRST_EDITS, type Material } from "./edits/kit.ts";
import { type KitLanguage, vocabularyOf } from "./edits/synonyms.ts";
import { type KitTexts, kitTexts } from "./kit-material.ts";
import { containment, shingleSets } from "./shingles.ts";
import { count, share, table } from "./tables.ts";

const LANGUAGES: readonly KitLanguage[] = ["zh", "en"];
/** A match that shares less than this share of the smaller text's short grams is a false one. */
const UNRELATED = 0.2;

interface Query {
  readonly text: string;
  /** Null: a stranger, which should find nothing. */
  readonly edit: string | null;
  readonly language: KitLanguage;
  readonly base: number;
}

interface Kit {
  readonly documents: readonly string[];
  readonly titles: readonly (string | null)[];
  readonly queries: readonly Query[];
}

interface Result {
  readonly peer: Peer;
  readonly raw: boolean;
  readonly answer: PeerAnswer;
}

/** Edited copies of real texts against an index of real texts: what each contender finds again. */
export async function editKit(
  dataDir: string,
  size: { readonly bases: number; readonly crowd: number; readonly half: Half | "all" },
  say: (line: string) => void,
): Promise<string> {
  const texts = { zh: kitTexts(dataDir, "zh", size), en: kitTexts(dataDir, "en", size) };
  const kit = makeKit(texts);
  if (kit.documents.length === 0) return "No set of posts was found, so edits were not measured.";
  say(
    `${count(kit.queries.length)} edited and unrelated texts against ${count(kit.documents.length)} documents`,
  );
  const results: Result[] = [];
  const missing: string[] = [];
  for (const { peer, raw } of [
    { peer: OURS, raw: true },
    { peer: DATASKETCH, raw: true },
    { peer: DATASKETCH, raw: false },
    { peer: RENSA_32, raw: false },
  ]) {
    try {
      const answer = await runPeer(peer, taskFor(kit, peer === OURS, raw));
      results.push({ peer, raw, answer });
      say(`${peer.name}: ${count(kit.queries.length / answer.stages.queries!)} queries a second`);
    } catch (error) {
      if (!(error instanceof PeerMissing)) throw error;
      missing.push(`${error.message}.`);
    }
  }
  return [
    `${count(texts.zh.posts.length)} Chinese and ${count(texts.en.posts.length)} English posts of at least 80 letters (a Han character counts two), ${count(texts.zh.documents.length)} and ` +
      `${count(texts.en.documents.length)} documents and ${count(texts.zh.titled.length)} and ${count(texts.en.titled.length)} posts with a headline as bases, ${size.half === "all" ? "both halves" : `the ${size.half} half`} of a split by hash, ` +
      `in an index of ${count(kit.documents.length)}. ` +
      "Commentary and noise are other real posts; of each document six paragraphs are lifted. Synonyms come from a small table of the bench's own, topped up with words of the same length out of other posts, which is harder. " +
      "Found: a link, suggested or asserted, to the very base; asserted in brackets. Cells are Chinese / English. The peers' second columns are given Headwater's folded text.",
    "",
    recallTable(kit, results),
    "",
    falseTable(kit, results),
    ...missing,
  ].join("\n");
}

function makeKit(texts: Readonly<Record<KitLanguage, KitTexts>>): Kit {
  const documents: string[] = [];
  const titles: (string | null)[] = [];
  const queries: Query[] = [];
  const add = (text: string, title: string | null) => {
    titles.push(title);
    return documents.push(text) - 1;
  };
  for (const language of LANGUAGES) {
    const { posts, titled, documents: long, crowd, others, strangers } = texts[language];
    if (others.length === 0) continue;
    const material: Material = { language, others, vocabulary: vocabularyOf(others, language) };
    const random = randomFrom(`kit ${language}`);
    const bases = { posts, titled, documents: long };
    const places = {
      posts: posts.map(({ text, title }) => add(text, title)),
      titled: titled.map(({ text, title }) => add(text, title)),
      documents: long.map(({ text, title }) => add(text, title)),
    };
    for (const edit of EDITS) {
      for (const [i, { text, title }] of bases[edit.bases].entries()) {
        // Where the edit changes what is indexed, the changed text stands beside the base as a document of its own.
        const base =
          edit.indexed === undefined
            ? places[edit.bases][i]!
            : add(edit.indexed(text, material, random), null);
        for (let time = 0; time < (edit.times ?? 1); time++)
          queries.push({
            text: edit.make(text, material, random, title ?? ""),
            edit: edit.name,
            language,
            base,
          });
      }
    }
    for (const text of crowd) add(text, null);
    for (const text of strangers) queries.push({ text, edit: null, language, base: -1 });
  }
  return { documents, titles, queries: mixed(queries, randomFrom("queries")) };
}

/** Peers know no titles: a title is the first line of what they index. */
function taskFor(kit: Kit, ours: boolean, raw: boolean): Parameters<typeof runPeer>[1] {
  const form = (text: string) => (raw ? text : wordingText(wordingOf(text)));
  const queries = kit.queries.map(({ text }) => form(text));
  if (ours) return { task: "queries", documents: kit.documents, titles: kit.titles, queries };
  const documents = kit.documents.map((text, i) =>
    form(kit.titles[i] == null ? text : `${kit.titles[i]}\n${text}`),
  );
  return { task: "queries", documents, queries };
}

function recallTable(kit: Kit, results: readonly Result[]): string {
  const found = (matches: readonly (readonly number[])[], edit: Edit, language: KitLanguage) => {
    let [hits, all] = [0, 0];
    for (const [i, query] of kit.queries.entries()) {
      if (query.edit !== edit.name || query.language !== language) continue;
      all++;
      if (matches[i]!.includes(query.base)) hits++;
    }
    return all === 0 ? null : hits / all;
  };
  const columns = results.flatMap((result) => {
    const name = `${result.peer.name}${result.peer === OURS ? "" : result.raw ? ", raw" : ", folded"}`;
    const of = (matches: readonly (readonly number[])[]) => ({
      zh: (edit: Edit) => found(matches, edit, "zh"),
      en: (edit: Edit) => found(matches, edit, "en"),
    });
    const columns = [{ name, of: of(result.answer.matches) }];
    if (result.answer.asserted !== undefined)
      columns.push({ name: "(asserted)", of: of(result.answer.asserted) });
    return columns;
  });
  const cell = (zh: number | null, en: number | null) =>
    [zh, en].map((value) => (value === null ? "–" : (value * 100).toFixed(1))).join(" / ");
  const mean = (of: (edit: Edit) => number | null, edits: readonly Edit[]) => {
    const values = edits.map(of).filter((value) => value !== null);
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const means = (name: string, edits: readonly Edit[]) => [
    name,
    ...columns.map(({ of }) => cell(mean(of.zh, edits), mean(of.en, edits))),
  ];
  return table(
    ["edit, recall %", ...columns.map(({ name }) => name)],
    [
      ...EDITS.map((edit) => [edit.name, ...columns.map(({ of }) => cell(of.zh(edit), of.en(edit)))]),
      means("**mean of the first 15**", FIRST_EDITS),
      means("**mean of all**", EDITS),
    ],
  );
}

function falseTable(kit: Kit, results: readonly Result[]): string {
  const rows = results.map(({ peer, raw, answer }) => {
    const strangers = (language: KitLanguage, matches: readonly (readonly number[])[]) => {
      const own = kit.queries.flatMap((query, i) =>
        query.edit === null && query.language === language ? [matches[i]!] : [],
      );
      return share(own.filter((each) => each.length > 0).length, own.length);
    };
    const both = (matches: readonly (readonly number[])[]) =>
      `${strangers("zh", matches)} / ${strangers("en", matches)}`;
    const perMillion = (matches: readonly (readonly number[])[]) =>
      ((1e6 * falseMatches(kit, matches)) / (kit.queries.length * kit.documents.length)).toFixed(3);
    return [
      `${peer.name}${peer === OURS ? "" : raw ? ", raw" : ", folded"}`,
      both(answer.matches),
      answer.asserted === undefined ? "–" : both(answer.asserted),
      perMillion(answer.matches),
      answer.asserted === undefined ? "–" : perMillion(answer.asserted),
      count(kit.documents.length / (answer.seconds - answer.stages.queries!)),
      count(kit.queries.length / answer.stages.queries!),
    ];
  });
  return table(
    [
      "contender",
      "strangers matched",
      "asserted",
      "false links a million pairs",
      "asserted",
      "documents added/s",
      "edited queries/s",
    ],
    rows,
  );
}

/** Matches whose texts share next to nothing: three-character grams for Chinese, five for the rest. */
function falseMatches(kit: Kit, matches: readonly (readonly number[])[]): number {
  const pairs: [string, string][] = [];
  for (const [i, query] of kit.queries.entries()) {
    for (const document of matches[i]!) {
      if (document !== query.base)
        pairs.push([query.text, `${kit.titles[document] ?? ""}\n${kit.documents[document]}`]);
    }
  }
  const folded = pairs.flat().map((text) => wordingText(wordingOf(text)));
  const sets = shingleSets(folded, (text) => (/\p{Script=Han}/u.test(text) ? 3 : 5));
  return pairs.filter((_, i) => containment(sets, 2 * i, 2 * i + 1) < UNRELATED).length;
}

function mixed(queries: readonly Query[], random: Random): readonly Query[] {
  return random.shuffled(queries);
}
