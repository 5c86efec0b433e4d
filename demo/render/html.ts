/** Escapes for element content and double-quoted attributes of HTML and XML. */
export function escapeMarkup(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

/** A paragraph of an article as HTML: `[text](address)` becomes a link. */
export function inline(paragraph: string): string {
  return escapeMarkup(paragraph).replace(/\[([^\]]*)\]\(([^)]*)\)/g, '<a href="$2">$1</a>');
}

export function paragraphs(all: readonly string[]): string {
  return all.map((paragraph) => `<p>${inline(paragraph)}</p>`).join("\n");
}

/** The first paragraph without links, for a summary. */
export function plain(paragraph: string): string {
  return paragraph.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");
}

/** A string inside CDATA: the one thing that cannot stand there is its own end. */
export function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
}
