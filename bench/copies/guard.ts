import { wordingOf, wordingText } from "../../text/wording.ts";
import { DATASKETCH, OURS, type Peer, PeerMissing, RENSA_32, runPeer } from "../peers/run.ts";
import { randomFrom } from "../simulator/random.ts";
import { CHINESE, isHan, isLatin, type Sampled, sampleTexts, TWEETS } from "./corpus.ts";
import { containment, type ShingleSets, shingleSets } from "./shingles.ts";
import { count, table } from "./tables.ts";

// What must tie nothing: posts that have only a footer, a slogan, a hashtag or an event in common.

const FOOTERS = {
  zh: [
    "关注本号，每天为您推送本地资讯，转发给更多朋友。",
    "以上内容仅供参考，版权归原作者所有，如有侵权请联系我们删除。",
    "本文由松果社区编辑整理，欢迎在评论区留言讨论，点个在看再走吧！",
  ],
  en: [
    "Follow us for daily local news and share this with your friends!",
    "Opinions are my own. Retweets are not endorsements. Subscribe to our newsletter.",
    "Brought to you by the Harbour Ledger team, your voice on the coast since 1987.",
  ],
} as const;
const SLOGANS = {
  zh: "团结起来守护我们共同的家园",
  en: "Stand together and protect our common home",
} as const;

/** A post to test with, and the group whose members have only that in common. */
interface Grouped {
  readonly text: string;
  readonly group: string;
  /** Folded text without what the group shares. */
  readonly own: string;
}

interface Trap {
  readonly name: string;
  readonly posts: readonly Grouped[];
}

/** Posts of a group count as unrelated when they share less than this share of the smaller one's own grams. */
const UNRELATED = 0.15;

export async function guard(dataDir: string, sample: number, say: (line: string) => void): Promise<string> {
  const traps: Trap[] = [];
  for (const language of ["zh", "en"] as const) {
    const zh = language === "zh";
    const texts = sampleTexts(dataDir, zh ? CHINESE : TWEETS, {
      count: sample * 4,
      least: 20,
      seed: "guard",
      accept: zh ? isHan : isLatin,
    });
    if (texts.length === 0) continue;
    const third = Math.floor(Math.min(sample, texts.length) / 3);
    traps.push({
      name: `${language}: one of three footers`,
      posts: FOOTERS[language].flatMap((footer, i) =>
        texts.slice(i * third, (i + 1) * third).map((each) => marked(each, `${each.text} ${footer}`, footer)),
      ),
    });
    const random = randomFrom(`slogan ${language}`);
    traps.push({
      name: `${language}: one slogan, before or after`,
      posts: texts
        .slice(0, sample)
        .map((each) =>
          marked(
            each,
            random.chance(0.5) ? `${SLOGANS[language]}！${each.text}` : `${each.text} ${SLOGANS[language]}`,
            "slogan",
          ),
        ),
    });
    traps.push({ name: `${language}: one event (a hashtag in common)`, posts: byHashtag(texts) });
  }
  if (traps.length === 0) return "No set of posts was found, so shared footers and events were not measured.";
  const rows: string[][] = [];
  for (const { name, posts } of traps) {
    const sets = shingleSets(
      posts.map(({ own }) => own),
      (text) => (/\p{Script=Han}/u.test(text) ? 3 : 5),
    );
    const pairs = unrelatedPairs(posts, sets);
    for (const peer of [OURS, DATASKETCH, RENSA_32]) {
      const result = await tried(peer, posts, sets, pairs);
      if (result !== null) rows.push([name, peer.name, count(posts.length), count(pairs), ...result]);
    }
    say(`${name}: done`);
  }
  return [
    "Texts of real posts that have nothing in common but what the row names. Footers and slogans are the bench's own sentences; of one event are posts under one hashtag that fewer than 40 posts " +
      `of the sample carry. A pair is unrelated when, the shared part taken away, it has less than ${UNRELATED * 100} % of the smaller one's grams in common.`,
    "",
    table(
      [
        "what they share",
        "contender",
        "posts",
        "unrelated pairs",
        "asserted a million",
        "returned a million",
        "posts/s",
      ],
      rows,
    ),
  ].join("\n");
}

function marked({ folded }: Sampled, text: string, group: string): Grouped {
  return { text, group, own: folded };
}

/** Posts that share a rare hashtag; its letters do not count as their own. */
function byHashtag(texts: readonly Sampled[]): readonly Grouped[] {
  const groups = new Map<string, Sampled[]>();
  for (const each of texts) {
    const [, tag] = /[#＃]([^#＃\s.,!?:]{4,20})[#＃\s]/u.exec(each.text) ?? [];
    if (tag === undefined) continue;
    const group = groups.get(tag);
    if (group === undefined) groups.set(tag, [each]);
    else group.push(each);
  }
  return [...groups].flatMap(([tag, group]) => {
    if (group.length < 2 || group.length > 40) return [];
    const folded = wordingText(wordingOf(tag));
    return group.map((each) => ({ text: each.text, group: tag, own: each.folded.replaceAll(folded, "") }));
  });
}

function unrelatedPairs(posts: readonly Grouped[], sets: ShingleSets): number {
  const sizes = new Map<string, number>();
  for (const { group } of posts) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const all = [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
  // Nearly all pairs are unrelated: the share that is not is taken from the first few thousand pairs.
  let [tried, unrelated] = [0, 0];
  for (let a = 0; a < posts.length && tried < 20_000; a++) {
    for (let b = a + 1; b < posts.length && tried < 20_000; b++) {
      if (posts[a]!.group !== posts[b]!.group) continue;
      tried++;
      if (containment(sets, a, b) < UNRELATED) unrelated++;
    }
  }
  return tried === 0 ? 0 : Math.round((all * unrelated) / tried);
}

async function tried(
  peer: Peer,
  posts: readonly Grouped[],
  sets: ShingleSets,
  pairs: number,
): Promise<readonly string[] | null> {
  try {
    const documents = posts.map(({ text }) => (peer === OURS ? text : wordingText(wordingOf(text))));
    const { pairs: returned, status, seconds } = await runPeer(peer, { task: "stream", documents });
    let [asserted, all] = [0, 0];
    for (let i = 0; i * 2 < returned.length; i++) {
      const [a, b] = [returned[2 * i]!, returned[2 * i + 1]!];
      if (posts[a]!.group !== posts[b]!.group || containment(sets, a, b) >= UNRELATED) continue;
      all++;
      if (status?.[i] === 2) asserted++;
    }
    const perMillion = (found: number) => (pairs === 0 ? "–" : ((1e6 * found) / pairs).toFixed(1));
    return [
      status === undefined ? "–" : perMillion(asserted),
      perMillion(all),
      count(posts.length / seconds),
    ];
  } catch (error) {
    if (error instanceof PeerMissing) return null;
    throw error;
  }
}
