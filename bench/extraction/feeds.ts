import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { readFeed } from "../../collectors/rss/feed.ts";
import { map } from "../../collectors/rss/map.ts";
import { rssOptions } from "../../collectors/rss/options.ts";
import type { PostDraft } from "../../contracts/post.ts";
import { decodeBody } from "../../text/charset.ts";
import { readDate } from "../../text/dates.ts";
import { namesIn } from "../data.ts";

/** An item as a feed's expected parse has it; null where it has none, undefined where it does not say. */
interface Expected {
  readonly title: string | null;
  readonly link: string | null;
  readonly date: string | null;
}

interface Feed {
  readonly set: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly expected: readonly Expected[] | null;
}

interface Tally {
  feeds: number;
  refused: number;
  crashed: number;
  compared: number;
  sameCount: number;
  items: number;
  titles: number;
  links: number;
  /** Where the feed's link counts clicks, and ours is the address behind it. */
  behind: number;
  dates: number;
}

/** The feeds of two parsers' own tests, beside what those parsers are expected to make of them. */
export function feeds(dataDir: string, say: (line: string) => void): string | null {
  const all = [...ofRssParser(dataDir), ...ofFeedRs(dataDir)];
  if (all.length === 0) return null;
  const sets = new Map<string, Tally>();
  const notes: string[] = [];
  for (const feed of all) {
    const none = {
      feeds: 0,
      refused: 0,
      crashed: 0,
      compared: 0,
      sameCount: 0,
      items: 0,
      titles: 0,
      links: 0,
      behind: 0,
      dates: 0,
    };
    const tally = sets.get(feed.set) ?? none;
    sets.set(feed.set, tally);
    tally.feeds++;
    let drafts: readonly (PostDraft | null)[];
    try {
      drafts = draftsOf(feed.bytes, feed.name);
    } catch (error) {
      tally.crashed++;
      notes.push(`${feed.name}: ${(error as Error).message}`);
      continue;
    }
    if (drafts.length === 0) tally.refused++;
    if (feed.expected === null) continue;
    tally.compared++;
    if (feed.expected.length === drafts.length) tally.sameCount++;
    else notes.push(`${feed.name}: ${drafts.length} items, ${feed.expected.length} expected`);
    for (const [at, expected] of feed.expected.entries()) {
      const draft = drafts[at] ?? null;
      tally.items++;
      if (sameText(draft?.title, expected.title)) tally.titles++;
      else
        notes.push(`${feed.name} ${at + 1}: title ${told(draft?.title)}, expected ${told(expected.title)}`);
      if (sameLink(draft?.url, expected.link)) tally.links++;
      else if (draft?.url && isCounter(expected.link ?? "")) tally.behind++;
      else notes.push(`${feed.name} ${at + 1}: link ${told(draft?.url)}, expected ${told(expected.link)}`);
      if (sameInstant(draft?.published_at, expected.date)) tally.dates++;
      else
        notes.push(
          `${feed.name} ${at + 1}: date ${told(draft?.published_at)}, expected ${told(expected.date)}`,
        );
    }
  }
  for (const note of notes.slice(0, 200)) say(note);
  const rows = [...sets].map(
    ([set, t]) =>
      `| ${set} | ${t.feeds} | ${t.crashed} | ${t.refused} | ${t.sameCount} of ${t.compared} | ${t.items} | ${t.titles} | ${t.links} + ${t.behind} | ${t.dates} |`,
  );
  return [
    "| set | feeds | crashed | without items | as many items as expected | items expected | title equal | link equal + behind a counter of clicks | instant equal |",
    "|---|---|---|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

function draftsOf(bytes: Uint8Array, name: string): readonly (PostDraft | null)[] {
  const url = `http://feeds.example/${encodeURIComponent(name)}`;
  const { text } = decodeBody({ body: bytes, headers: {} }, "xml");
  const feed = readFeed(text, { url });
  if ("problem" in feed) return [];
  const options = rssOptions.parse({ url });
  return feed.items.map((item) => {
    const mapped = map(item, options);
    return "draft" in mapped ? mapped.draft : null;
  });
}

const told = (value: string | null | undefined): string => JSON.stringify(value ?? null)?.slice(0, 90);
const plain = (text: string): string =>
  text
    .replace(/<[^>]+>/g, "")
    .replace(/&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[\da-f]+);/gi, " ")
    .replace(/[\s\p{P}\p{S}]+/gu, " ")
    .trim();

/** One of the expected parses was read in a wrong charset; its broken characters stand for any. */
function sameText(ours: string | null | undefined, expected: string | null): boolean {
  const [a, b] = [plain(ours ?? ""), plain(expected ?? "")];
  if (!expected?.includes("\ufffd")) return a === b;
  const parts = expected
    .split(/\ufffd+/)
    .map(plain)
    .filter((part) => part !== "");
  return parts.every((part) => a.includes(part));
}

const isCounter = (link: string): boolean =>
  /^https?:\/\/(?:feedproxy\.google\.com|feeds?\.[^/]+)\/~r\//.test(link);

/** Relative links of the expected parse are as the feed wrote them, ours are resolved. */
function sameLink(ours: string | null | undefined, expected: string | null): boolean {
  if (expected === null || expected.trim() === "") return true;
  if (!ours) return false;
  const there = URL.parse(expected.trim());
  return there === null
    ? ours.endsWith(expected.replace(/^[./]+/, ""))
    : URL.parse(ours)?.href === there.href;
}

function sameInstant(ours: string | null | undefined, expected: string | null): boolean {
  if (expected === null) return true;
  const [a, b] = [ours, expected].map((date) => (date ? (readDate(date)?.instant ?? null) : null));
  // What neither can read as a date is the same.
  if (b === null) return true;
  return a !== null && Math.abs(Date.parse(a!) - Date.parse(b!)) < 1000;
}

function bytesOf(file: string): Uint8Array {
  const bytes = readFileSync(file);
  return file.endsWith(".gz") ? gunzipSync(bytes) : bytes;
}

function ofRssParser(dataDir: string): readonly Feed[] {
  return namesIn(dataDir, "feeds", "rss-parser").map((name) => {
    const stem = name.replace(/\.gz$/, "").replace(/\.\w+$/, "");
    const at = path.join(dataDir, "feeds", "rss-parser-expected", `${stem}.json`);
    const file = [at, `${at}.gz`].find((one) => existsSync(one));
    return {
      set: "rss-parser",
      name,
      bytes: bytesOf(path.join(dataDir, "feeds", "rss-parser", name)),
      expected: file === undefined ? null : expectedOfRssParser(bytesOf(file)),
    };
  });
}

function expectedOfRssParser(bytes: Uint8Array): readonly Expected[] | null {
  // One of them is itself in ISO-8859-1.
  const { feed } = JSON.parse(decodeBody({ body: bytes, headers: {} }).text) as {
    feed?: { items?: readonly Readonly<Record<string, unknown>>[] };
  };
  return (
    feed?.items?.map(({ title, link, isoDate, pubDate }) => ({
      title: typeof title === "string" ? title : null,
      link: typeof link === "string" ? link : null,
      date: typeof isoDate === "string" ? isoDate : typeof pubDate === "string" ? pubDate : null,
    })) ?? null
  );
}

function ofFeedRs(dataDir: string): readonly Feed[] {
  return namesIn(dataDir, "feeds", "feed-rs").flatMap((kind) => {
    const folder = path.join(dataDir, "feeds", "feed-rs", kind);
    const names = namesIn(folder).filter((name) => !name.includes(".serde."));
    return names.map((name) => {
      const file = path.join(folder, `${name.replace(/(?:\.gz)?$/, "").replace(/\.\w+$/, "")}.serde.json`);
      return {
        set: "feed-rs",
        name: `${kind}/${name}`,
        bytes: bytesOf(path.join(folder, name)),
        expected: existsSync(file) ? expectedOfFeedRs(readFileSync(file, "utf8")) : null,
      };
    });
  });
}

function expectedOfFeedRs(json: string): readonly Expected[] {
  const { entries } = JSON.parse(json) as {
    entries: readonly {
      title?: { content: string } | null;
      links: readonly { href: string; rel: string | null }[];
      published?: string | null;
      updated?: string | null;
    }[];
  };
  return entries.map(({ title, links, published, updated }) => {
    const link = links.find(({ rel }) => rel === null || rel === "alternate");
    return { title: title?.content ?? null, link: link?.href ?? null, date: published ?? updated ?? null };
  });
}
