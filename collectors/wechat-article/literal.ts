/** A value of a JavaScript literal; what is no literal is null. */
export type Literal = string | number | boolean | null | readonly Literal[] | LiteralObject;
export interface LiteralObject {
  readonly [key: string]: Literal;
}

/** Objects in these pages are five deep; a literal that goes on is made to exhaust the stack. */
const DEEPEST = 60;

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  v: "\v",
  "0": "\0",
  "\n": "",
  "\r": "",
  "\u2028": "",
  "\u2029": "",
};

/**
 * Reads the literal that begins at `from`, as these pages write it: objects, arrays, strings in any quotes,
 * `JsDecode('…')`, `'12' * 1`, `"" || "x"`, numbers and words. Nothing is ever run: an expression that is none of these
 * becomes null. `end` is the place behind it. Returns null when the literal is cut short or goes too deep.
 */
export function readLiteral(
  source: string,
  from: number,
): { readonly value: Literal; readonly end: number } | null {
  const reader = new Reader(source, from);
  const value = reader.expression(0);
  return reader.broken ? null : { value, end: reader.end };
}

class Reader {
  readonly #source: string;
  #at: number;
  /** Set once the source ends too early; nothing that was read counts then. */
  broken = false;

  constructor(source: string, from: number) {
    this.#source = source;
    this.#at = from;
  }

  get end(): number {
    return this.#at;
  }

  /** A value with what may follow it: `* 1` makes it a number, `||` gives the next one when it is empty. */
  expression(depth: number): Literal {
    let value = this.#primary(depth);
    for (;;) {
      this.#space();
      if (this.#take("*")) {
        const factor = this.#primary(depth);
        const product = value === "" ? Number.NaN : Number(value) * Number(factor);
        value = Number.isNaN(product) ? null : product;
      } else if (this.#take("||")) {
        const other = this.#primary(depth);
        value = value || other;
      } else if (this.#take(".")) {
        // `.html(false)` and the like decode or trim on the page: the string is kept as it is.
        this.#word();
        this.#space();
        if (this.#take("(")) this.#skipTo(")");
      } else return value;
    }
  }

  #primary(depth: number): Literal {
    this.#space();
    const character = this.#source[this.#at];
    if (character === undefined || depth > DEEPEST) return this.#cut();
    if (character === '"' || character === "'" || character === "`") return this.#string(character);
    if (character === "{") return this.#object(depth);
    if (character === "[") return this.#array(depth);
    if (character === "(") {
      this.#at += 1;
      const inner = this.expression(depth + 1);
      this.#skipTo(")");
      return inner;
    }
    const number = /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/i.exec(this.#source.slice(this.#at, this.#at + 40));
    if (number !== null) {
      this.#at += number[0].length;
      return Number(number[0]);
    }
    const word = this.#word();
    if (word === "") return null;
    this.#space();
    if (!this.#take("(")) return word === "true" ? true : word === "false" ? false : null;
    const inner = this.expression(depth + 1);
    this.#skipTo(")");
    if (typeof inner !== "string") return null;
    return word === "JsDecode" ? jsDecode(inner) : word === "htmlDecode" ? inner : null;
  }

  #object(depth: number): Literal {
    this.#at += 1;
    const entries: [string, Literal][] = [];
    for (;;) {
      this.#space();
      if (this.broken || this.#at >= this.#source.length) return this.#cut();
      if (this.#take("}")) return Object.fromEntries(entries);
      if (this.#take(",")) continue;
      const character = this.#source[this.#at]!;
      const key = character === '"' || character === "'" ? this.#string(character) : this.#word();
      this.#space();
      if (key === null || key === "" || !this.#take(":")) return this.#cut();
      entries.push([key, this.expression(depth + 1)]);
      this.#skipTo(",}");
    }
  }

  #array(depth: number): Literal {
    this.#at += 1;
    const items: Literal[] = [];
    for (;;) {
      this.#space();
      if (this.broken || this.#at >= this.#source.length) return this.#cut();
      if (this.#take("]")) return items;
      if (this.#take(",")) continue;
      items.push(this.expression(depth + 1));
      this.#skipTo(",]");
    }
  }

  #string(quote: string): string | null {
    let from = ++this.#at;
    const pieces: string[] = [];
    for (; this.#at < this.#source.length; this.#at += 1) {
      const character = this.#source[this.#at];
      if (character === quote) {
        pieces.push(this.#source.slice(from, this.#at));
        this.#at += 1;
        return pieces.join("");
      }
      if (character !== "\\") continue;
      pieces.push(this.#source.slice(from, this.#at));
      pieces.push(this.#escape());
      from = this.#at + 1;
    }
    return this.#cut();
  }

  /** Reads from the backslash and leaves the place at the last character of the escape. */
  #escape(): string {
    const code = /^\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\})/i.exec(
      this.#source.slice(this.#at, this.#at + 10),
    );
    if (code !== null) {
      this.#at += code[0].length - 1;
      const point = Number.parseInt((code[1] ?? code[2] ?? code[3])!, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : "\ufffd";
    }
    const character = this.#source[++this.#at] ?? "";
    return ESCAPES[character] ?? character;
  }

  #cut(): null {
    this.broken = true;
    return null;
  }

  #word(): string {
    const word = /^[\w$\u00a0-\uffff]+/.exec(this.#source.slice(this.#at, this.#at + 100))?.[0] ?? "";
    this.#at += word.length;
    return word;
  }

  #take(token: string): boolean {
    if (!this.#source.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  #space(): void {
    for (;;) {
      while (/\s/.test(this.#source[this.#at] ?? "x")) this.#at += 1;
      if (this.#source.startsWith("//", this.#at)) this.#jump("\n", 1);
      else if (this.#source.startsWith("/*", this.#at)) this.#jump("*/", 2);
      else return;
    }
  }

  #jump(to: string, past: number): void {
    const found = this.#source.indexOf(to, this.#at + past);
    this.#at = found < 0 ? this.#source.length : found + to.length;
  }

  /** Passes over what was not understood, to the end of this value; a closing bracket of the value is taken, others not. */
  #skipTo(ends: string): void {
    let open = 0;
    for (;;) {
      this.#space();
      const character = this.#source[this.#at];
      if (character === undefined) return;
      if (open === 0 && ends.includes(character)) {
        if (ends === ")") this.#at += 1;
        return;
      }
      if (open === 0 && (character === "}" || character === "]")) return;
      if (character === '"' || character === "'" || character === "`") {
        this.#string(character);
        continue;
      }
      if ("([{".includes(character)) open += 1;
      else if (")]}".includes(character)) open -= 1;
      this.#at += 1;
    }
  }
}

/** What the page's own function of this name undoes: a second layer of escapes, in its order. */
const SECOND_LAYER: readonly (readonly [string, string])[] = [
  ["\\x5c", "\\"],
  ["\\x0d", "\r"],
  ["\\x22", '"'],
  ["\\x26", "&"],
  ["\\x27", "'"],
  ["\\x3c", "<"],
  ["\\x3e", ">"],
  ["\\x0a", "\n"],
];

function jsDecode(text: string): string {
  if (!text.includes("\\x")) return text;
  return SECOND_LAYER.reduce((decoded, [escaped, plain]) => decoded.replaceAll(escaped, plain), text);
}
