import type { PostId } from "../../contracts/post.ts";

/**
 * Where a figure comes from: a query of the index that anybody can run again, or the items themselves. Every number of
 * a report has one, so that none has to be believed.
 */
export type FigureSource =
  | {
      readonly kind: "query";
      readonly of: "posts" | "links" | "stories" | "runs";
      readonly where: string;
      /** The number is this field of the one object found; left out: how many are found. */
      readonly field?: string;
    }
  | { readonly kind: "items"; readonly items: readonly PostId[] }
  /** Rows of a table of this report, by the id of its heading. */
  | { readonly kind: "table"; readonly id: string };

/** A number as told, with where it comes from. */
export interface Figure {
  readonly kind: "figure";
  readonly value: number;
  readonly shown: string;
  readonly source: FigureSource;
}

export type Inline =
  | string
  | Figure
  /** Posts by their number in the annex: `[3]`. */
  | { readonly kind: "cite"; readonly items: readonly PostId[] }
  /** Somebody's own words, in their language (BCP 47; empty when not known). */
  | { readonly kind: "quote"; readonly text: string; readonly lang: string }
  | { readonly kind: "strong"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string }
  /** A new line within a cell. */
  | { readonly kind: "break" };

/** A sentence or more, read from left to right. */
export type Text = readonly Inline[];

/** A stretch of a text that the other side of a comparison lacks, or that both have. */
export interface Piece {
  readonly text: string;
  readonly mark: "same" | "left-out" | "added";
}

export interface ComparedSide {
  readonly heading: Text;
  readonly lang: string;
  readonly pieces: readonly Piece[];
}

export type Block =
  | { readonly kind: "heading"; readonly level: 2 | 3; readonly id: string; readonly text: Text }
  | { readonly kind: "paragraph"; readonly text: Text }
  | { readonly kind: "list"; readonly items: readonly Text[] }
  | {
      readonly kind: "table";
      readonly caption: Text;
      readonly heads: readonly string[];
      readonly rows: readonly (readonly Text[])[];
      /** Columns of numbers, set to the right. */
      readonly numeric: readonly number[];
      /** Ids of the rows, where something leads to them. */
      readonly anchors?: readonly string[];
    }
  /** A drawing with what it shows in words; readers who cannot see it read `described`. */
  | {
      readonly kind: "drawing";
      readonly id: string;
      readonly svg: string;
      readonly caption: Text;
      readonly described: string;
    }
  | { readonly kind: "comparison"; readonly parent: ComparedSide; readonly child: ComparedSide }
  /** What an analyst wrote, as Markdown; it is kept when the report is made again. */
  | { readonly kind: "analyst"; readonly markdown: string };

/** A report before it has a form: the same for Markdown, HTML and PDF. */
export interface ReportDocument {
  readonly title: string;
  readonly lang: "en" | "fr";
  /** Classification and TLP on every page, the classification before every paragraph; null when there is none. */
  readonly marking: { readonly page: string; readonly paragraph: string | null } | null;
  readonly subtitle: Text;
  readonly blocks: readonly Block[];
  /** Number of each item in the annex. */
  readonly numbers: ReadonlyMap<PostId, number>;
}

/** `[1] [3]` as one inline. */
export function cite(...items: readonly PostId[]): Inline {
  return { kind: "cite", items };
}

/** A sentence out of words and inlines: ``say`${posts} by ${who}.` ``. */
export function say(words: TemplateStringsArray, ...given: readonly (Inline | Text)[]): Text {
  const parts: Inline[] = [];
  for (const [i, word] of words.entries()) {
    if (word !== "") parts.push(word);
    const inline = given[i];
    if (inline === undefined) continue;
    if (Array.isArray(inline)) parts.push(...(inline as Text));
    else parts.push(inline as Inline);
  }
  return parts;
}
