import { randomUUID } from "node:crypto";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { randomFrom } from "../../bench/simulator/random.ts";
import { connect } from "../../stores/elasticsearch/connection.ts";
import { aliasOf, type IndexKind } from "../../stores/elasticsearch/names.ts";
import type { ElasticsearchOptions } from "../../stores/elasticsearch/options.ts";
import { storeOfFile } from "../servers/elasticsearch-store.ts";
import { withServer } from "../servers/servers.ts";
import { headwater } from "../support/command.ts";
import { madeCorpus } from "../support/corpus.ts";
import { importDistributed } from "../support/distributed.ts";
import { all, differences, findings, findingsOf, importWith, temporaryFolder } from "../support/pipeline.ts";

/** The demo case as lines, and a made corpus. */
async function corpus(dir: string): Promise<readonly string[]> {
  const data = path.join(dir, "demo");
  await headwater(["up", "--once", "--data", data]);
  const demo = (await headwater(["export", "posts", "--data", data])).out.trim().split("\n");
  return [...demo, ...madeCorpus("parity", 260)];
}

/** A watch that many posts are in, and rules of stories and of watches. */
const MORE = {
  watches: [{ name: "schools", title: "Schools", queries: ['"écoles rurales"', "pier"] }],
  alerts: {
    rules: [
      { name: "seen", kind: "watch-posts", watches: ["schools"], suggested: true },
      { name: "many", kind: "watch-posts", watches: ["schools"], posts: 8, suggested: true },
      { name: "surge", kind: "watch-surge", watches: ["schools"], suggested: true },
      { name: "first", kind: "first-pickup", watches: ["schools"], platforms: ["weibo"] },
    ],
    channels: [{ name: "here", notifier: "console" }],
  },
};

const DAY = "2021-09-09T08:00:00Z";

/** What is written to indexes of a kind that are made from now on is found only after somebody asks for it. */
async function neverRefreshed(options: ElasticsearchOptions, kind: IndexKind): Promise<void> {
  const connection = await connect(options);
  await connection.ask(async ({ indices }) => {
    const name = aliasOf(options.prefix, kind);
    const { index_templates: found } = await indices.getIndexTemplate({ name });
    const {
      created_date_millis: _,
      modified_date_millis: __,
      template,
      ...rest
    } = found[0]!.index_template as unknown as Readonly<Record<string, unknown>> & {
      readonly template: object;
    };
    const settings = { index: { refresh_interval: "-1", number_of_replicas: 0 } };
    await indices.putIndexTemplate({ name, ...rest, template: { ...template, settings } } as never);
  });
  await connection.close();
}

await withServer("redis", (redis) =>
  withServer("elasticsearch", (url) => {
    describe("the two constructions", () => {
      it("invariant 1: find the same posts, links, stories, traces and alerts in three orders of arrival", async () => {
        using folder = temporaryFolder();
        const lines = await corpus(folder.dir);
        await importWith(MORE, folder.dir, lines);
        const expected = await findings(folder.dir);
        expect(expected.stories.length).toBeGreaterThan(3);
        expect(expected.links.length).toBeGreaterThan(200);
        expect(expected.alerts.length).toBeGreaterThan(10);
        const { shuffled } = randomFrom("orders");
        const mixed = shuffled(lines);
        const orders = [
          [lines],
          [[...lines].reverse()],
          [mixed.slice(0, 40), mixed.slice(40, 41), mixed.slice(41, 200), mixed.slice(200)],
        ];
        for (const order of orders) {
          const file = storeOfFile([url]);
          const opened = await file.open();
          await importDistributed(
            {
              dir: folder.dir,
              redis,
              prefix: `parity-${randomUUID()}`,
              openStore: opened.reopen!,
              more: MORE,
            },
            ...order,
          );
          await file.settle();
          expect(differences(await findingsOf(opened.store), expected)).toEqual([]);
          await file.remove();
        }
      }, 400_000);

      it("raise the alert of a watch for posts that no search finds by itself yet", async () => {
        using folder = temporaryFolder();
        const file = storeOfFile([url]);
        const opened = await file.open();
        await neverRefreshed(file.options, "posts");
        const lines = ["a", "b", "c"].map((id) =>
          JSON.stringify({ platform: "web", id, text: `The pier is closed, says ${id}`, published_at: DAY }),
        );
        const deps = { dir: folder.dir, redis, prefix: `parity-${randomUUID()}`, openStore: opened.reopen! };
        await importDistributed({ ...deps, more: MORE }, lines);
        await file.settle();
        const seen = (await all(opened.store, "alerts")).filter(({ rule }) => rule === "seen");
        expect(seen.map(({ subject, size }) => [subject, size])).toEqual([["watch:schools:2021-09-09", 3]]);
        await file.remove();
      });
    });
  }),
);
