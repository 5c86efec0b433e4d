import { parseJsonExact } from "../text/json-exact.ts";

/** Data in a page of more bytes than this is a film, or somebody's attempt to keep the reader busy. */
const LONGEST = 20_000_000;

/** The JSON that a page's script assigns to a name (`window.NAME = {…}`); undefined when there is none that can be read. */
export function assigned(html: string, name: string): unknown {
  const opening = new RegExp(`(?<![\\w.$])(?:window\\.|var\\s+)?${escaped(name)}\\s*=\\s*(?=[{[])`, "g");
  for (let count = 0; count < MOST_OPENINGS; count++) {
    const found = opening.exec(html);
    if (found === null) return undefined;
    const from = found.index + found[0].length;
    const end = endOfValue(html, from);
    const value = end === null ? undefined : parsed(html.slice(from, end));
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The JSON of `<script id="NAME">…</script>`, also where it is percent-encoded; undefined when there is none. */
export function scriptData(html: string, id: string): unknown {
  const opening = new RegExp(`<script\\s[^>]{0,300}?\\bid=["']?${escaped(id)}["']?[^>]{0,300}>`, "i").exec(
    html,
  );
  if (opening === null) return undefined;
  const from = opening.index + opening[0].length;
  const end = html.indexOf("</script", from);
  const written = html.slice(from, end < 0 ? undefined : end).trim();
  return parsed(written.startsWith("%") ? decoded(written) : written);
}

/** A page states it once or twice. */
const MOST_OPENINGS = 4;

function escaped(name: string): string {
  return name.replace(/[$.*+?^(){}|[\]\\]/g, "\\$&");
}

/** Where the object or list that begins here ends; null when it does not. */
function endOfValue(text: string, from: number): number | null {
  let depth = 0;
  let inText = false;
  const last = Math.min(text.length, from + LONGEST);
  for (let at = from; at < last; at++) {
    const mark = text[at];
    if (inText) {
      if (mark === "\\") at++;
      else if (mark === '"') inText = false;
    } else if (mark === '"') inText = true;
    else if (mark === "{" || mark === "[") depth++;
    else if ((mark === "}" || mark === "]") && --depth === 0) return at + 1;
  }
  return null;
}

/** Scripts write `undefined` where JSON has nothing to write. */
function parsed(written: string): unknown {
  for (const text of [written, written.replace(/([:[,]\s*)undefined(?=\s*[,}\]])/g, "$1null")]) {
    try {
      return parseJsonExact(text);
    } catch {
      // The other spelling is tried; after that there is nothing to read.
    }
  }
  return undefined;
}

function decoded(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return "";
  }
}
