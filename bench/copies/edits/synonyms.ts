import type { Random } from "../../simulator/random.ts";

// Written for this bench: everyday words that can stand for each other in running text. The tables need no grammar
// beyond that; an edit that reads a little stiffly is still an edit.

const CHINESE =
  "因为=由于 但是=然而 可是=不过 非常=十分 特别=格外 现在=目前 已经=早已 立刻=马上 突然=忽然 经常=时常 一直=始终 可能=也许 必须=务必 应该=应当 " +
  "可以=能够 开始=着手 结束=完结 帮助=协助 发现=察觉 认为=觉得 知道=了解 希望=盼望 喜欢=喜爱 害怕=惧怕 担心=忧虑 高兴=开心 难过=伤心 美丽=漂亮 " +
  "重要=关键 主要=首要 全部=所有 部分=局部 许多=很多 大家=各位 人们=民众 孩子=小孩 父母=爹妈 妈妈=母亲 爸爸=父亲 老人=长者 朋友=友人 同学=同窗 " +
  "老师=教师 医生=大夫 警察=民警 记者=媒体人 专家=学者 公司=企业 政府=当局 国家=我国 城市=都市 地方=地区 附近=周边 外面=外边 里面=里边 今天=今日 " +
  "昨天=昨日 明天=明日 早上=早晨 晚上=夜里 时候=时刻 时间=时段 问题=难题 事情=事儿 消息=讯息 新闻=报道 情况=状况 原因=缘由 结果=后果 方法=办法 " +
  "办法=法子 东西=物品 价格=价钱 食物=食品 身体=身子 生命=性命 死亡=身亡 受伤=负伤 发生=出现 出现=现身 进行=开展 举行=举办 参加=参与 提出=指出 " +
  "表示=称 告诉=告知 看见=看到 听说=听闻 寻找=找寻 转发=转载 分享=共享 关注=留意 支持=力挺 反对=抵制 要求=请求 决定=拍板 准备=预备 继续=接着 " +
  "保护=守护 提醒=提示 注意=当心 小心=留神 赶紧=赶快 真的=确实 其实=实际上 如果=假如 虽然=尽管 所以=因此 而且=并且 或者=抑或 这样=如此 怎么=如何 为什么=为何 " +
  "什么=啥 没有=并无 不能=无法 这个=此 那个=该 网友=网民 微博=帖文 视频=影片 照片=相片 图片=图像 电话=手机 中国=我国 美国=美方 世界=全球 社会=社会各界";

const ENGLISH =
  "big=large small=little begin=start end=finish help=assist show=display find=discover think=believe know=understand want=wish say=state says=states said=stated " +
  "tell=inform ask=request make=create get=obtain give=provide take=grab keep=retain need=require use=employ try=attempt call=phone look=glance watch=view " +
  "see=notice buy=purchase sell=offer kill=slay killed=slain die=perish dead=deceased hurt=injure injured=wounded attack=assault fight=battle win=triumph lose=forfeit " +
  "people=folks person=individual man=guy woman=lady women=ladies men=guys kid=child kids=children friend=pal police=officers cop=officer cops=officers doctor=physician " +
  "house=home car=vehicle road=street city=town country=nation world=globe news=updates story=report video=clip photo=picture money=cash job=work jobs=positions school=academy " +
  "good=great bad=awful happy=glad sad=unhappy angry=furious crazy=insane funny=hilarious beautiful=gorgeous smart=clever stupid=foolish easy=simple hard=difficult important=crucial " +
  "new=fresh old=aged young=youthful fast=quick slow=sluggish rich=wealthy poor=needy free=complimentary real=genuine true=accurate false=untrue wrong=incorrect right=correct " +
  "always=constantly never=not_ever often=frequently maybe=perhaps now=currently today=this_day tonight=this_evening soon=shortly again=once_more also=too very=really really=truly " +
  "just=simply only=merely still=yet because=since but=however about=regarding before=prior_to after=following between=amid against=versus without=minus " +
  "government=administration president=leader election=vote votes=ballots law=statute court=tribunal judge=justice war=conflict death=passing life=existence love=adore hate=despise " +
  "stop=halt leave=depart arrive=come return=go_back change=alter grow=increase fall=drop build=construct break=smash fix=repair pay=fund spend=expend save=rescue " +
  "hope=wish fear=dread dream=vision idea=notion plan=scheme problem=trouble question=query answer=reply reason=cause result=outcome way=manner thing=item stuff=things " +
  "thanks=cheers please=kindly everyone=everybody someone=somebody nobody=no_one shooting=gunfire fire=blaze crash=collision storm=tempest arrested=detained accused=charged";

function tableOf(pairs: string): ReadonlyMap<string, string> {
  return new Map(
    pairs.split(" ").flatMap((pair) => {
      const [from, to] = pair.replaceAll("_", " ").split("=") as [string, string];
      return [[from, to] as const];
    }),
  );
}

const TABLES = { zh: tableOf(CHINESE), en: tableOf(ENGLISH) };
export type KitLanguage = keyof typeof TABLES;

const segmenters = {
  zh: new Intl.Segmenter("zh", { granularity: "word" }),
  en: new Intl.Segmenter("en", { granularity: "word" }),
};

/** The words and what stands between them, in order. */
export function wordsOf(
  text: string,
  language: KitLanguage,
): readonly { readonly word: string; readonly isWord: boolean }[] {
  return [...segmenters[language].segment(text)].map(({ segment, isWordLike }) => ({
    word: segment,
    isWord: isWordLike === true,
  }));
}

/** Whole words of other posts, by length, for what the tables do not know. */
export type Vocabulary = ReadonlyMap<number, readonly string[]>;

export function vocabularyOf(texts: readonly string[], language: KitLanguage): Vocabulary {
  const byLength = new Map<number, Set<string>>();
  for (const text of texts) {
    for (const { word, isWord } of wordsOf(text, language)) {
      if (!isWord || word.length < 2 || !/^\p{L}+$/u.test(word)) continue;
      const known = byLength.get(word.length);
      if (known === undefined) byLength.set(word.length, new Set([word]));
      else known.add(word);
    }
  }
  return new Map([...byLength].map(([length, words]) => [length, [...words].sort()]));
}

/**
 * Changes about `share` of the words: a synonym where the tables know one, else a word of the same length out of
 * other posts, which is harder on a matcher than a synonym that keeps a syllable.
 */
export function replaceWords(
  text: string,
  share: number,
  language: KitLanguage,
  vocabulary: Vocabulary,
  random: Random,
): string {
  const words = wordsOf(text, language);
  const places = words.flatMap(({ word, isWord }, i) => (isWord && /^\p{L}+$/u.test(word) ? [i] : []));
  const quota = Math.round(places.length * share);
  const table = TABLES[language];
  const known = random.shuffled(places.filter((i) => table.has(words[i]!.word.toLowerCase())));
  const others = random.shuffled(
    places.filter((i) => !table.has(words[i]!.word.toLowerCase()) && words[i]!.word.length > 1),
  );
  const chosen = new Set([...known, ...others].slice(0, quota));
  return words
    .map(({ word }, i) => {
      if (!chosen.has(i)) return word;
      const synonym = table.get(word.toLowerCase());
      return synonym ?? random.pick(vocabulary.get(word.length) ?? [word]);
    })
    .join("");
}
