import { describe, expect, test } from "vitest";
import { readFeed } from "../../../collectors/rss/feed.ts";
import { map } from "../../../collectors/rss/map.ts";
import { rssOptions } from "../../../collectors/rss/options.ts";

const options = rssOptions.parse({ url: "http://hostile.example/feed" });
const item = (inside: string): string =>
  `<rss version="2.0"><channel><title>T</title><item><title>One</title>${inside}</item></channel></rss>`;

const laughs = Array.from(
  { length: 10 },
  (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`,
).join("");

const DOCUMENTS: Readonly<Record<string, string>> = {
  "a billion laughs": `<!DOCTYPE rss [<!ENTITY l0 "ha">${laughs}]>${item("<description>&l10;</description>")}`,
  "one long entity many times": `<!DOCTYPE rss [<!ENTITY a "${"a".repeat(100_000)}">]>${item(`<description>${"&a;".repeat(100_000)}</description>`)}`,
  "an external entity": `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>${item("<description>&x;</description>")}`,
  "a million character references": item(`<description>${"&#65;".repeat(1_000_000)}</description>`),
  "200,000 elements deep": item(`<description>${"<a>".repeat(200_000)}</description>`),
  "200,000 escaped tags deep": item(`<description>${"&lt;div&gt;".repeat(200_000)}</description>`),
  "200,000 items in one another": `<rss><channel>${"<item>".repeat(200_000)}`,
  "100,000 fields of one name": item("<link>x</link>".repeat(100_000)),
  "50,000 namespaces": item(Array.from({ length: 50_000 }, (_, n) => `<a:b xmlns:a="urn:${n}"/>`).join("")),
  "a tag without an end": `${item("")}<a ${"b ".repeat(500_000)}`,
  "a comment without an end": `<!--${"-".repeat(1_000_000)}`,
  "many comments without an end": "<!--".repeat(250_000),
  "CDATA without an end": `<rss><channel><item><title><![CDATA[${"]]".repeat(500_000)}`,
  "opening brackets only": `<rss><channel>${"<".repeat(1_000_000)}`,
  "a long name": `<${"a".repeat(1_000_000)}`,
  NULs: `${item("<description>a\u0000b</description>")}${"\u0000".repeat(100_000)}`,
  "deep JSON": `{"items":${"[".repeat(100_000)}`,
};

describe.each(Object.entries(DOCUMENTS))("%s", (_name, document) => {
  test("is read or refused in bounded time, and nothing is expanded", () => {
    const started = process.cpuUsage();
    const feed = readFeed(document, { url: "http://hostile.example/feed" });
    const mapped = "problem" in feed ? [] : feed.items.slice(0, 1000).map((one) => map(one, options));
    // Half a second of one processor; what grows by the square of its length takes minutes.
    expect(process.cpuUsage(started).user).toBeLessThan(2_000_000);
    const texts = mapped.map((one) => ("draft" in one ? (one.draft.text ?? "") : ""));
    expect(texts.join("").length).toBeLessThanOrEqual(document.length);
    expect(texts.join("")).not.toContain("root:");
  });
});
