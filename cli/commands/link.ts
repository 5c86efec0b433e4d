import { userInfo } from "node:os";
import { Argument, type Command } from "commander";
import { UsageError } from "../../contracts/errors.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { action, type Session } from "../session.ts";

const VERDICTS = { confirm: "confirmed", reject: "rejected", clear: null } as const;

export function defineLink(program: Command): void {
  program
    .command("link")
    .summary("confirm or reject a link between two posts")
    .description(
      "Keeps a person's verdict on a link. It outranks the machine: a confirmed link ties a story together, a rejected one does not, and re-analysis changes neither. `clear` takes the verdict back.",
    )
    .addArgument(new Argument("<verdict>", "what to decide").choices(Object.keys(VERDICTS)))
    .argument("<child>", "id of the later post")
    .argument("<parent>", "id of the earlier post")
    .option("--by <name>", "who decides; your login name when left out")
    .addHelpText(
      "after",
      examples([
        ["headwater link reject weibo:501 web:9df42d6d7bbcfc57a8cd", "these two are not a copy"],
        [
          "headwater link confirm douyin:7005 web:12e076c82f99ef93ca3d --by analyst-2",
          "a suggested link is right",
        ],
      ]),
    )
    .action(action(link));
}

async function link(
  session: Session,
  decision: keyof typeof VERDICTS,
  child: string,
  parent: string,
  { by = userInfo().username }: { by?: string },
): Promise<number> {
  const config = await session.config();
  const [{ assemble }, { traceWaiting }] = await Promise.all([
    import("../../pipelines/assembly.ts"),
    import("../../pipelines/steps/trace.ts"),
  ]);
  const parts = await assemble(config, { log: session.log, sources: [] });
  try {
    const { store } = parts;
    const verdict = VERDICTS[decision];
    if (!(await store.judge({ child, parent }, verdict, by, parts.now().toISOString()))) {
      throw new UsageError(
        `there is no link from ${child} to ${parent}; ${await hint(parts.store, child)}`,
        EXIT.noInput,
      );
    }
    while (await traceWaiting(parts));
    const stories = await Promise.all(
      [child, parent].map(async (id) => (await store.getPosts([id]))[0]?.story ?? null),
    );
    if (session.options.json)
      await session.out.json({
        child,
        parent,
        verdict,
        by,
        stories: { child: stories[0], parent: stories[1] },
      });
    else {
      const said = verdict === null ? "has no verdict any more" : `is ${verdict} by ${by}`;
      const where =
        stories[0] !== null && stories[0] === stories[1]
          ? `both are in story ${stories[0]}`
          : "they are in no story together";
      await session.out.line(`the link from ${child} to ${parent} ${said}; ${where}`);
    }
    return EXIT.ok;
  } finally {
    await parts.close();
  }
}

async function hint(
  store: { linksOf(ids: readonly string[]): Promise<readonly { child: string; parent: string }[]> },
  child: string,
): Promise<string> {
  const links = await store.linksOf([child]);
  if (links.length === 0) return "the first has no links at all";
  const first = links.slice(0, 5).map((each) => `${each.child} → ${each.parent}`);
  return `it has ${first.join(", ")}${links.length > first.length ? " …" : ""}`;
}
