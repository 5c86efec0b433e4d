import { Tokenizer } from "htmlparser2";

export type Attributes = ReadonlyMap<string, string>;

export interface HtmlVisitor {
  /** A start tag: name and attribute names in lower case, entities in values decoded. The first of twin attributes counts. */
  open(name: string, attributes: Attributes): void;
  /** An end tag as written; one without its start tag comes too. */
  close(name: string): void;
  /** A run of text, entities decoded. The content of `<script>`, `<style>` and `<title>` comes as text as well. */
  text(text: string): void;
}

/** No address, date or name is longer than a million characters: beyond it an attribute is inline data, and is cut. */
const LONGEST_ATTRIBUTE = 1_000_000;

/**
 * Walks over the tags of an HTML string, in one pass and without a stack of open elements, so that time grows with
 * the length of the input and not with its depth: a tree builder needs minutes for 500,000 nested `<div>`.
 */
export function scanHtml(html: string, visitor: HtmlVisitor): void {
  let name = "";
  let attribute = "";
  let value = "";
  let attributes = new Map<string, string>();
  let foreign = 0;

  const opened = (selfClosing: boolean): void => {
    if (name === "svg" || name === "math") foreign += selfClosing ? 0 : 1;
    visitor.open(name, attributes);
  };

  const tokenizer = new Tokenizer(
    {},
    {
      isInForeignContext: () => foreign > 0,
      onopentagname(start, end) {
        name = html.slice(start, end).toLowerCase();
        attributes = new Map();
      },
      onattribname(start, end) {
        attribute = html.slice(start, end).toLowerCase();
        value = "";
      },
      onattribdata(start, end) {
        if (value.length < LONGEST_ATTRIBUTE) value += html.slice(start, end);
      },
      onattribentity(codepoint) {
        value += String.fromCodePoint(codepoint);
      },
      onattribend() {
        if (!attributes.has(attribute)) attributes.set(attribute, value);
      },
      onopentagend: () => opened(false),
      onselfclosingtag() {
        opened(true);
        // Outside SVG and MathML the slash of `<div/>` means nothing, as in browsers.
        if (foreign > 0) visitor.close(name);
      },
      onclosetag(start, end) {
        const closed = html.slice(start, end).toLowerCase();
        if ((closed === "svg" || closed === "math") && foreign > 0) foreign -= 1;
        visitor.close(closed);
      },
      ontext: (start, end) => visitor.text(html.slice(start, end)),
      ontextentity: (codepoint) => visitor.text(String.fromCodePoint(codepoint)),
      oncdata: (start, end, offset) => visitor.text(html.slice(start, end - offset)),
      oncomment() {},
      ondeclaration() {},
      onprocessinginstruction() {},
      onend() {},
    },
  );
  tokenizer.write(html);
  tokenizer.end();
}
