import { expect, it } from "vitest";
import { madeCorpus } from "../support/corpus.ts";
import { differences, findings, importLines, temporaryFolder } from "../support/pipeline.ts";

it("many posts at once, which a thread judges, end in what the same posts do that came a few at a time", async () => {
  const lines = madeCorpus("thread", 260);
  using many = temporaryFolder();
  using few = temporaryFolder();
  await importLines(many.dir, lines);
  await importLines(few.dir, lines.slice(0, 130), lines.slice(130));
  const found = await findings(many.dir);
  expect(differences(found, await findings(few.dir))).toEqual([]);
  expect(found.posts).toHaveLength(lines.length);
  expect(found.links.length).toBeGreaterThan(lines.length);
});
