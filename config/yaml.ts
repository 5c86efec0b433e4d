import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { PathPart, Problem } from "./problem.ts";

/** Aliases may not blow a file up to more than this many times its nodes: the yaml library's own default. */
const MAX_ALIASES = 100;

export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface YamlFile {
  /** Null when the file cannot be read as YAML, or is empty. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Where a key (or, when it is not there, the nearest one above it) is written; null for the whole file. */
  readonly locate: (path: readonly PathPart[]) => Place | null;
}

/** Reads YAML (and so JSON) with every syntax error told at its line and column. */
export function readYaml(text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const locate = (path: readonly PathPart[]) => {
    const offset = offsetOf(
      document.contents,
      path,
      (node) => (isAlias(node) ? node.resolve(document) : node) ?? null,
    );
    return offset === null ? null : place(offset);
  };
  // An unknown tag is only a warning to the library; here it is a slip like any other.
  const problems = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
    path: "",
    sentence: `not valid YAML: ${message.replace(/\.$/, "")}`,
    ...place(pos[0]),
  }));
  if (problems.length > 0) return { value: null, problems, locate };
  try {
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown, problems, locate };
  } catch (error) {
    const sentence = `its aliases (\`*name\`) cannot be resolved: ${error instanceof Error ? error.message : String(error)}`;
    return { value: null, problems: [{ path: "", sentence }], locate };
  }
}

function offsetOf(
  root: unknown,
  path: readonly PathPart[],
  follow: (node: Node) => Node | null,
): number | null {
  let offset: number | null = null;
  let at = isNode(root) ? follow(root) : null;
  for (const part of path) {
    let next: unknown;
    if (isMap(at)) {
      const pair = at.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(part));
      if (pair === undefined) break;
      if (isNode(pair.key) && pair.key.range) offset = pair.key.range[0];
      next = pair.value;
    } else if (isSeq(at)) {
      next = at.items[Number(part)];
      if (isNode(next) && next.range) offset = next.range[0];
    }
    if (!isNode(next)) break;
    at = follow(next);
  }
  return offset;
}
