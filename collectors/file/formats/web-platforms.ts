import type { Mapped } from "../../../contracts/collector.ts";
import { mapVideo } from "../../bilibili/video.ts";
import { mapAweme } from "../../douyin/aweme.ts";
import type { Fields } from "../../fields.ts";
import { mapItem } from "../../toutiao/item.ts";
import { mapMblog, splitMblog } from "../../weibo/mblog.ts";
import { mapInstagram, mapThreads } from "./instagram.ts";
import { mapRednote } from "./rednote.ts";
import { mapTiktok } from "./tiktok.ts";
import { mapXWeb, splitXWeb } from "./x-web.ts";

/** How the records of a platform's web pages are read, whatever tool captured them. */
export interface WebPlatform {
  readonly map: (record: Fields) => Mapped;
  readonly split?: (record: Fields) => readonly Fields[];
}

const x: WebPlatform = { map: mapXWeb, split: splitXWeb };
const threads: WebPlatform = { map: mapThreads };
const weibo: WebPlatform = { map: (record) => mapMblog(record), split: splitMblog };
const rednote: WebPlatform = { map: mapRednote };

/** By the site that a capture says it is from. */
const PLATFORMS: Readonly<Record<string, WebPlatform>> = {
  "bilibili.com": { map: mapVideo },
  "douyin.com": { map: mapAweme },
  "instagram.com": { map: mapInstagram },
  "rednote.com": rednote,
  "threads.com": threads,
  "threads.net": threads,
  "toutiao.com": { map: mapItem },
  "tiktok.com": { map: mapTiktok },
  "twitter.com": x,
  "weibo.cn": weibo,
  "weibo.com": weibo,
  "x.com": x,
  "xiaohongshu.com": rednote,
};

export function webPlatform(site: string | null): WebPlatform | null {
  const domain = site?.toLowerCase().replace(/^(?:www|m|mobile)\./, "") ?? "";
  return Object.hasOwn(PLATFORMS, domain) ? PLATFORMS[domain]! : null;
}

export const KNOWN_SITES = Object.keys(PLATFORMS).join(", ");

/** Platforms by the host of a post's address, for tables that name none. */
const HOSTS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\.)(?:x|twitter)\.com$/, "x"],
  [/(?:^|\.)tiktok\.com$/, "tiktok"],
  [/(?:^|\.)(?:ies)?douyin\.com$/, "douyin"],
  [/(?:^|\.)instagram\.com$/, "instagram"],
  [/(?:^|\.)threads\.(?:net|com)$/, "threads"],
  [/(?:^|\.)(?:facebook\.com|fb\.com|fb\.watch)$/, "facebook"],
  [/(?:^|\.)(?:xiaohongshu|rednote)\.com$/, "xiaohongshu"],
  [/(?:^|\.)weibo\.(?:com|cn)$/, "weibo"],
  [/(?:^|\.)(?:bilibili\.com|b23\.tv)$/, "bilibili"],
  [/(?:^|\.)kuaishou\.com$/, "kuaishou"],
  [/(?:^|\.)zhihu\.com$/, "zhihu"],
  [/^tieba\.baidu\.com$/, "tieba"],
  [/^mp\.weixin\.qq\.com$/, "wechat"],
  [/(?:^|\.)toutiao\.com$/, "toutiao"],
  [/(?:^|\.)(?:t\.me|telegram\.me)$/, "telegram"],
  [/(?:^|\.)(?:youtube\.com|youtu\.be)$/, "youtube"],
  [/(?:^|\.)reddit\.com$/, "reddit"],
  [/(?:^|\.)(?:vk\.com|vk\.ru)$/, "vk"],
  [/(?:^|\.)truthsocial\.com$/, "truth"],
  [/(?:^|\.)gab\.com$/, "gab"],
  [/(?:^|\.)bsky\.app$/, "bluesky"],
  [/(?:^|\.)(?:4chan|4channel)\.org$/, "4chan"],
  [/(?:^|\.)linkedin\.com$/, "linkedin"],
  [/(?:^|\.)pinterest\.[a-z.]+$/, "pinterest"],
  [/(?:^|\.)tumblr\.com$/, "tumblr"],
];

export function platformOfUrl(url: string | null): string | null {
  const host = url === null ? null : (URL.parse(url)?.hostname ?? null);
  return host === null ? null : (HOSTS.find(([pattern]) => pattern.test(host))?.[1] ?? null);
}
