import markdownIt from "markdown-it";
import type { Messages } from "../messages/index.ts";
import type { Block, ComparedSide, FigureSource, Inline, ReportDocument, Text } from "./model.ts";
import { commandOf, type Sources, sourcesOf } from "./sources.ts";
import { STYLE } from "./style.ts";

// Raw HTML in an analyst's Markdown is shown as it is written, and links to scripts are refused: the library's default.
const markdown = markdownIt({ html: false, linkify: false, typographer: false });

/**
 * A report as one HTML file that needs nothing beside it: no script, no request, for screen and print. `before` is HTML
 * that stands first on the page, where the report is one page of several.
 */
export function toHtml(document: ReportDocument, messages: Messages, before = ""): string {
  const sources = sourcesOf(document);
  const write = { document, sources, messages };
  const marking =
    document.marking === null ? "" : `<p class="marking">${escapeHtml(document.marking.page)}</p>`;
  return [
    "<!doctype html>",
    `<html lang="${document.lang}-CA">`,
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`,
    `<title>${escapeHtml(document.title)}</title>`,
    `<style>${STYLE}</style>`,
    "</head>",
    "<body>",
    before,
    `<a class="skip" href="#content">${escapeHtml(messages.page.skip)}</a>`,
    marking,
    `<header><h1>${escapeHtml(document.title)}</h1><p class="subtitle">${inline(write, document.subtitle)}</p></header>`,
    contents(write),
    '<main id="content">',
    ...document.blocks.map((block) => blockHtml(write, block)),
    sourcesHtml(write),
    "</main>",
    marking,
    "</body>",
    "</html>",
    "",
  ]
    .filter((line, i, all) => line !== "" || i === all.length - 1)
    .join("\n");
}

interface Writing {
  readonly document: ReportDocument;
  readonly sources: Sources;
  readonly messages: Messages;
}

function contents(write: Writing): string {
  const items = write.document.blocks.flatMap((block) =>
    block.kind === "heading" && block.level === 2
      ? [`<li><a href="#${block.id}">${inline(write, block.text)}</a></li>`]
      : [],
  );
  if (items.length < 3) return "";
  return `<nav aria-label="${escapeHtml(write.messages.page.contents)}"><ol>${items.join("")}</ol></nav>`;
}

function blockHtml(write: Writing, block: Block): string {
  const mark =
    write.document.marking?.paragraph == null
      ? ""
      : `<span class="mark">${escapeHtml(write.document.marking.paragraph)}</span> `;
  switch (block.kind) {
    case "heading":
      return `<h${block.level} id="${block.id}">${inline(write, block.text)}</h${block.level}>`;
    case "paragraph":
      return `<p>${mark}${inline(write, block.text)}</p>`;
    case "list":
      return `<ul>${block.items.map((item) => `<li>${mark}${inline(write, item)}</li>`).join("")}</ul>`;
    case "table":
      return tableHtml(write, block);
    case "drawing":
      // The drawing carries its own title and description for those who hear the page.
      return `<figure id="${block.id}"><div class="drawing">${block.svg}</div><figcaption>${inline(write, block.caption)}<details><summary>${escapeHtml(write.messages.page.inWords)}</summary><p>${escapeHtml(block.described)}</p></details></figcaption></figure>`;
    case "comparison":
      return `<div class="comparison">${sideHtml(write, block.parent)}${sideHtml(write, block.child)}</div>`;
    case "analyst":
      return `<div class="analyst">${markdown.render(block.markdown)}</div>`;
  }
}

function tableHtml(write: Writing, block: Block & { kind: "table" }): string {
  const heads = block.heads
    .map((head, i) => `<th scope="col"${numeric(block, i)}>${escapeHtml(head)}</th>`)
    .join("");
  const rows = block.rows.map((row, i) => {
    const id = block.anchors?.[i] === undefined ? "" : ` id="${block.anchors[i]}"`;
    const cells = row.map((cell, column) => `<td${numeric(block, column)}>${inline(write, cell)}</td>`);
    return `<tr${id}>${cells.join("")}</tr>`;
  });
  return `<div class="table"><table><caption>${inline(write, block.caption)}</caption><thead><tr>${heads}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function numeric(block: Block & { kind: "table" }, column: number): string {
  return block.numeric.includes(column) ? ' class="number"' : "";
}

function sideHtml(write: Writing, side: ComparedSide): string {
  const pieces = side.pieces.map(({ text, mark }) => {
    const shown = escapeHtml(text).replaceAll("\n", "<br>");
    if (mark === "same") return shown;
    const said = mark === "added" ? write.messages.compared.added : write.messages.compared.leftOut;
    const tag = mark === "added" ? "ins" : "del";
    // Colour alone would leave some readers out: the words are read aloud and shown on the spot.
    return `<${tag} title="${escapeHtml(said)}"><span class="heard">[${escapeHtml(said)}: </span>${shown}<span class="heard">]</span></${tag}>`;
  });
  const lang = side.lang === "" ? "" : ` lang="${escapeHtml(side.lang)}"`;
  return `<section><h4>${inline(write, side.heading)}</h4><p${lang}>${pieces.join("")}</p></section>`;
}

function inline(write: Writing, text: Text): string {
  return text.map((part) => inlineHtml(write, part)).join("");
}

function inlineHtml({ document, sources }: Writing, part: Inline): string {
  if (typeof part === "string") return escapeHtml(part);
  switch (part.kind) {
    case "figure": {
      const source = part.source.kind === "query" ? commandOf(part.source) : "";
      return `<a class="figure" href="#q${sources.numberOf(part.source)}" title="${escapeHtml(source)}">${escapeHtml(part.shown)}</a>`;
    }
    case "cite":
      return part.items.map((item) => reference(document, item)).join(" ");
    case "quote":
      return `<span${part.lang === "" ? "" : ` lang="${escapeHtml(part.lang)}"`}>${escapeHtml(part.text)}</span>`;
    case "strong":
      return `<strong>${escapeHtml(part.text)}</strong>`;
    case "code":
      return `<code>${escapeHtml(part.text)}</code>`;
    case "break":
      return "<br>";
    case "link":
      return /^(?:https?:|#)/i.test(part.href)
        ? `<a href="${escapeHtml(part.href)}" rel="noreferrer">${escapeHtml(part.text)}</a>`
        : escapeHtml(part.text);
  }
}

function reference({ numbers }: ReportDocument, item: string): string {
  const number = numbers.get(item);
  return number === undefined
    ? `[${escapeHtml(item)}]`
    : `<a class="cite" href="#i${number}">[${number}]</a>`;
}

function sourcesHtml(write: Writing): string {
  const { sources, messages } = write;
  if (sources.list.length === 0) return "";
  const items = sources.list.map((source, i) => `<li id="q${i + 1}">${sourceHtml(write, source)}</li>`);
  return `<h2 id="sources">${escapeHtml(messages.sources.heading)}</h2><p>${escapeHtml(messages.sources.explained)}</p><ol class="sources">${items.join("")}</ol>`;
}

function sourceHtml(write: Writing, source: FigureSource): string {
  if (source.kind === "query") return `<code>${escapeHtml(commandOf(source))}</code>`;
  if (source.kind === "table")
    return `<a href="#${source.id}">${escapeHtml(write.messages.sources.table)}</a>`;
  if (source.items.length === 0) return escapeHtml(write.messages.sources.noItems);
  return source.items.map((item) => reference(write.document, item)).join(" ");
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
