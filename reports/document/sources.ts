import type { Block, Figure, FigureSource, Inline, ReportDocument, Text } from "./model.ts";

/** Every different place that a report's numbers come from, numbered in the order in which a reader meets them. */
export interface Sources {
  readonly list: readonly FigureSource[];
  readonly numberOf: (source: FigureSource) => number;
}

export function sourcesOf(document: ReportDocument): Sources {
  const numbers = new Map<string, number>();
  const list: FigureSource[] = [];
  for (const { source } of figuresOf(document)) {
    const key = JSON.stringify(source);
    if (numbers.has(key)) continue;
    list.push(source);
    numbers.set(key, list.length);
  }
  return { list, numberOf: (source) => numbers.get(JSON.stringify(source)) ?? 0 };
}

/** Every number of a report, in reading order. */
export function figuresOf({ subtitle, blocks }: ReportDocument): readonly Figure[] {
  return [subtitle, ...blocks.flatMap(textsOf)].flatMap((text) => text.filter(isFigure));
}

function isFigure(inline: Inline): inline is Figure {
  return typeof inline !== "string" && inline.kind === "figure";
}

function textsOf(block: Block): readonly Text[] {
  if (block.kind === "heading" || block.kind === "paragraph") return [block.text];
  if (block.kind === "list") return block.items;
  if (block.kind === "table") return [block.caption, ...block.rows.flat()];
  if (block.kind === "drawing") return [block.caption];
  if (block.kind === "comparison") return [block.parent.heading, block.child.heading];
  return [];
}

/** A query as the command that anybody can run again. */
export function commandOf(source: FigureSource & { readonly kind: "query" }): string {
  const where = source.where === "" ? "" : ` --where '${source.where.replaceAll("'", "'\\''")}'`;
  return `headwater export ${source.of}${where} | ${source.field === undefined ? "wc -l" : `jq .${source.field}`}`;
}
