/**
 * Writes analyzers/language/ngram-hashes.json and ngram-scores.json from the large table of eld (Apache-2.0). Run it again after eld is raised:
 * `node scripts/language-table.ts` (it needs about 600 MB for a moment, which is why the product does not do this).
 */
import { writeFileSync } from "node:fs";
import { LAST, type NgramTable, ngramHash } from "../analyzers/language/ngrams.ts";

interface EldTable {
  readonly languages: Readonly<Record<string, string>>;
  readonly ngrams: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Their script alone decides, or scripts and kana do (ja, zh): the n-grams are not asked. */
const DECIDED_BY_SCRIPT = new Set("el gu hy ja ka kn ko lo ml or pa ta te th zh".split(" "));

if (import.meta.main) {
  // Two files, so that neither is larger than what tools take for source.
  const { entries, ...hashes } = await languageTable();
  write("ngram-hashes.json", hashes);
  write("ngram-scores.json", { entries });
}

function write(name: string, content: object): void {
  const target = new URL(`../analyzers/language/${name}`, import.meta.url);
  writeFileSync(target, `${JSON.stringify(content, null, 2)}\n`);
}

export async function languageTable(): Promise<NgramTable> {
  const eld = new URL(".", import.meta.resolve("eld/large"));
  const { ngramsData } = (await import(new URL("../ngrams/large.js", eld).href)) as { ngramsData: EldTable };
  const { dictionary } = (await import(new URL("../dictionary.js", eld).href)) as { dictionary: string[] };
  const byteOf = new Map<string, number>();
  for (let byte = 0x80; byte < 0x100; byte++)
    if (dictionary[byte] !== " ") byteOf.set(dictionary[byte]!, byte);

  const kept = Object.entries(ngramsData.languages).filter(([, code]) => !DECIDED_BY_SCRIPT.has(code));
  const place = new Map(kept.map(([id], at) => [id, at]));
  const ngrams = Object.entries(ngramsData.ngrams).flatMap(([characters, scores]) => {
    const votes = Object.entries(scores).filter(([id]) => place.has(id));
    if (votes.length === 0) return [];
    // eld writes each byte of UTF-8 as a character of its own choosing; ASCII stays.
    const bytes = Uint8Array.from(
      [...characters],
      (character) => byteOf.get(character) ?? character.charCodeAt(0),
    );
    return [{ bytes, votes }];
  });
  for (let seed = 1; ; seed++) {
    const hashed = ngrams.map(({ bytes, votes }) => ({
      hash: ngramHash(bytes, 0, bytes.length, seed),
      votes,
    }));
    hashed.sort((a, b) => a.hash - b.hash);
    if (hashed.some(({ hash }, at) => hash === hashed[at + 1]?.hash)) continue;
    const entries = hashed.flatMap(({ votes }) =>
      votes.flatMap(([id, score], at) => [place.get(id)! | (at === votes.length - 1 ? LAST : 0), score]),
    );
    return {
      languages: kept.map(([, code]) => code),
      seed,
      count: hashed.length,
      hashes: differences(hashed.map(({ hash }) => hash)),
      entries: Buffer.from(entries).toString("base64"),
    };
  }
}

function differences(rising: readonly number[]): string {
  const bytes: number[] = [];
  let last = 0;
  for (const value of rising) {
    let rest = value - last;
    last = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push(rest % 128);
    bytes.push(rest | 0x80);
  }
  return Buffer.from(bytes).toString("base64");
}
