import { bilibili, douyin, toutiao, weibo } from "./chinese-answers.ts";
import { crowdtangle } from "./crowdtangle.ts";
import type { Format } from "./format.ts";
import { fourCat } from "./fourcat.ts";
import { junkipedia } from "./junkipedia.ts";
import { mediacrawler } from "./mediacrawler.ts";
import { metaContentLibrary } from "./meta-content-library.ts";
import type { FormatName } from "./names.ts";
import { telegramDesktop } from "./telegram-desktop.ts";
import { tiktok } from "./tiktok.ts";
import { twitterIo } from "./twitter-io.ts";
import { zeeschuimer } from "./zeeschuimer.ts";

/** Every format but Headwater's own lines and tables by column map, in the order in which a file is compared to them. */
export const formats = {
  zeeschuimer,
  "telegram-desktop": telegramDesktop,
  tiktok,
  "twitter-io": twitterIo,
  crowdtangle,
  "meta-content-library": metaContentLibrary,
  junkipedia,
  "4cat": fourCat,
  mediacrawler,
  weibo,
  douyin,
  bilibili,
  toutiao,
} satisfies Partial<Record<FormatName, Format>>;
