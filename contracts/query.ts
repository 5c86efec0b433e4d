/** A search as a tree, so that every store answers the same question. Made by text/query.ts from Lucene-like syntax. */
export type Query =
  | { readonly kind: "all" }
  /** Words or a quoted phrase, in `field`, or in title and text when it is null. `prefix` for `word*`. */
  | { readonly kind: "text"; readonly field: string | null; readonly value: string; readonly prefix: boolean }
  /** Bounds as written; null is open. Dates may be shortened (`2021-09`). */
  | {
      readonly kind: "range";
      readonly field: string;
      readonly from: string | null;
      readonly to: string | null;
      readonly from_inclusive: boolean;
      readonly to_inclusive: boolean;
    }
  /** `field:a*b`: the parts in this order with anything between them; an empty part at an end is a star there. */
  | { readonly kind: "wildcard"; readonly field: string; readonly parts: readonly string[] }
  | { readonly kind: "exists"; readonly field: string }
  | { readonly kind: "and" | "or"; readonly parts: readonly Query[] }
  | { readonly kind: "not"; readonly part: Query };
