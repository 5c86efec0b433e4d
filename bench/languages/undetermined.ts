import { share, table } from "../copies/tables.ts";
import { readLines } from "../data.ts";
import type { Answered } from "./accuracy.ts";
import type { Detector } from "./peers.ts";

const FOLDERS = ["weibo-cascades", "telegram-ru-news", "ira-coordination", "ira-origins", "cctv-weibo"];

/** How often posts without a word are answered `und`, by what they consist of. */
export function contentless(dataDir: string, detectors: readonly Detector[]): string {
  const kinds = new Map<string, Set<string>>();
  for (const folder of FOLDERS) {
    for (const line of readLines(dataDir, folder, "posts.jsonl.gz")) {
      const { text } = JSON.parse(line) as { readonly text: string };
      const kind = contentlessKind(text);
      if (kind === null) continue;
      const known = kinds.get(kind) ?? new Set();
      kinds.set(kind, known.add(text));
    }
  }
  const all = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = [...all, ["all", new Set(all.flatMap(([, texts]) => [...texts]))] as const].map(
    ([kind, texts]) => [
      kind,
      String(texts.size),
      ...detectors.map(({ detect }) =>
        share([...texts].filter((text) => detect(text) === "und").length, texts.size),
      ),
    ],
  );
  return [
    "Posts of real feeds that hold nothing but addresses, mentions, emoticons, emoji, digits and punctuation, as a " +
      "reader of its own (token by token, not the product's patterns) finds them. Share answered `und` (bar: ≥ 99 %).",
    table(["only", "n", ...detectors.map(({ name }) => name)], rows),
  ].join("\n\n");
}

/** How often running text is answered `und` though it has a language. */
export function undOnLanguage(texts: readonly Answered[], detectors: readonly Detector[]): string {
  const rows = (["sentences", "posts"] as const).flatMap((kind) => {
    const members = texts.filter((text) => text.kind === kind);
    if (members.length === 0) return [];
    return [
      [
        kind,
        String(members.length),
        ...detectors.map((_, i) =>
          share(members.filter(({ answers }) => answers[i] === "und").length, members.length),
        ),
      ],
    ];
  });
  return [
    "Share of labelled texts, all languages, answered `und` (bar: ≤ 0.5 %).",
    table(["texts", "n", ...detectors.map(({ name }) => name)], rows),
  ].join("\n\n");
}

/** What a post without words consists of, or null for one that may have words. */
export function contentlessKind(text: string): string | null {
  const found = new Set<string>();
  for (const token of text.split(/\s+/)) {
    if (token === "") continue;
    const kind = tokenKind(token);
    if (kind === null) return null;
    for (const one of kind) found.add(one);
  }
  if (found.size === 0) return null;
  if (found.size > 1) found.delete("punctuation");
  return found.size > 1 ? "several of these" : [...found][0]!;
}

function tokenKind(token: string): readonly string[] | null {
  if (/^https?:\/\/[\x21-\x7e]+$/.test(token)) return ["addresses"];
  // A name ends at a colon; anything after other punctuation may be words.
  const marks = token.replace(
    /^(?:\/\/)?[@＠][^\s@＠:：，。！？,!?“”"'、；;（）()【】[\]…]{1,30}[:：]?(?=$|[@＠[])/u,
    "@",
  );
  if (marks !== token) {
    const rest = marks.slice(1) === "" ? [] : tokenKind(marks.slice(1));
    return rest === null ? null : ["mentions", ...rest];
  }
  const bare = token.replace(/\[[\p{L}\p{N}]{1,8}\]/gu, "");
  if (/\p{L}/u.test(bare)) return null;
  const kinds = [
    ...(bare === token ? [] : ["[emoticons]"]),
    ...(/\p{Extended_Pictographic}/u.test(bare) ? ["emoji"] : []),
    ...(/\p{N}/u.test(bare) ? ["digits"] : []),
  ];
  return kinds.length > 0 ? kinds : ["punctuation"];
}
