import type { Block, Text } from "../document/model.ts";

/** A headed part of a report; nothing when it has nothing to say. */
export function section(id: string, heading: string, blocks: readonly Block[]): readonly Block[] {
  return headed(2, id, heading, blocks);
}

export function subsection(id: string, heading: string, blocks: readonly Block[]): readonly Block[] {
  return headed(3, id, heading, blocks);
}

function headed(level: 2 | 3, id: string, heading: string, blocks: readonly Block[]): readonly Block[] {
  return blocks.length === 0 ? [] : [{ kind: "heading", level, id, text: [heading] }, ...blocks];
}

export function paragraphs(texts: readonly Text[]): readonly Block[] {
  return texts.map((text) => ({ kind: "paragraph", text }));
}

export function list(items: readonly Text[]): Block {
  return { kind: "list", items };
}

/** A list, where there is something to list. */
export function lists(items: readonly Text[]): readonly Block[] {
  return items.length === 0 ? [] : [list(items)];
}
