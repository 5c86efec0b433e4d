import { type Command, Option } from "commander";
import type { StoredPost } from "../../contracts/store.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { countOption } from "../options.ts";
import { action, type Session } from "../session.ts";

export function defineSearch(program: Command): void {
  program
    .command("search")
    .summary("find posts by words, phrases and fields")
    .description(
      'Finds posts. Words must all occur; "phrases", field:value, field:[a TO b], field:a*b, AND, OR, NOT, word* and parentheses are understood. Chinese, Japanese and Korean are found by any stretch of characters.',
    )
    .argument("<query...>", "what to look for; several words are one query")
    .option("-n, --limit <n>", "show at most so many", countOption, 20)
    .addOption(
      new Option("-o, --order <order>", "how they are sorted")
        .choices(["relevance", "newest", "oldest"])
        .default("relevance"),
    )
    .option("--names", "show private accounts by name instead of by pseudonym")
    .addHelpText(
      "after",
      examples([
        ["headwater search 断交", "every post with these characters"],
        [
          "headwater search '\"foreign policy\" AND platform:web' --order oldest",
          "a phrase, one platform, oldest first",
        ],
        [
          "headwater search 'account.id:gh_1 published_at:[2021-09-08 TO 2021-09-10]'",
          "one account in three days",
        ],
      ]),
    )
    .action(action(search));
}

interface SearchOptions {
  readonly limit: number;
  readonly order: "relevance" | "newest" | "oldest";
  readonly names?: boolean;
}

async function search(session: Session, words: readonly string[], options: SearchOptions): Promise<number> {
  const { parseQuery } = await import("../../text/query.ts");
  const query = parseQuery(words.join(" "));
  const config = await session.config();
  const store = await session.store();
  try {
    const found: StoredPost[] = [];
    for await (const stored of store.find("posts", query, { limit: options.limit, order: options.order }))
      found.push(stored);
    if (session.options.json) {
      const { postLine } = await import("../../reports/interchange/post-line.ts");
      await session.out.jsonLines(found.map(postLine));
    } else {
      const [{ namesOf, namingOf }, { postLines }, { wordsOf }] = await Promise.all([
        import("../../reports/names.ts"),
        import("../../reports/listing.ts"),
        import("../../reports/query-words.ts"),
      ]);
      const names = namesOf(found, namingOf(config, options.names === true));
      const asked = wordsOf(query);
      for (const stored of found)
        await session.out.lines([
          ...postLines(stored, { names, zone: config.schedule.zone, words: asked }),
          "",
        ]);
    }
    const all = await store.count("posts", query);
    if (all === 0) session.log.info("nothing found");
    else if (all > found.length) session.log.info(`${found.length} of ${all} posts; --limit shows more`);
    else session.log.info(all === 1 ? "1 post" : `${all} posts`);
    return EXIT.ok;
  } finally {
    await store.close();
  }
}
