import { DomUtils, ElementType, parseDocument } from "htmlparser2";
import { scanHtml } from "../../text/html-scan.ts";

// The types of nodes are those of a package below htmlparser2, so they are taken from its functions.
type Element = Parameters<typeof DomUtils.getAttributeValue>[0];

/** An element of a message, looked into by class names. */
export interface Part {
  readonly classes: readonly string[];
  readonly attribute: (name: string) => string | null;
  /** The first element inside with this class. */
  readonly first: (name: string) => Part | null;
  readonly all: (name: string) => readonly Part[];
  /** The elements right inside. */
  readonly children: () => readonly Part[];
  /** The markup inside. */
  readonly markup: () => string;
  /** The text inside in one line; null when there is none. */
  readonly words: () => string | null;
}

/** A message has at most a hundred elements in some twenty levels; a tree is made of nothing that is far beyond. */
const DEEPEST = 100;
const MOST_ELEMENTS = 5_000;

/** Null when the markup is none that a tree should be made of. */
export function treeOf(html: string): Part | null {
  if (!isModest(html)) return null;
  const root = DomUtils.findOne(() => true, parseDocument(html).children);
  return root === null ? null : partOf(root);
}

const VOID = new Set("area base br col embed hr img input link meta source track wbr".split(" "));

function isModest(html: string): boolean {
  let depth = 0;
  let deepest = 0;
  let elements = 0;
  scanHtml(html, {
    open(name) {
      elements += 1;
      if (!VOID.has(name)) depth += 1;
      if (depth > deepest) deepest = depth;
    },
    close() {
      if (depth > 0) depth -= 1;
    },
    text() {},
  });
  return deepest <= DEEPEST && elements <= MOST_ELEMENTS;
}

function partOf(element: Element): Part {
  const classesOf = (one: Element) => DomUtils.getAttributeValue(one, "class")?.split(/\s+/) ?? [];
  const has = (name: string) => (one: Element) => classesOf(one).includes(name);
  return {
    classes: classesOf(element),
    attribute: (name) => DomUtils.getAttributeValue(element, name) ?? null,
    first(name) {
      const found = DomUtils.findOne(has(name), DomUtils.getChildren(element));
      return found === null ? null : partOf(found);
    },
    all: (name) => DomUtils.findAll(has(name), DomUtils.getChildren(element)).map(partOf),
    children: () =>
      (DomUtils.getChildren(element).filter((node) => ElementType.isTag(node)) as Element[]).map(partOf),
    markup: () => DomUtils.getInnerHTML(element),
    words: () =>
      DomUtils.textContent(element)
        .replace(/[\s\u00a0]+/g, " ")
        .trim() || null,
  };
}
