import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { toHtml } from "../../../reports/document/html.ts";
import type { Text } from "../../../reports/document/model.ts";
import { storyNote } from "../../../reports/kinds/story.ts";
import { MESSAGES, type Messages } from "../../../reports/messages/index.ts";
import { sampleNote } from "./sample.ts";

/** Every text of a table, functions called with stand-ins, by its key. */
function spoken(value: unknown, path = ""): readonly (readonly [string, string])[] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") {
    const call = value as (...given: unknown[]) => string | Text;
    return [1, 3].map((n) => [path, worded(call(...given(path, n)))]);
  }
  if (Array.isArray(value)) return value.flatMap((each, i) => spoken(each, `${path}[${i}]`));
  return Object.entries(value as object).flatMap(([key, each]) =>
    spoken(each, path === "" ? key : `${path}.${key}`),
  );
}

function given(path: string, value: number): readonly unknown[] {
  if (path === "listed") return [["x"]];
  if (path === "language") return ["und"];
  if (path === "pseudonym" || path.startsWith("lags") || path.startsWith("kinds.")) return ["x", "x"];
  if (path.startsWith("counts") || path === "otherRoots") return [figure(value)];
  return Array.from({ length: 5 }, () => figure(value));
}

function figure(value: number) {
  return {
    kind: "figure",
    value,
    shown: String(value),
    source: { kind: "items", items: [] },
    replace: () => "",
  };
}

function worded(told: string | Text): string {
  return typeof told === "string"
    ? told
    : told.map((part) => (typeof part === "string" ? part : "X")).join("");
}

function words(texts: readonly (readonly [string, string])[]): ReadonlySet<string> {
  return new Set(
    texts.flatMap(([, text]) => text.toLowerCase().match(/(?<!\p{L})\p{L}{3,}(?!\p{L})/gu) ?? []),
  );
}

const keys = (table: Messages) => spoken(table).map(([key]) => key);
const english = words(spoken(MESSAGES.en));
const french = words(spoken(MESSAGES.fr));

describe("the words of reports", () => {
  it("are there in both languages under the same keys", () => {
    expect(keys(MESSAGES.fr)).toEqual(keys(MESSAGES.en));
  });

  it("leave no English in a French note, and no French in an English one", () => {
    const text = (lang: "en" | "fr") => {
      const { document } = parseHTML(toHtml(storyNote(sampleNote(lang)), MESSAGES[lang]));
      // Names, addresses, commands, markings and the posts' own words are nobody's to translate.
      for (const own of document.querySelectorAll("style, code, .comparison p, .marking, [lang]:not(html)"))
        own.remove();
      return document.body
        .textContent!.toLowerCase()
        .replaceAll(/hanhai herald|rideau|registre x|headwater/g, "");
    };
    const found = (lang: "en" | "fr", other: ReadonlySet<string>, own: ReadonlySet<string>) =>
      [...new Set<string>(text(lang).match(/(?<!\p{L})\p{L}{3,}(?!\p{L})/gu))].filter(
        (word) => other.has(word) && !own.has(word),
      );
    expect(found("fr", english, french)).toEqual([]);
    expect(found("en", french, english)).toEqual([]);
  });

  it("keep Canadian French typography: no space before ; ! ? and one before a colon", () => {
    const wrong = spoken(MESSAGES.fr).filter(
      ([key, text]) =>
        key !== "locale" && (/\s[;!?]/.test(text) || /[^\u00a0]:\s/.test(text) || /« | »/.test(text)),
    );
    expect(wrong).toEqual([]);
  });
});
