import { escapeHtml } from "../document/html.ts";
import { shorten } from "../terminal.ts";

/** Colours told apart also by those who see few of them (Okabe, Ito 2008); each kind has a shape of its own, too. */
export const COLOURS = {
  state: "#d55e00",
  registered: "#0072b2",
  other: "#57606a",
  line: "#8c959f",
  grid: "#d0d7de",
  blind: "#eaeef2",
  ink: "#1b1f24",
  event: "#8250df",
} as const;

/** Who published, as a drawing tells it. */
export type Party = "state" | "registered" | "other";

/** A drawing as one SVG element with a title and a description for those who hear it. */
export function svg(
  id: string,
  size: { width: number; height: number },
  about: { title: string; described: string },
  body: readonly string[],
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-labelledby="${id}-title ${id}-desc" font-family="system-ui, 'Noto Sans', 'Noto Sans CJK SC', sans-serif" font-size="12">`,
    `<title id="${id}-title">${escapeHtml(about.title)}</title>`,
    `<desc id="${id}-desc">${escapeHtml(about.described)}</desc>`,
    `<rect width="${size.width}" height="${size.height}" fill="#fff"/>`,
    ...body,
    "</svg>",
  ].join("");
}

/** A stretch behind a drawing in which something was not seen; what it was is told on pointing at it. */
export function shade(x: number, y: number, width: number, height: number, said: string): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(Math.max(1, width))}" height="${round(height)}" fill="${COLOURS.blind}"><title>${escapeHtml(said)}</title></rect>`;
}

export interface TextLook {
  readonly anchor?: "start" | "middle" | "end";
  readonly size?: number;
  readonly fill?: string;
  readonly weight?: number;
}

export function label(
  x: number,
  y: number,
  text: string,
  { anchor = "start", size = 12, fill = COLOURS.ink, weight = 400 }: TextLook = {},
): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" font-size="${size}" fill="${fill}" font-weight="${weight}">${escapeHtml(text)}</text>`;
}

/** A label cut to so many columns, whole on pointing at it. */
export function shortLabel(x: number, y: number, text: string, columns: number, look: TextLook = {}): string {
  const shown = shorten(text, columns);
  const drawn = label(x, y, shown, look);
  return shown === text ? drawn : `<g><title>${escapeHtml(text)}</title>${drawn}</g>`;
}

export function line(
  from: readonly [number, number],
  to: readonly [number, number],
  colour: string,
  { dashed = false, width = 1 } = {},
): string {
  const dash = dashed ? ' stroke-dasharray="5 4"' : "";
  return `<line x1="${round(from[0])}" y1="${round(from[1])}" x2="${round(to[0])}" y2="${round(to[1])}" stroke="${colour}" stroke-width="${width}"${dash}/>`;
}

/** A post: a square for state-controlled outlets, a diamond for other registered actors, a disc for everybody else. */
export function mark(x: number, y: number, party: Party, said: string, radius = 6): string {
  const [cx, cy] = [round(x), round(y)];
  const fill = COLOURS[party];
  const title = `<title>${escapeHtml(said)}</title>`;
  if (party === "state") {
    return `<rect x="${round(x - radius)}" y="${round(y - radius)}" width="${2 * radius}" height="${2 * radius}" fill="${fill}" stroke="#fff">${title}</rect>`;
  }
  if (party === "registered") {
    const far = radius * 1.3;
    return `<path d="M${cx} ${round(y - far)}L${round(x + far)} ${cy}L${cx} ${round(y + far)}L${round(x - far)} ${cy}Z" fill="${fill}" stroke="#fff">${title}</path>`;
  }
  return `<circle cx="${cx}" cy="${cy}" r="${radius}" fill="${fill}" stroke="#fff">${title}</circle>`;
}

/** Tenths of a pixel: the same drawing to the byte, whatever the machine. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
