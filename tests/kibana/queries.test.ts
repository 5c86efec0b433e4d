import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Post } from "../../contracts/post.ts";
import { namesOf } from "../../reports/names.ts";
import { shownPost } from "../../stores/elasticsearch/shown.ts";
import { placesOf } from "../../stores/places.ts";
import { withServer } from "../servers/servers.ts";
import { demoInElasticsearch, type Told } from "./demo-store.ts";
import { dataViews, overview, searches, searchOf } from "./objects.ts";
import { type Answer, lucene, type Range, type Row, requestOf } from "./requests.ts";

const times = new Map(dataViews.map(({ id, timeFieldName }) => [id, timeFieldName]));
/** All of the demo case; the time of alerts and of its posts is 2021, that of its runs is today. */
const EVER: Range = { from: "2000-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z" };

/** One post as the lists and tables see it. */
interface Seen {
  readonly post: Post;
  readonly story: string | null;
  readonly lang: string;
  readonly place: ReturnType<ReturnType<typeof placesOf>["get"]>;
}

await withServer("elasticsearch", (url) => {
  describe("each panel of the overview gives the numbers that headwater gives:", () => {
    let told: Told;
    let prefix = "";
    let remove: () => Promise<void> = async () => {};
    let seen: readonly Seen[] = [];

    beforeAll(async () => {
      const demo = await demoInElasticsearch(url);
      told = demo.told;
      prefix = demo.file.options.prefix;
      remove = demo.file.remove;
      const places = new Map(told.traces.flatMap((trace) => [...placesOf(trace)]));
      seen = told.posts.map(({ post, story, findings }) => ({
        ...{ post, story, lang: findings!.language.lang, place: places.get(post.id) },
      }));
    });
    afterAll(() => remove());

    async function search(index: string, body: object): Promise<Answer> {
      const answer = await fetch(`${url}/${index.replace(/^headwater/, prefix)}/_search`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      expect([answer.status, index]).toEqual([200, index]);
      return (await answer.json()) as Answer;
    }

    async function rowsOf(id: string, range: Range = EVER): Promise<readonly Row[]> {
      const panel = overview.panels.find((each) => each.id === id)!;
      const { index, body, rows } = requestOf(panel, times, range);
      return rows(await search(index, body));
    }

    const isCopy = ({ place }: Seen) =>
      ["copy", "near-copy", "excerpt", "copy-with-commentary"].includes(place?.parent.relation ?? "");
    const uncredited = () =>
      seen.filter((each) => isCopy(each) && each.place?.parent.credit === "uncredited");
    const open = () => told.alerts.filter(({ state, holds }) => state === "open" && holds);
    const relayed = () => seen.filter(({ place }) => place?.follows.affiliation.includes("state-controlled"));
    const naming = { actors: new Map(), shown: [] };
    const storedOf = ({ post }: Seen) => told.posts.find((each) => each.post.id === post.id)!;
    const nameOf = (each: Seen) => namesOf([storedOf(each)], naming).of(storedOf(each));
    const accountOf = (each: Seen) => shownPost(storedOf(each), []).account.id;
    const asserted = () => told.links.filter(({ status }) => status === "asserted");

    /** For each panel, the rows that follow from the records themselves. */
    const expected: Readonly<Record<string, () => readonly Row[]>> = {
      posts: () => one(told.posts.length),
      accounts: () => one(new Set(told.posts.map(({ post }) => post.account.id)).size),
      stories: () => one(told.stories.length),
      uncredited: () => one(uncredited().length),
      alerts: () => one(open().length),
      failures: () => one(told.runs.filter(({ status }) => status === "failed").length),
      "posts-by-day": () =>
        grouped(
          told.posts.filter(({ post }) => post.published_at !== null),
          ({ post }) => [`${post.published_at!.slice(0, 10)}T00:00:00.000Z`, post.platform],
          [(posts) => posts.length],
        ),
      relations: () =>
        grouped(asserted(), ({ relation, credit }) => [relation, credit], [(links) => links.length]),
      "pick-ups": () =>
        listed(
          seen.filter(
            ({ place }) => (place?.first_in.language.length ?? 0) > 0 && place?.parent.status !== "origin",
          ),
        ),
      "uncredited-copies": () => listed(uncredited()),
      relays: () =>
        grouped(relayed(), (each) => [nameOf(each), each.post.platform, accountOf(each)], [
          (posts) => posts.length,
          (posts) => new Set(posts.map(({ story }) => story)).size,
          (posts) => new Set(posts.flatMap(({ place }) => place!.follows.actor)).size,
          (posts) => posts.filter(({ place }) => place!.parent.credit === "uncredited").length,
        ]),
      origins: () =>
        grouped(
          told.traces.filter(({ origin_status }) => origin_status !== "observed"),
          ({ story, origin_status }) => [story, origin_status],
          [(traces) => Math.max(...traces.map(({ posts }) => posts))],
        ),
      "alerts-by-day": () =>
        grouped(
          told.alerts,
          ({ raised_at, severity }) => [`${raised_at.slice(0, 10)}T00:00:00.000Z`, severity],
          [(alerts) => alerts.length],
        ),
      "open-alerts": () =>
        grouped(open(), ({ rule, severity }) => [rule, severity], [
          (alerts) => alerts.length,
          (alerts) => Math.max(...alerts.map(({ size }) => size)),
          (alerts) => new Set(alerts.flatMap(({ story }) => story ?? [])).size,
        ]),
      sources: () =>
        grouped(told.runs, ({ source, collector }) => [source, collector], [
          (runs) => runs.length,
          (runs) => runs.filter(({ status }) => status === "failed").length,
          (runs) => sum(runs.map(({ seen: records }) => records)),
          (runs) => sum(runs.map(({ buckets }) => buckets.added)),
          (runs) => sum(runs.map(({ buckets }) => buckets.rejected)),
        ]),
    };

    it("none is left out", () => {
      expect(Object.keys(expected)).toEqual(overview.panels.map(({ id }) => id));
    });

    it.each(Object.keys(expected))("%s", async (id) => {
      const rows = await rowsOf(id);
      expect(rows.length).toBeGreaterThan(0);
      expect(sorted(rows)).toEqual(sorted(expected[id]!()));
    });

    it("the page's time range holds for each", async () => {
      const before: Range = { from: "1990-01-01T00:00:00Z", to: "1990-01-02T00:00:00Z" };
      for (const { id } of overview.panels) {
        const rows = await rowsOf(id, before);
        const timed = id !== "relations";
        if (timed)
          expect([id, rows.flatMap(({ measures }) => measures).filter((n) => n > 0)]).toEqual([id, []]);
      }
    });

    it.each(searches.map((object) => [object.attributes.title as string, object] as const))(
      "the story's list “%s”",
      async (_, object) => {
        const { expression, language, sort } = searchOf(object);
        expect(language).toBe("lucene");
        const { hits } = await search("headwater-posts", {
          size: 500,
          query: lucene(expression),
          sort: sort.map(([name, direction]) => ({ [name]: direction })),
        });
        const relations = [...expression.replaceAll("\\", "").matchAll(/[a-z-]+(?= OR|\))/g)].map(
          ([word]) => word,
        );
        const wanted = seen.filter(({ story, place }) =>
          object.id.endsWith("parents") ? story !== null : relations.includes(place?.parent.relation ?? ""),
        );
        expect(hits.hits.length).toBeGreaterThan(0);
        expect(hits.hits.map(({ _id }) => _id).sort()).toEqual(wanted.map(({ post }) => post.id).sort());
      },
    );
  });
});

function one(number: number): readonly Row[] {
  return [{ keys: [], measures: [number] }];
}

function listed(posts: readonly Seen[]): readonly Row[] {
  return posts.map(({ post }) => ({ keys: [post.id], measures: [] }));
}

function grouped<T>(
  items: readonly T[],
  keysOf: (item: T) => readonly string[],
  measures: readonly ((items: readonly T[]) => number)[],
): readonly Row[] {
  const groups = Map.groupBy(items, (item) => JSON.stringify(keysOf(item)));
  return [...groups].map(([keys, members]) => ({
    keys: JSON.parse(keys) as readonly string[],
    measures: measures.map((measure) => measure(members)),
  }));
}

function sorted(rows: readonly Row[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
