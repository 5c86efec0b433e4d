import { type Constant, type ConstantObject, readConstant } from "./constant.ts";
import type { PageParts } from "./page.ts";

/** What a page's scripts state. */
export interface Statements {
  /** The members of `window.cgiDataNew`; empty when the page has none. */
  readonly data: ConstantObject;
  /** True when there is such an object and some of it could not be read. */
  readonly unreadable: boolean;
  /** A constant of `var name = …` or `window.name = …`; the first that is not empty, zero or false. */
  readonly variable: (name: string) => Constant;
}

/** A page states it once; more than a few are somebody's attempt to keep the reader busy. */
const MOST_OBJECTS = 4;
/** Share pages state a name up to three times. */
const MOST_STATEMENTS = 16;

export function readStatements({ scripts }: Pick<PageParts, "scripts">): Statements {
  const data: Record<string, Constant> = Object.create(null);
  let unreadable = false;
  const opening = /\bcgiDataNew\s*=\s*(?=\{)/g;
  for (let count = 0; count < MOST_OBJECTS; count++) {
    if (opening.exec(scripts) === null) break;
    const read = readConstant(scripts, opening.lastIndex);
    if (read === null) continue;
    unreadable ||= !read.complete;
    opening.lastIndex = read.end;
    for (const [key, value] of Object.entries(read.value as ConstantObject)) data[key] ??= value;
  }
  return { data, unreadable, variable: (name) => variable(scripts, name) };
}

function variable(scripts: string, name: string): Constant {
  const opening = new RegExp(`(?<![\\w.$])(?:var\\s+|window\\.)${name}\\s*=(?!=)`, "g");
  for (let count = 0; count < MOST_STATEMENTS; count++) {
    if (opening.exec(scripts) === null) return null;
    const read = readConstant(scripts, opening.lastIndex);
    if (!read?.complete || !endsThere(scripts, read.end)) continue;
    opening.lastIndex = read.end;
    if (read.value) return read.value;
  }
  return null;
}

/** `var ct = "1" + x` is no constant, though it begins with one. */
function endsThere(scripts: string, at: number): boolean {
  const end = /[ \t]*(?:[;,}\n\r]|$)/y;
  end.lastIndex = at;
  return end.test(scripts);
}
