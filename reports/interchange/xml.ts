/** Text and attribute values for XML 1.0: what it cannot hold at all (control characters, lone halves) is left out. */
export function xml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[&<>"\t\r\n]/g, (sign) => ESCAPES[sign]!);
}

/** White space is written so that it survives in an attribute. */
const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\r": "&#13;",
  "\n": "&#10;",
};
