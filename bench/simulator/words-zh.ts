import type { Words } from "./compose.ts";

// Invented outlets and places, everyday words; what is made of them means nothing and names nobody.

const list = (words: string) => words.split(" ");

export const CHINESE: Words = {
  places: list(
    "青榆市 白沙湾 石渡镇 云杉谷 枫桥区 临港新城 北浦县 松河口 长堤市 鹿鸣镇 西岭 海棠湾 银杏里 沙洲岛 南埠 铜山驿 望溪 柳林渡 赤壤县 晴川",
  ),
  outlets: list("远帆日报 瀚洋新闻网 东方纪闻 环湖时报 长风通讯社 晨钟观察 星野电视台 江岸论坛报"),
  relays: list(
    "枫叶早茶 老陈看世界 海外茶馆 西岸生活通 北美小圈 游子之家 加东资讯 每日一瞥 街坊头条 老友记事本 唐人街坊 湖畔笔记 异乡人 雪国来信 邻里快报 观潮者 茶余小站 桥头纪事 晚风客栈 远行集",
  ),
  persons: list(
    "议员高以宁 市长陆望舒 学者闻人清 会长齐柏 发言人苗远 律师单思齐 外交官乔木 农场主韦大川 工程师沈微 教师卫青禾 船长鲍山 医生霍兰 经济学家谷雨 审计长凌霄",
  ),
  nouns: list(
    "码头 房价 学校 渔船 合同 税单 果园 铁路 居民 药品 电缆 商铺 河堤 预算 选票 工地 航线 仓库 口岸 牧场 水厂 名册 车票 论坛 标书 图纸 证人 账簿 隧道 渡轮 护照 邮局 " +
      "展馆 粮仓 钟楼 民宿 球场 剧院 矿山 林场 灯塔 菜市 车站 医院 法院 报社 银行 工会 商会 议会 海关 气象台 养老院 幼儿园 图书馆 电视塔 合作社 运输队 检验员 志愿者 消防队 承包商 " +
      "化肥 玉米 鲑鱼 木材 棉布 瓷器 电池 芯片 汽油 煤炭 罐头 蜂蜜 羊毛 茶叶 咖啡 家具 玩具 药箱 雨衣 手套 帐篷 自行车 收音机 望远镜",
  ),
  modifiers: list(
    "老旧 昂贵 隐秘 公开 临时 陌生 拥挤 沉默 庞大 脆弱 空荡 繁忙 破损 崭新 偏远 可疑 遗失 积压 免费 过期 潮湿 合法 匿名 外来 传统 廉价 锈蚀 冬季 沿海 山区 跨国 民间 官方 私营 世袭 义务 边境 深夜 早年 未完工",
  ),
  verbs: list(
    "拖累 掩盖 取代 收购 揭露 忽视 支撑 拆除 质疑 推迟 批准 阻挡 修补 照亮 淹没 登记 运走 抬高 压垮 惊动 欺骗 改写 守护 抵押 检查 出租 召回 否认 赞助 封存 清点 抛弃 说服 审计 转让 扣留 补贴 测量 延长 迁移",
  ),
  adverbs: list(
    "悄悄 终于 一再 几乎 反而 连夜 公然 白白 仓促 照常 渐渐 轮流 免不了 从未 迟早 多半 至今 重新 同时 被迫 主动 不声不响 理所当然 毫无征兆",
  ),
  numerals: list("三成 一半 上百 近千 十二 二十七 四十多 六百 八十九 半数 五倍 一连九 两万 七十余 三分之一"),
  clauses: [
    "{modifier}的{noun}{adverb}{verb}{noun}",
    "{noun}与{noun}{adverb}{verb}了{modifier}的{noun}",
    "{adverb}{verb}{noun}的{noun}并不{modifier}",
    "{number}{noun}{adverb}{verb}{noun}",
    "{noun}里的{noun}{verb}{modifier}{noun}",
    "把{noun}{verb}到{modifier}的{noun}之前",
    "{noun}对{modifier}{noun}的{noun}{adverb}{verb}",
  ],
  sentences: [
    "{person}在{place}表示，{clause}，{clause}。",
    "{clause}，{clause}，而{clause}。",
    "{place}的{noun}说，{clause}；{clause}。",
    "据{noun}统计，{clause}，{clause}。",
    "“{clause}，”{person}说，“{clause}。”",
    "{clause}，{place}因此{clause}。",
  ],
  openers: list(
    "我看 说到底 依我说 难怪 原来 听说 可惜 好在 难道 照这样 果然 老实讲 别忘了 换句话说 街坊都讲 我妈说 有意思的是 问题是 依旧 想当年 醒醒吧 眼看 就怕 但愿",
  ),
  closers: list(
    "，你们说呢？ ，唉。 ！ ？ ，信不信由你。 ，慢慢看吧。 ，谁来管管？ ，不服不行。 …… ，大家评评理。 ，走着瞧。 ，先记下。",
  ),
  titles: ["{person}：{clause}", "{place}{clause}，{clause}", "{clause}背后：{noun}与{noun}"],
  greetings: [
    "{name}的朋友们早上好，{clause}。",
    "这里是{name}，今天聊聊{noun}和{noun}。",
    "【{name}】{clause}。",
  ],
  farewells: [
    "关注{name}，{clause}。",
    "{name}编辑部：{clause}，转发给更多{noun}。",
    "本文由{name}整理，{clause}。",
  ],
  credits: ["来源：{name}", "据{name}报道", "转自{name}", "（{name}）"],
  joiner: "",
};
