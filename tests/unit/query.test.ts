import { describe, expect, it } from "vitest";
import { UsageError } from "../../contracts/errors.ts";
import type { Query } from "../../contracts/query.ts";
import { parseQuery } from "../../text/query.ts";

function text(value: string, field: string | null = null, prefix = false): Query {
  return { kind: "text", field, value, prefix };
}

function range(
  field: string,
  from: string | null,
  to: string | null,
  bounds: "[]" | "[}" | "{]" | "{}",
): Query {
  const [from_inclusive, to_inclusive] = [bounds[0] === "[", bounds[1] === "]"];
  return { kind: "range", field, from, to, from_inclusive, to_inclusive };
}

const and = (...parts: Query[]): Query => ({ kind: "and", parts });
const or = (...parts: Query[]): Query => ({ kind: "or", parts });
const not = (part: Query): Query => ({ kind: "not", part });

const READ: readonly (readonly [written: string, read: Query])[] = [
  ["", { kind: "all" }],
  ["  ", { kind: "all" }],
  ["*", { kind: "all" }],
  ["party", text("party")],
  ["外国代理人登记", text("外国代理人登记")],
  ["外国　代理", and(text("外国"), text("代理"))],
  ["party platform", and(text("party"), text("platform"))],
  ["party AND platform", and(text("party"), text("platform"))],
  ["a OR b c", or(text("a"), and(text("b"), text("c")))],
  ["(a OR b) c", and(or(text("a"), text("b")), text("c"))],
  ["-a b", and(not(text("a")), text("b"))],
  ["NOT a AND b", and(not(text("a")), text("b"))],
  ["a -(b c)", and(text("a"), not(and(text("b"), text("c"))))],
  ["NOT NOT a", text("a")],
  ["--a", text("a")],
  ["ANDy ORb", and(text("ANDy"), text("ORb"))],
  ['"AND"', text("AND")],
  ['"РИА Новости"', text("РИА Новости")],
  ["“环球时报” 社评", and(text("环球时报"), text("社评"))],
  ['"a \\"b\\" c"', text('a "b" c')],
  ["foreign-agent l'école C++ a|b", and(text("foreign-agent"), text("l'école"), text("C++"), text("a|b"))],
  ["verite*", text("verite", null, true)],
  ['"parti cons"*', text("parti cons", null, true)],
  ["f\\*ck", text("f*ck")],
  ["10:30", text("10:30")],
  ["https://example.org/a?b=c", text("https://example.org/a?b=c")],
  ["id:wechat:mp-1", text("wechat:mp-1", "id")],
  ["url:https://example.org/a?b=c", text("https://example.org/a?b=c", "url")],
  ['account.name:"环球时报"', text("环球时报", "account.name")],
  ["title:外国 代理", and(text("外国", "title"), text("代理"))],
  ["id:(web:1 OR web:2)", or(text("web:1", "id"), text("web:2", "id"))],
  ["score:(>1 OR [2 TO 3])", or(range("score", "1", null, "{]"), range("score", "2", "3", "[]"))],
  ["platform:(web OR wei*)", or(text("web", "platform"), text("wei", "platform", true))],
  ["url:https://example.org/*", text("https://example.org/", "url", true)],
  ["url:*example.org*", { kind: "wildcard", field: "url", parts: ["", "example.org", ""] }],
  ["account.name:a*b\\*c*d", { kind: "wildcard", field: "account.name", parts: ["a", "b*c", "d"] }],
  ["story:*", { kind: "exists", field: "story" }],
  ["-story:*", not({ kind: "exists", field: "story" })],
  ["published_at:[2021-09 TO 2021-10]", range("published_at", "2021-09", "2021-10", "[]")],
  ["published_at:{2021-09-01T00:00:00Z TO *}", range("published_at", "2021-09-01T00:00:00Z", null, "{}")],
  ["at:[ 1  TO 2 }", range("at", "1", "2", "[}")],
  ['name:["a b" TO "c d"]', range("name", "a b", "c d", "[]")],
  ["score:>=0.5", range("score", "0.5", null, "[]")],
  ["score:>0.5", range("score", "0.5", null, "{]")],
  ["at:<=2021-09-08T10:00:00Z", range("at", null, "2021-09-08T10:00:00Z", "[]")],
  ['at:<"2021-09"', range("at", null, "2021-09", "[}")],
];

const REFUSED: readonly (readonly [written: string, sentence: string, column: number])[] = [
  ["a AND", "a word, a phrase or a field is missing here", 6],
  ["a OR OR b", "missing before this word", 6],
  ["AND a", "missing before this word", 1],
  ["(a OR b", "never closed", 1],
  ["a)", "never opened", 2],
  ["()", "is missing here", 2],
  ['say "a b', "quotation mark is never closed", 5],
  ["f*o", "at the end of a word only", 2],
  ["title: a", "a value for title is missing", 7],
  ["score:>", "a value to compare score with is missing", 8],
  ["at:[a b]", "TO is missing here: write at:[a TO b]", 7],
  ["at:[a TO", "a bound of the range is missing", 4],
  ["at:[a TO b", "never closed with ] or }", 4],
  ["at:[ TO b]", "TO is missing here", 9],
  ["Canada - China", "no letter or digit", 8],
  ["💥", "no letter or digit", 1],
  ["(".repeat(51), "more than 50 parentheses", 51],
  ["a ".repeat(1025), "more than 1024 terms", 2049],
  ["a".repeat(100_001), "longer than 100000", 100_001],
];

describe("parseQuery", () => {
  it.each(READ)("reads %s", (written, read) => {
    expect(parseQuery(written)).toEqual(read);
  });

  it.each(REFUSED)("refuses %.20s: %s", (written, sentence, column) => {
    expect(() => parseQuery(written)).toThrow(UsageError);
    expect(() => parseQuery(written)).toThrow(`at character ${column}: `);
    expect(() => parseQuery(written)).toThrow(sentence);
  });

  it("shows the place below the search, under wide characters too", () => {
    expect(() => parseQuery('外国"代理')).toThrow(
      'The search cannot be read at character 3: this quotation mark is never closed.\n  外国"代理\n  　　^',
    );
  });
});
