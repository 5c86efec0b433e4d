import type { PageLine } from "./article-lines.ts";

/** Where a page says that it has its text from. */
export interface SourceLine {
  readonly name: string | null;
  readonly href: string | null;
}

/**
 * A line that names the source of the whole text. `图片来源`, `数据来源`, "Photo source" and their like name the source of
 * a picture or a figure, so what stands before the word matters.
 */
const MARKERS: readonly RegExp[] = [
  /(?<![\p{Script=Han}])(?:本文|文章|稿件|新闻|新聞|内容|消息|信息)?(?:来源|來源|稿源|出处|出處)(?:于|於|自)?\s*[:：]\s*/u,
  /(?:以下文章|本文|文章)(?:来源|來源)(?:于|於|自)\s*[:：]?\s*/u,
  /(?<![\p{Script=Han}])(?:本文|文章)?(?:转载自|轉載自|转自|轉自|摘自|编译自|編譯自|原载于?|原載於?|首发于?|首發於?)\s*[:：]?\s*/u,
  /(?:^|[(（[【|·•—–]\s*)(?:Article\s+)?Source\s*[:：]\s*/i,
  /\b(?:this\s+(?:article|story|post|report)\s+(?:was\s+)?|)(?:originally|first)\s+(?:published|appeared)\s+(?:by|on|in|at)\s+/i,
  /\b(?:republished|reprinted)\s+(?:with\s+permission\s+)?from\s+/i,
  /\b(?:publié\s+(?:à\s+l[’']origine|initialement|d[’']abord)|paru\s+(?:initialement|d[’']abord))\s+(?:par|sur|dans)\s+/i,
  /(?:^|[(（[|·•—–]\s*)(?:Источник|Источник информации|По материалам)\s*[:：—–-]\s*/iu,
];

/** Words that begin the next statement of the same line. */
const NEXT =
  /\s*(?:[|｜丨·•)）\]】。；;\n]|(?:责任编辑|責任編輯|责编|编辑|編輯|作者|记者|記者|时间|時間|日期|发布|發佈|浏览|阅读|字号|字體|字体|分享|评论|原标题)|(?:\d{4}\s*[-/年.]))|\s+on\s+(?=\p{Lu}\p{L}+\s+\d)/u;

/** Longer than any outlet's name in the lists of media that we know; what is longer is a sentence. */
const LONGEST_NAME = 60;

/** Beyond this a line is a paragraph; there only a marker at its very beginning or in its closing brackets counts. */
const LONGEST_LINE = 120;

/** Finds the first source line among `lines`. */
export function findSourceLine(lines: readonly PageLine[]): SourceLine | null {
  for (const [index, line] of lines.entries()) {
    const found = markerIn(line.text);
    if (found === null) continue;
    const rest = line.text.slice(found);
    if (rest.trim() !== "") {
      const named = nameFrom(rest, line);
      if (named !== null) return named;
      continue;
    }
    const next = lines[index + 1];
    const named = next === undefined || next.text.length > LONGEST_NAME ? null : nameFrom(next.text, next);
    if (named !== null) return named;
  }
  return null;
}

/** The content of `<meta name="source">`: `来源：新华网`, or the name alone. */
export function readSourceMeta(content: string): SourceLine | null {
  const at = markerIn(content) ?? 0;
  const rest = content.slice(at).trim();
  return /^https?:\/\//i.test(rest)
    ? { name: null, href: rest }
    : nameFrom(rest, { text: content, links: [] });
}

/** Where the name begins; null without a marker. */
function markerIn(text: string): number | null {
  if (text.length <= LONGEST_LINE) return endOfMarker(text, () => true);
  const first = endOfMarker(text.slice(0, LONGEST_LINE), (index) => index === 0);
  if (first !== null) return first;
  const from = text.length - LONGEST_NAME;
  const tail = text.slice(from);
  const last = endOfMarker(tail, (index) => /[(（[【]/.test(tail.slice(Math.max(0, index - 1), index + 1)));
  return last === null ? null : from + last;
}

function endOfMarker(text: string, mayStandAt: (index: number) => boolean): number | null {
  for (const marker of MARKERS) {
    const match = marker.exec(text);
    if (match !== null && mayStandAt(match.index)) return match.index + match[0].length;
  }
  return null;
}

function nameFrom(rest: string, line: PageLine): SourceLine | null {
  const cut = NEXT.exec(rest);
  const whole = (cut === null ? rest : rest.slice(0, cut.index)).trim();
  // In Chinese a space ends a name; in Latin and Cyrillic names have spaces inside.
  const name = (/^[\p{Script=Han}《「“]/u.test(whole) ? whole.split(/\s/, 1)[0]! : whole)
    .replace(/^[《「『“"'<【]+|[》」』”"'>】,，、.:：]+$/gu, "")
    .trim();
  if (/^(?:本站|原创|原創|本站原创|本站原創|本网|本網|本报|本報|未知|original|unknown)$/i.test(name))
    return null;
  if (name === "" || name.length > LONGEST_NAME || !/\p{L}/u.test(name)) return null;
  const link = line.links.find(({ text }) => text.includes(name) || (text.length > 1 && name.includes(text)));
  if (/^https?:\/\//i.test(name)) return { name: null, href: link?.href ?? name };
  return { name, href: link?.href ?? null };
}
