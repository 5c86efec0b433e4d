/** Something wrong in a config: where, and what to do about it. */
export interface Problem {
  /** `sources[2].url`; an environment variable's name; empty for the whole file. */
  readonly path: string;
  readonly sentence: string;
  /** Place in the config file, from 1, when it is there. */
  readonly line?: number;
  readonly column?: number;
}

export type PathPart = string | number;

/** `["sources", 2, "url"]` as people write it: `sources[2].url`. */
export function pathText(path: readonly PropertyKey[]): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else if (/^[\w-]+$/.test(String(part))) text += `${text === "" ? "" : "."}${String(part)}`;
    else text += `[${JSON.stringify(String(part))}]`;
  }
  return text;
}

/** The parts of a written path. Numbers may stand in brackets or between dots. */
export function pathParts(text: string): readonly PathPart[] {
  const parts: PathPart[] = [];
  for (const [, quoted, index, word] of text.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)) {
    if (quoted !== undefined) parts.push(JSON.parse(`"${quoted}"`) as string);
    else if (index !== undefined) parts.push(Number(index));
    else if (word !== undefined) parts.push(/^\d+$/.test(word) ? Number(word) : word);
  }
  return parts;
}

/** One line a problem: `headwater.yml:12:3 sources[2].url: is missing`. */
export function problemLine(file: string, { path, sentence, line, column }: Problem): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return path === "" ? `${place}: ${sentence}` : `${place} ${path}: ${sentence}`;
}
