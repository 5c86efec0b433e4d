import { LshIndex, Minhash } from "minhash";
import { readTask } from "./stdin.ts";

// npm minhash behind the protocol of protocol.ts, called as its readme shows.

const SHINGLE = 5;
const { header, documents } = await readTask();
const { permutations, bands } = header.options;
const index = new LshIndex({ bandSize: Number(permutations) / Number(bands) });
const before = process.memoryUsage.rss();
const pairs: number[] = [];
let signing = 0;
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const start = cpuMs();
for (const [i, text] of documents.entries()) {
  const begun = performance.now();
  const hash = new Minhash({ numPerm: Number(permutations), seed: 1 });
  const shingles = new Set<string>();
  for (let at = 0; at + SHINGLE <= text.length; at++) shingles.add(text.slice(at, at + SHINGLE));
  if (shingles.size === 0) shingles.add(text);
  for (const shingle of shingles) hash.update(shingle);
  signing += performance.now() - begun;
  // Its query is by key and finds what is in the index with it: so it is added first.
  index.insert(String(i), hash);
  for (const other of index.query(hash)) if (other !== String(i)) pairs.push(i, Number(other));
}
const seconds = (cpuMs() - start) / 1000;
process.stdout.write(
  JSON.stringify({
    version: "0.0.9",
    seconds,
    stages: { signature: signing / 1000 },
    pairs,
    matches: [],
    grown_mb: (process.memoryUsage.rss() - before) / 1e6,
  }),
);
