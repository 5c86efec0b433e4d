import { Argument, type Command } from "commander";
import { UsageError } from "../../contracts/errors.ts";
import { counted } from "../../reports/words.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { action, type Session } from "../session.ts";

export function defineKeys(program: Command): void {
  program
    .command("keys")
    .summary("fill the index of keys in Redis from the store again")
    .description(
      "The keys by which posts of the last weeks find each other lie in Redis. When it has lost them, workers fill the index from the store by themselves; `rebuild` does it by hand. Workers wait meanwhile. With `queue: memory` every start does it.",
    )
    .addArgument(new Argument("<action>", "what to do").choices(["rebuild"]))
    .addHelpText(
      "after",
      examples([["headwater keys rebuild", "after a copy of another Redis was put back"]]),
    )
    .action(action(rebuild));
}

async function rebuild(session: Session): Promise<number> {
  const config = await session.config();
  if (config.queue === "memory") {
    throw new UsageError(
      "with `queue: memory` the keys are restored at every start; there is nothing to rebuild",
    );
  }
  const { assemble } = await import("../../pipelines/assembly.ts");
  const parts = await assemble(config, { log: session.log, sources: [] });
  try {
    const posts = await parts.shared!.keys.rebuild();
    if (session.options.json) await session.out.json({ posts });
    else await session.out.line(`the keys of ${counted(posts, "post", "posts")} are in Redis`);
    return EXIT.ok;
  } finally {
    await parts.close();
  }
}
