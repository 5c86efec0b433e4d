import type { Messages } from "../messages/index.ts";
import type { Block, ComparedSide, FigureSource, Inline, ReportDocument, Text } from "./model.ts";
import { commandOf, type Sources, sourcesOf } from "./sources.ts";

/** A piece of a comparison longer than this is told by its beginning. */
const PIECE = 160;

/** A report as Markdown. Drawings are told in words, and as pictures where `drawing` names a file for them. */
export function toMarkdown(
  document: ReportDocument,
  messages: Messages,
  drawing: (id: string) => string | null = () => null,
): string {
  const sources = sourcesOf(document);
  const write = { document, sources, messages, drawing };
  const parts = [
    ...(document.marking === null ? [] : [`**${asWritten(document.marking.page)}**`]),
    `# ${asWritten(document.title)}`,
    inline(write, document.subtitle),
    ...document.blocks.map((block) => blockText(write, block)),
    ...sourceLines(write),
    ...(document.marking === null ? [] : [`**${asWritten(document.marking.page)}**`]),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

interface Writing {
  readonly document: ReportDocument;
  readonly sources: Sources;
  readonly messages: Messages;
  readonly drawing: (id: string) => string | null;
}

function blockText(write: Writing, block: Block): string {
  const paragraph = write.document.marking?.paragraph ?? null;
  const mark = paragraph === null ? "" : `${asWritten(paragraph)} `;
  switch (block.kind) {
    case "heading":
      return `<a id="${block.id}"></a>\n\n${"#".repeat(block.level)} ${inline(write, block.text)}`;
    case "paragraph":
      return mark + inline(write, block.text);
    case "list":
      return block.items.map((item) => `- ${mark}${inline(write, item)}`).join("\n");
    case "table":
      return tableText(write, block);
    case "drawing": {
      const file = write.drawing(block.id);
      const picture =
        file === null ? asWritten(block.described) : `![${asWritten(block.described)}](${file})`;
      return `${picture}\n\n*${inline(write, block.caption)}*`;
    }
    case "comparison":
      return [sideText(write, block.parent, "left-out"), sideText(write, block.child, "added")].join("\n\n");
    case "analyst":
      return block.markdown.trim();
  }
}

function tableText(write: Writing, block: Block & { kind: "table" }): string {
  const cells = (row: readonly string[]) => `| ${row.join(" | ")} |`;
  const rule = block.heads.map((_, i) => (block.numeric.includes(i) ? "---:" : "---"));
  const rows = block.rows.map((row, i) => {
    const anchor = block.anchors?.[i] === undefined ? "" : `<a id="${block.anchors[i]}"></a>`;
    const texts = row.map((cell) => inline(write, cell).replaceAll("|", "\\|"));
    return cells([anchor + (texts[0] ?? ""), ...texts.slice(1)]);
  });
  return [
    `*${inline(write, block.caption)}*`,
    "",
    cells(block.heads.map(asWritten)),
    cells(rule),
    ...rows,
  ].join("\n");
}

/** One side of a comparison: what it alone has. The whole texts stand in the HTML. */
function sideText({ messages, ...write }: Writing, side: ComparedSide, mark: "left-out" | "added"): string {
  const told = side.pieces.filter((piece) => piece.mark === mark && piece.text.trim() !== "");
  const label = mark === "added" ? messages.compared.added : messages.compared.leftOut;
  const items = told.map(({ text }) => `- ${label}: “${asWritten(shortened(text))}”`);
  return [
    inline({ messages, ...write }, side.heading),
    ...(items.length === 0 ? [`- ${label}: ${messages.compared.nothing}`] : items),
  ].join("\n");
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  const characters = [...line];
  return characters.length <= PIECE ? line : `${characters.slice(0, PIECE).join("").trimEnd()}…`;
}

function inline(write: Writing, text: Text): string {
  return text.map((part) => inlineText(write, part)).join("");
}

function inlineText({ document, sources }: Writing, part: Inline): string {
  if (typeof part === "string") return asWritten(part);
  switch (part.kind) {
    case "figure":
      return `[${asWritten(part.shown)}](#q${sources.numberOf(part.source)})`;
    case "cite":
      return part.items.map((item) => reference(document, item)).join(" ");
    case "quote":
      return asWritten(part.text);
    case "strong":
      return `**${asWritten(part.text)}**`;
    case "code":
      return `\`${part.text.replaceAll("`", "'")}\``;
    case "break":
      return "<br>";
    case "link":
      return `[${asWritten(part.text)}](<${part.href.replace(/[<>\s]/g, encodeURIComponent)}>)`;
  }
}

function reference({ numbers }: ReportDocument, item: string): string {
  const number = numbers.get(item);
  return number === undefined ? `\\[${asWritten(item)}\\]` : `[\\[${number}\\]](#i${number})`;
}

function sourceLines(write: Writing): readonly string[] {
  const { sources, messages } = write;
  if (sources.list.length === 0) return [];
  const lines = sources.list.map(
    (source, i) => `- <a id="q${i + 1}"></a>q${i + 1}: ${sourceText(write, source)}`,
  );
  return [`## ${messages.sources.heading}`, messages.sources.explained, lines.join("\n")];
}

function sourceText(write: Writing, source: FigureSource): string {
  if (source.kind === "query") return `\`${commandOf(source)}\``;
  if (source.kind === "table") return `[${write.messages.sources.table}](#${source.id})`;
  if (source.items.length === 0) return write.messages.sources.noItems;
  return source.items.map((item) => reference(write.document, item)).join(" ");
}

/** A stranger's words as Markdown that shows them as they are. */
function asWritten(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~]/g, (mark) => `\\${mark}`).replace(/\s+/g, " ");
}
