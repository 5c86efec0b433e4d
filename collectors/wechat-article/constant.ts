import { decodeEntities } from "./entities.ts";

/** What a page's scripts state as a constant. Its objects have no prototype, so that a key of a page is data and no more. */
export type Constant = string | number | boolean | null | readonly Constant[] | ConstantObject;
export interface ConstantObject {
  readonly [key: string]: Constant;
}

/** Pages nest about 8 deep; the reader calls itself once a level. */
const DEEPEST = 64;

interface Read {
  readonly value: Constant;
  /** The offset after it, or of what could not be read. */
  readonly end: number;
  /** False for an object that was given up in the middle: `value` holds the members before. */
  readonly complete: boolean;
}

/**
 * Reads the constant that begins at `at`, without running anything: strings, numbers, arrays, objects, `'5' * 1`,
 * `"" || "x"`, and the calls `JsDecode(…)`, `htmlDecode(…)` and `'…'.html(false)` that WeChat's pages wrap strings in.
 * Null when it is anything else.
 */
export function readConstant(source: string, at: number): Read | null {
  const reader = new Reader(source, at);
  try {
    const value = reader.alternatives(0);
    return { value, end: reader.at, complete: true };
  } catch (error) {
    if (!(error instanceof NotConstant)) throw error;
    return reader.outermost && { value: reader.outermost, end: reader.at, complete: false };
  }
}

class NotConstant extends Error {}

class Reader {
  at: number;
  outermost: ConstantObject | null = null;
  readonly #source: string;

  constructor(source: string, at: number) {
    this.#source = source;
    this.at = at;
  }

  alternatives(depth: number): Constant {
    if (depth > DEEPEST) throw new NotConstant();
    let value = this.#product(depth);
    while (this.#takes("||")) {
      const other = this.#product(depth);
      value ||= other;
    }
    return value;
  }

  #product(depth: number): Constant {
    let value = this.#term(depth);
    while (this.#takes("*")) value = product(value, this.#term(depth));
    return value;
  }

  #term(depth: number): Constant {
    let value = this.#plain(depth);
    while (this.#takes(".html(")) {
      this.alternatives(depth + 1);
      this.#need(")");
      value = decoded(value);
    }
    return value;
  }

  #plain(depth: number): Constant {
    this.#space();
    const character = this.#source[this.at];
    if (character === "'" || character === '"') return this.#string(character);
    if (character === "{") return this.#object(depth);
    if (character === "[") return this.#array(depth);
    const number = this.#match(/-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?![\w$.])/iy);
    if (number !== null) return Number(number);
    return this.#named(this.#match(/[A-Za-z_$][\w$]*/y), depth);
  }

  #named(name: string | null, depth: number): Constant {
    if (name === "true" || name === "false") return name === "true";
    if (name === "null" || name === "undefined") return null;
    if (name !== "JsDecode" && name !== "htmlDecode") throw new NotConstant();
    this.#need("(");
    const value = this.alternatives(depth + 1);
    this.#need(")");
    // JsDecode undoes `\x3c` once more than the string itself does. A text about code is kept as its author wrote it.
    return name === "htmlDecode" ? decoded(value) : value;
  }

  #object(depth: number): ConstantObject {
    const object: Record<string, Constant> = Object.create(null);
    this.outermost ??= object;
    this.#need("{");
    while (!this.#takes("}")) {
      this.#space();
      const quote = this.#source[this.at];
      const key = quote === "'" || quote === '"' ? this.#string(quote) : this.#match(/[\w$]+/y);
      if (key === null) throw new NotConstant();
      this.#need(":");
      object[key] = this.alternatives(depth + 1);
      if (this.#takes(",")) continue;
      this.#need("}");
      break;
    }
    return object;
  }

  #array(depth: number): readonly Constant[] {
    const array: Constant[] = [];
    this.#need("[");
    while (!this.#takes("]")) {
      array.push(this.alternatives(depth + 1));
      if (this.#takes(",")) continue;
      this.#need("]");
      break;
    }
    return array;
  }

  #string(quote: string): string {
    const plain = quote === "'" ? /[^'\\\n\r]*/y : /[^"\\\n\r]*/y;
    const pieces: string[] = [];
    this.at += 1;
    for (;;) {
      pieces.push(this.#match(plain) ?? "");
      const character = this.#source[this.at];
      if (character === quote) break;
      if (character !== "\\") throw new NotConstant();
      pieces.push(this.#escape());
    }
    this.at += 1;
    return pieces.join("");
  }

  #escape(): string {
    const code = this.#match(/\\(?:x[\da-f]{2}|u[\da-f]{4}|u\{(?:10|[\da-f])?[\da-f]{1,4}\})/iy);
    // `\x26`: the digits are what follows the letter and the brace.
    if (code !== null) return String.fromCodePoint(Number.parseInt(code.slice(2).replace("{", ""), 16));
    if (this.#match(/\\(?:\r\n|\r|\n)/y) !== null) return "";
    const character = this.#source[this.at + 1];
    if (character === undefined || /[xu1-9]/.test(character)) throw new NotConstant();
    this.at += 2;
    return ESCAPES[character] ?? character;
  }

  /** White space and comments. */
  #space(): void {
    for (;;) {
      this.#match(/[\s\ufeff]+/y);
      if (this.#source.startsWith("//", this.at)) this.#skipTo("\n");
      else if (this.#source.startsWith("/*", this.at)) this.#skipTo("*/");
      else return;
    }
  }

  #skipTo(end: string): void {
    const found = this.#source.indexOf(end, this.at + 2);
    this.at = found < 0 ? this.#source.length : found + end.length;
  }

  #takes(sign: string): boolean {
    const before = this.at;
    this.#space();
    if (this.#source.startsWith(sign, this.at)) {
      this.at += sign.length;
      return true;
    }
    this.at = before;
    return false;
  }

  #need(sign: string): void {
    if (!this.#takes(sign)) throw new NotConstant();
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#source)?.[0] ?? null;
    if (found !== null) this.at += found.length;
    return found;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  v: "\v",
  "0": "\0",
};

/** An empty string counts as zero, as in a script. WeChat also writes `'A_NAME' * 1`, which is no number: null. */
function product(left: Constant, right: Constant): number | null {
  if (typeof left === "object" || typeof right === "object") return null;
  const result = Number(left) * Number(right);
  return Number.isNaN(result) ? null : result;
}

function decoded(value: Constant): Constant {
  return typeof value === "string" ? decodeEntities(value) : value;
}
