import type { Collector } from "../contracts/collector.ts";
import { bilibili } from "./bilibili/index.ts";
import { bluesky } from "./bluesky/index.ts";
import { commoncrawl } from "./commoncrawl/index.ts";
import { discourse } from "./discourse/index.ts";
import { douyin } from "./douyin/index.ts";
import { dynamicPage } from "./dynamic-page/index.ts";
import { file } from "./file/index.ts";
import { forum } from "./forum/index.ts";
import { fourchan } from "./fourchan/index.ts";
import { gdelt } from "./gdelt/index.ts";
import { mastodon } from "./mastodon/index.ts";
import { mediacloud } from "./mediacloud/index.ts";
import { page } from "./page/index.ts";
import { reddit } from "./reddit/index.ts";
import { rss } from "./rss/index.ts";
import { rsshub } from "./rsshub/index.ts";
import { sitemap } from "./sitemap/index.ts";
import { telegram } from "./telegram/index.ts";
import { toutiao } from "./toutiao/index.ts";
import { vk } from "./vk/index.ts";
import { wayback } from "./wayback/index.ts";
import { wechatArticle } from "./wechat-article/index.ts";
import { weibo } from "./weibo/index.ts";
import { x } from "./x/index.ts";
import { youtube } from "./youtube/index.ts";

/** Each collector keeps its own options and cursor; the pipeline hands it back what it checked and stored. */
type AnyCollector = Collector<unknown, unknown>;

/** Every collector, by the word that names it in a config. A test holds this list to the folders. */
export const collectors: Readonly<Record<string, AnyCollector>> = {
  bilibili,
  bluesky,
  commoncrawl,
  discourse,
  douyin,
  "dynamic-page": dynamicPage,
  file,
  forum,
  fourchan,
  gdelt,
  mastodon,
  mediacloud,
  page,
  reddit,
  rss,
  rsshub,
  sitemap,
  telegram,
  toutiao,
  vk,
  wayback,
  "wechat-article": wechatArticle,
  weibo,
  x,
  youtube,
} as unknown as Readonly<Record<string, AnyCollector>>;
