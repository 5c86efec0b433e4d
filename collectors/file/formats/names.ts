/** Ways a file may be written, by the word for `format`. What each is, is in the format's own file. */
export const FORMATS = [
  "4cat",
  "crowdtangle",
  "csv",
  "jsonl",
  "junkipedia",
  "meta-content-library",
  "telegram-desktop",
  "tiktok",
  "twitter-io",
  "zeeschuimer",
] as const;
export type FormatName = (typeof FORMATS)[number];
