/** Ways a file may be written, by the word for `format`. What each is, is in the format's own file. */
export const FORMATS = [
  "4cat",
  "bilibili",
  "crowdtangle",
  "csv",
  "douyin",
  "jsonl",
  "junkipedia",
  "mediacrawler",
  "meta-content-library",
  "telegram-desktop",
  "tiktok",
  "toutiao",
  "twitter-io",
  "warc",
  "weibo",
  "zeeschuimer",
] as const;
export type FormatName = (typeof FORMATS)[number];
