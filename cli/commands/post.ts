import type { Command } from "commander";
import { UsageError } from "../../contracts/errors.ts";
import type { History } from "../../reports/history.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { action, type Session } from "../session.ts";

export function definePost(program: Command): void {
  const post = program
    .command("post")
    .summary("what became of a post: its versions, and whether it is still there")
    .description(
      "Tells of one post what it said at which time, what was changed, and what was found when it was looked at again. Posts of watched stories are looked at again on the schedule of `revisits`.",
    )
    .addHelpText(
      "after",
      examples([
        ["headwater post versions wechat:Mzk_1_1", "its wordings, its visits, and the next one"],
        ["headwater search 'existence:deleted'", "every post that is known to be deleted"],
        ["headwater search 'edited_at:[2026-03-01 TO *]'", "every post whose wording was changed since"],
      ]),
    );
  post
    .command("versions")
    .description("Shows the versions of a post with what was changed, and the state of its existence.")
    .argument("<id>", "its id, as `headwater search` shows it")
    .option("--names", "show private accounts by name instead of by pseudonym")
    .action(action(versions));
}

async function versions(
  session: Session,
  id: string,
  { names: named = false }: { names?: boolean },
): Promise<number> {
  const [config, { changesBetween }] = await Promise.all([
    session.config(),
    import("../../analyzers/edits/index.ts"),
  ]);
  const store = await session.store();
  try {
    const [stored] = await store.getPosts([id]);
    if (stored === undefined)
      throw new UsageError(`no post has the id ${id}; \`headwater search\` shows ids`, EXIT.noInput);
    const all = await store.versionsOf(id);
    const history: History = {
      stored,
      versions: all.map((version, i) => {
        const before = all.slice(0, i).findLast(({ post }) => post.source === version.post.source)?.post;
        const changes =
          before === undefined ? null : { before: before.text, ...changesBetween(before, version.post) };
        return { ...version, changes };
      }),
      visits: await store.visitsOf(id),
    };
    if (session.options.json) {
      const { existence = null, edited = null, revisit_at = null } = stored;
      await session.out.json({
        post: id,
        existence,
        edited,
        revisit_at,
        versions: history.versions,
        visits: history.visits,
      });
      return EXIT.ok;
    }
    const [{ namesOf, namingOf }, { historyLines }] = await Promise.all([
      import("../../reports/names.ts"),
      import("../../reports/history.ts"),
    ]);
    const names = namesOf([stored], namingOf(config, named));
    await session.out.lines(historyLines(history, { names, zone: config.schedule.zone }));
    return EXIT.ok;
  } finally {
    await store.close();
  }
}
