import { keysOf, prepare } from "../../analyzers/links/prepare.ts";
import { identify } from "../../text/identify.ts";
import { OURS, runPeer } from "../peers/run.ts";
import { CHINESE, sampleTexts, TWEETS } from "./corpus.ts";
import { count, table } from "./tables.ts";

// One footer, one slogan, one endless text: what must stay bounded, however many or however long.

const FOOTER = "Follow us for daily local news and share this with your friends!";
const NOTICE =
  "This was sent by the Harbour Ledger, your voice on the coast since 1987. Opinions are those of the authors. All rights are " +
  "reserved, and no part may be copied without permission of the publisher.";
const SLOGAN = "团结起来守护我们共同的家园";

/** Posts of one crowd; half as many repeat one slogan and nothing else. */
export async function crowds(dataDir: string, size: number, say: (line: string) => void): Promise<string> {
  const texts = sampleTexts(dataDir, [...TWEETS, ...CHINESE], { count: size, least: 20, seed: "crowd" }).map(
    ({ text }) => text,
  );
  if (texts.length === 0) return "No set of posts was found, so crowds were not measured.";
  const trials = [
    { name: "nothing, for comparison", documents: texts },
    { name: `a footer of ${FOOTER.length} characters`, documents: texts.map((text) => `${text} ${FOOTER}`) },
    { name: `a notice of ${NOTICE.length} characters`, documents: texts.map((text) => `${text} ${NOTICE}`) },
    { name: "one slogan and nothing else", documents: Array<string>(Math.ceil(size / 2)).fill(SLOGAN) },
  ];
  const rows: string[][] = [];
  for (const { name, documents } of trials) {
    const answer = await runPeer({ ...OURS, options: { settle: 1 } }, { task: "stream", documents });
    const { pairs = 0, suggested = 0, asserted = 0 } = answer.stages;
    rows.push([
      name,
      count(documents.length),
      count((1e6 * answer.seconds) / documents.length),
      ...[pairs, suggested, asserted].map((found) => (found / documents.length).toFixed(2)),
      count(answer.grown_mb),
    ]);
    say(`${name}: done`);
  }
  return [
    "Real posts, to each of which the same is added. Pairs compared, and links that hold when all posts are there, are told a post; memory holds all posts and their wordings. " +
      "Where the addition is next to all of a post, such posts are near twins. The log says at a thousand, ten thousand and so on that a passage is carried by so many.",
    "",
    table(["what they share", "posts", "µs a post", "compared a post", "suggested", "asserted", "MB"], rows),
    "",
    `A text of five million characters costs ${count(longest())} ms of processor time in preparing and keys: only its first 200,000 are compared, and the log says so.`,
  ].join("\n");
}

function longest(): number {
  const text = Array.from({ length: 1_100_000 }, (_, i) => (i * 7919).toString(36))
    .join(" ")
    .slice(0, 5e6);
  const draft = {
    platform: "web",
    id: "long",
    text,
    published_at: "2021-09-08T08:00:00Z",
    account: { id: "a" },
  };
  const identified = identify(draft, { source: "bench", collected_at: "2026-01-01T00:00:00.000Z" });
  if (!("post" in identified)) throw new Error("The long text is no post.");
  const before = process.cpuUsage();
  keysOf(prepare(identified.post, null));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
