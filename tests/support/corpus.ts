import { type Random, randomFrom } from "../../bench/simulator/random.ts";
import { ARTICLE } from "./posts.ts";

/** Sentences of our own; an article is some of them in some order. */
const SENTENCES = [
  "市议会星期三晚间表决通过了新的公交线路方案，反对者认为预算估计过于乐观。",
  "负责项目的工程师说，铺设工作将从明年春天开始，预计需要十八个月才能完成。",
  "当地居民在公听会上表示，他们最担心的是噪音和停车位减少的问题。",
  "一位经营面包店多年的店主说，只要人行道保持畅通，他愿意等上两年。",
  "The harbour authority said on Monday that the old pier would be closed until the inspection is finished.",
  "Fishermen who land their catch there were told to use the northern quay in the meantime.",
  "A spokesperson declined to say how much the repairs would cost or who would pay for them.",
  "Le conseil régional a annoncé jeudi un plan de rénovation pour une quarantaine d'écoles rurales.",
  "Les parents d'élèves réclament depuis longtemps des salles mieux chauffées et des fenêtres neuves.",
];
/** Ends of many posts, which tie nothing together. */
const FOOTERS = [
  "",
  "",
  "关注本号，每天为您推送本地资讯，转发给更多朋友。",
  "Follow us for more local news every day.",
];
const REMARKS = ["", "", "各位读者怎么看？欢迎在评论区留言。", "Worth a read, whatever one thinks of it."];
const PLATFORMS = ["weibo", "wechat", "web", "telegram"];

/**
 * Posts as lines of interchange: articles, their copies cut, edited and commented on, posts that link and repost, one
 * widely carried footer, and some that have nothing to do with anything. The same for the same seed.
 */
export function madeCorpus(seed: string, posts: number): readonly string[] {
  const random = randomFrom(seed);
  const articles = Array.from({ length: Math.max(3, Math.floor(posts / 25)) }, (_, i) =>
    i === 0
      ? ARTICLE
      : random
          .shuffled(SENTENCES)
          .slice(0, 4)
          .join(i % 2 === 0 ? "" : " ") + ownWords(random),
  );
  return Array.from({ length: posts }, (_, i) => {
    const copy = random.chance(0.7);
    const text = copy ? edited(random.pick(articles), random) : ownWords(random) + ownWords(random);
    return JSON.stringify({
      platform: random.pick(PLATFORMS),
      id: `${seed}-${i}`,
      url: `https://pages.example/${seed}/${i}`,
      account: { id: `account-${random.between(0, 20)}` },
      published_at: new Date(Date.UTC(2021, 8, 1) + random.between(0, 20_000) * 60_000).toISOString(),
      text: `${random.pick(REMARKS)}${text}${random.pick(FOOTERS)}`,
      references: [
        ...(random.chance(0.02)
          ? [{ kind: "link", url: `https://pages.example/${seed}/${random.between(0, posts - 1)}` }]
          : []),
      ],
    });
  });
}

/** A piece of an article, sometimes with some characters changed. */
function edited(article: string, random: Random): string {
  const from = random.chance(0.5) ? 0 : random.between(0, Math.floor(article.length / 3));
  const cut = article.slice(from, random.between(Math.floor(article.length * 0.6), article.length));
  if (random.chance(0.6)) return cut;
  const at = random.between(5, cut.length - 10);
  return `${cut.slice(0, at)}${ownWords(random).slice(0, 6)}${cut.slice(at + random.between(0, 6))}`;
}

/** Thirty Han characters that come together nowhere else. */
function ownWords(random: Random): string {
  return `${Array.from({ length: 30 }, () => String.fromCodePoint(0x4e00 + random.between(0, 5_000))).join("")}。`;
}
