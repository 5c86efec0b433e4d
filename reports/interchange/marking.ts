import type { Context } from "./format.ts";

/** Classification and TLP as a line for people; null when there is neither. */
export function markingText({ marking, tlp }: Pick<Context, "marking" | "tlp">): string | null {
  const parts = [
    ...(marking === null ? [] : [marking]),
    ...(tlp === null ? [] : [`TLP:${tlp.toUpperCase()}`]),
  ];
  return parts.length === 0 ? null : parts.join(" // ");
}
