import type { Command } from "commander";
import { UsageError } from "../../contracts/errors.ts";
import type { Store } from "../../contracts/store.ts";
import type { Held, Trust } from "../../evidence/held.ts";
import type { PostEvidence } from "../../evidence/of-post.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { action, type Session } from "../session.ts";
import { storyOf } from "../story.ts";

export function defineEvidence(program: Command): void {
  const evidence = program
    .command("evidence")
    .summary("what proves a post: show, verify, hand out")
    .description(
      "Every answer that a source gave is kept as it came, in WARC files (`evidence.keep`). A post is named by its id or its URL.",
    )
    .addHelpText(
      "after",
      examples([
        [
          "headwater evidence show web:3f9a",
          "when it was fetched, from where, the hashes, the file, the timestamp",
        ],
        [
          "headwater evidence verify web:3f9a",
          "recompute all hashes of it; exit code 1 when one does not fit",
        ],
        ["headwater evidence verify --all", "every file, every record, every entry of the index"],
        [
          "headwater evidence export web:3f9a --out proof.zip",
          "a bundle that others check without Headwater",
        ],
      ]),
    );
  evidence
    .command("show")
    .description("Shows what is held of a post: each answer, when, from where, its hashes and where it lies.")
    .argument("<post>", "id or URL of a post")
    .action(action(show));
  evidence
    .command("verify")
    .description(
      "Recomputes the hashes of a post's answers, or with --all of everything that is kept, and checks manifests and timestamps. Exit code 1 when something does not fit.",
    )
    .argument("[post]", "id or URL of a post")
    .option("-a, --all", "everything that is kept")
    .action(action(verify));
  evidence
    .command("export")
    .description(
      "Writes what proves a post into a folder or a zip file: WARC records, bodies, the post, manifests, timestamps, hashes, and how to check it all with other people's tools.",
    )
    .argument("<post>", "id or URL of a post")
    .requiredOption("-o, --out <path>", "a folder that is not there yet, or a file that ends in .zip")
    .action(action(exportBundle));
}

async function show(session: Session, id: string): Promise<number> {
  return withPost(session, id, async (evidence, held) => {
    if (session.options.json) {
      const captures = held.map(({ capture, file, stamp, problems }) => ({
        ...capture,
        state: file,
        stamp,
        problems,
      }));
      await session.out.json({ post: evidence.post, captures, without_capture: evidence.without });
      return EXIT.ok;
    }
    const { evidenceLines } = await import("../evidence.ts");
    await session.out.lines(evidenceLines(evidence, held));
    return EXIT.ok;
  });
}

async function verify(
  session: Session,
  id: string | undefined,
  { all = false }: { readonly all?: boolean },
): Promise<number> {
  if (all === (id !== undefined)) throw new UsageError("name one post, or write --all");
  if (id === undefined) return verifyAll(session);
  return withPost(session, id, async (evidence, held) => {
    const problems = held.flatMap((each) => each.problems);
    const missing = evidence.without.map((hash) => `no answer is held of the bytes with the SHA-256 ${hash}`);
    const wrong = [...problems, ...missing];
    if (session.options.json)
      await session.out.json({ post: evidence.post, answers: held.length, problems: wrong });
    else await session.out.lines(wrong);
    if (held.length === 0) session.log.error(`nothing is held of ${evidence.post}`);
    else if (wrong.length === 0)
      session.log.info(`${held.length} answers of ${evidence.post}: every hash fits`);
    return wrong.length === 0 && held.length > 0 ? EXIT.ok : EXIT.failure;
  });
}

async function verifyAll(session: Session): Promise<number> {
  const { verifyAllLines } = await import("../evidence.ts");
  const { folder, trust } = await whereOf(session);
  const store = await session.store();
  try {
    const { lines, summary, failed, data } = await verifyAllLines({ folder, store, trust, log: session.log });
    if (session.options.json) await session.out.json(data);
    else await session.out.lines(lines);
    session.log[failed ? "error" : "info"](summary);
    return failed ? EXIT.failure : EXIT.ok;
  } finally {
    await store.close();
  }
}

async function exportBundle(
  session: Session,
  id: string,
  { out }: { readonly out: string },
): Promise<number> {
  return withPost(session, id, async (evidence, held, folder) => {
    if (held.length === 0) {
      throw new UsageError(
        `nothing is held of ${evidence.post}: it was imported, or collected while evidence.keep was off`,
        EXIT.noInput,
      );
    }
    const [{ bundleOf }, { writeBundle }] = await Promise.all([
      import("../../evidence/bundle.ts"),
      import("../evidence.ts"),
    ]);
    const bundle = await bundleOf(folder, { evidence, held, exported_at: new Date().toISOString() });
    await writeBundle(bundle, out);
    const problems = held.flatMap((each) => each.problems);
    for (const problem of problems) session.log.warn(problem);
    session.log.info(
      `${out}: ${held.length} answers, ${bundle.size} files; README.md says how to check them`,
    );
    return problems.length === 0 ? EXIT.ok : EXIT.failure;
  });
}

/** Reads all that is held of a post, each answer checked. */
async function withPost(
  session: Session,
  id: string,
  use: (evidence: PostEvidence, held: readonly Held[], folder: string) => Promise<number>,
): Promise<number> {
  const [{ evidenceOfPost }, { readHeld }, { folder, trust }] = await Promise.all([
    import("../../evidence/of-post.ts"),
    import("../../evidence/held.ts"),
    whereOf(session),
  ]);
  const store = await session.store();
  try {
    const evidence = await evidenceOfPost(store, await postId(store, id));
    if (evidence === null) throw new UsageError(`there is no post ${id}`, EXIT.noInput);
    const held: Held[] = [];
    for (const capture of [...evidence.captures.map((each) => each.capture), ...evidence.further])
      held.push(await readHeld(folder, capture, trust));
    return await use(evidence, held, folder);
  } finally {
    await store.close();
  }
}

async function postId(store: Store, id: string): Promise<string> {
  return (await storyOf(store, id)).post?.post.id ?? id;
}

async function whereOf(session: Session): Promise<{ readonly folder: string; readonly trust: Trust }> {
  const [config, { evidenceFolder, trustOf }] = await Promise.all([
    session.config(),
    import("../../pipelines/evidence.ts"),
  ]);
  return { folder: evidenceFolder(config), trust: trustOf(config) };
}
