import type { Command } from "commander";
import { UsageError } from "../../contracts/errors.ts";
import type { Store, StoredPost } from "../../contracts/store.ts";
import { largestStories, readFinding } from "../../pipelines/reports/finding.ts";
import type { ShownAccounts } from "../../text/pseudonyms.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { countOption } from "../options.ts";
import { action, type Session } from "../session.ts";
import { storyOf } from "../story.ts";

export function defineTrace(program: Command): void {
  program
    .command("trace")
    .summary("tell the finding of a story; without an id, list the stories")
    .description(
      "Tells where a story began, who carried it on, how, and what cannot be known. The story is named by its id, by a post's id, or by a post's URL. Without an id, stories are listed, largest first.",
    )
    .argument("[id]", "story id (or its beginning), post id, or URL of a post")
    .option("-n, --limit <n>", "list at most so many stories", countOption, 20)
    .option("--names", "show private accounts by name instead of by pseudonym")
    .addHelpText(
      "after",
      examples([
        ["headwater trace", "the largest stories"],
        ["headwater trace s-3f9a", "one of them"],
        ["headwater trace http://news.example/article --json", "the story of an article, as data"],
      ]),
    )
    .action(action(trace));
}

interface TraceOptions {
  readonly limit: number;
  readonly names?: boolean;
}

async function trace(
  session: Session,
  id: string | undefined,
  { limit, names = false }: TraceOptions,
): Promise<number> {
  const config = await session.config();
  const store = await session.store();
  try {
    if (id === undefined)
      return await list(session, store, limit, names ? "all" : config.privacy.shown_accounts);
    const { story, post } = await storyOf(store, id);
    if (story === null) return await alone(session, post!);
    const finding = await readFinding(store, story, { config, names });
    if (finding === null)
      throw new UsageError(`there is no story ${story}; \`headwater trace\` lists them`, EXIT.noInput);
    if (session.options.json) {
      const { postLine } = await import("../../reports/interchange/post-line.ts");
      const posts = [...finding.posts.values()].map(postLine);
      await session.out.json({ story: finding.story, trace: finding.trace, posts, links: finding.links });
    } else {
      const { findingLines } = await import("../../reports/finding.ts");
      await session.out.lines(findingLines(finding));
    }
    return EXIT.ok;
  } finally {
    await store.close();
  }
}

async function list(session: Session, store: Store, limit: number, shown: ShownAccounts): Promise<number> {
  const stories = await largestStories(store, limit);
  if (session.options.json) await session.out.jsonLines(stories);
  else if (stories.length > 0) {
    const [{ storyTable }, { namesOf }] = await Promise.all([
      import("../../reports/listing.ts"),
      import("../../reports/names.ts"),
    ]);
    const listed = [];
    for (const story of stories) {
      const first = await firstOf(store, story.story);
      const names = namesOf(first, { actors: new Map(), shown });
      const title = first[0]?.post.title ?? first[0]?.post.text ?? "";
      listed.push({ story, title: names.conceal(title) });
    }
    await session.out.lines(storyTable(listed));
  }
  const all = await store.count("stories", { kind: "all" });
  if (all === 0) session.log.info("no stories yet: no two posts of the collection are tied to each other");
  else if (all > stories.length) session.log.info(`${stories.length} of ${all} stories; --limit shows more`);
  return EXIT.ok;
}

/** The post a story is listed by: its origin, or the earliest seen. */
async function firstOf(store: Store, story: string): Promise<readonly StoredPost[]> {
  const found = await store.getTrace(story);
  return found === null ? [] : store.getPosts([found.trace.origin ?? found.trace.first_seen]);
}

async function alone(session: Session, post: StoredPost): Promise<number> {
  if (session.options.json) {
    const { postLine } = await import("../../reports/interchange/post-line.ts");
    await session.out.json({ story: null, trace: null, posts: [postLine(post)], links: [] });
    return EXIT.ok;
  }
  const why =
    post.findings === null
      ? "it has not been analysed yet; `headwater analyze` does so"
      : "no link ties it to another post of the collection";
  await session.out.line(`${post.post.id} is in no story: ${why}.`);
  return EXIT.ok;
}
