/** Where a description says that something was taken from, as people write it under reprinted videos and articles. */
const MARKERS =
  /(?:^|[\s，。；;,.|【[(（])(?:本视频|视频|本文|文章|内容)?(?:转载自|轉載自|转载于|转自|轉自|搬运自|搬運自|搬自|转载|转|搬运|原作者|原视频|原片|出处|出處|来源|來源|source|credit)\s*[:：自]?\s*(.*)$/imu;
const ADDRESS = /https?:\/\/[\x21\x23-\x3b\x3d\x3f-\x7e]+/;
/** Longer than any outlet's or author's name: what is longer is a sentence. */
const LONGEST_NAME = 60;

export interface ReprintLine {
  readonly name: string | null;
  readonly url: string | null;
}

/** The first line that names a source: `转载自 X https://…`, `来源：X`; null when none does. */
export function reprintLine(text: string): ReprintLine | null {
  for (const line of text.split("\n")) {
    const rest = MARKERS.exec(line)?.[1]?.trim();
    if (rest === undefined || rest === "") continue;
    const url = ADDRESS.exec(rest)?.[0] ?? null;
    const name =
      rest
        .replace(ADDRESS, " ")
        .trim()
        .split(/[\s，。；;,|]/u, 1)[0] ?? "";
    if (url === null && (name === "" || name.length > LONGEST_NAME)) continue;
    return { name: name === "" || name.length > LONGEST_NAME ? null : name, url };
  }
  return null;
}
