/** A Markdown table; the first column is text, the others are numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

/** Thousands apart by a thin gap that Markdown keeps: 12 345. */
export function count(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, " ");
}

/** A share as a percentage; one that is not quite 0 or 100 % is never rounded to it. */
export function share(part: number, whole: number): string {
  if (whole === 0) return "–";
  const percent = (100 * part) / whole;
  if (part === whole) return "100 %";
  if (part === 0) return "0 %";
  const digits = percent > 99 || percent < 1 ? 2 : 1;
  return `${Math.min(99.99, Math.max(0.01, percent)).toFixed(digits)} %`;
}

export function ratio(value: number, base: number | null): string {
  return base === null || base === 0 ? "–" : `${(value / base).toFixed(2)}`;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
