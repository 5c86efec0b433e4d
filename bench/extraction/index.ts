import { feeds } from "./feeds.ts";
import { chinesePages, readerPages } from "./pages.ts";

/**
 * Extraction: feeds beside the expected parses of two feed parsers' tests, Chinese news pages, and the pages that Mozilla's
 * reader is tested with. Looks for `feeds/` (github rbren/rss-parser test/, feed-rs/feed-rs fixture/) and `extraction/`
 * (github kingname/GeneralNewsExtractor tests/, mozilla/readability test/test-pages/).
 */
export async function extraction(
  dataDir: string,
  _options: unknown,
  say: (line: string) => void,
): Promise<string> {
  const parts: readonly (readonly [title: string, intro: string, body: string | null])[] = [
    [
      "Feeds",
      "Feeds of the tests of rss-parser (npm) and feed-rs (Rust), beside what those parsers are expected to make of them.",
      feeds(dataDir, say),
    ],
    [
      "Chinese news pages",
      "Saved pages of the tests of GeneralNewsExtractor. Its own output is there for 20 of them: another opinion, not the truth.",
      chinesePages(dataDir, say),
    ],
    [
      "Pages of Mozilla's reader",
      "The pages that it is tested with. It is part of our reading, so this shows that nothing is lost on the way.",
      readerPages(dataDir, say),
    ],
  ];
  const there = parts.filter(([, , body]) => body !== null);
  if (there.length === 0) return "The sets are not in the data folder.";
  return there.map(([title, intro, body]) => `### ${title}\n\n${intro}\n\n${body}`).join("\n\n");
}
