import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StoredPost } from "../../contracts/store.ts";
import { ROLES } from "../../kibana/vega/posts.ts";
import { namesOf } from "../../reports/names.ts";
import { placesOf } from "../../stores/places.ts";
import { withServer } from "../servers/servers.ts";
import { demoInElasticsearch, type Told } from "./demo-store.ts";
import { fetched, type VegaSpec, vegaObjects, vegaSpec } from "./objects.ts";

/** As wide and high as the panel on a screen of 1,440 pixels. */
const WIDTH = 1_400;
const HEIGHT = 620;

interface Drawn {
  readonly svg: string;
  readonly complaints: readonly string[];
  /** Every item of the picture by the kind of its mark. */
  readonly items: (kind: string) => readonly Item[];
}

interface Item {
  readonly text?: string;
  readonly fill?: string;
  readonly stroke?: string;
  readonly fontSize?: number;
  readonly x: number;
  readonly y: number;
  readonly bounds: { readonly x1: number; readonly x2: number; readonly y1: number; readonly y2: number };
}

interface Scene {
  readonly marktype?: string;
  readonly role?: string;
  readonly items?: readonly (Scene & Item)[];
}

/** Draws a specification with what Elasticsearch answered to its own request. */
async function draw(spec: VegaSpec, hits: readonly object[]): Promise<Drawn> {
  const own = fetched(spec);
  const fill = (set: object) =>
    set === own ? { ...set, url: undefined, format: undefined, values: hits } : set;
  const filled = {
    ...spec,
    data: Array.isArray(spec.data) ? spec.data.map(fill) : fill(spec.data),
    width: WIDTH,
    height: HEIGHT,
    // What Kibana sets.
    autosize: { type: "fit", contains: "padding" },
  };
  const compiled = spec.$schema.includes("/vega-lite/")
    ? compile(filled as unknown as TopLevelSpec).spec
    : (filled as unknown as vega.Spec);
  const complaints: string[] = [];
  const complain = (...said: readonly unknown[]) => {
    complaints.push(said.join(" "));
    return logger;
  };
  const pass = () => logger;
  const logger = {
    level: pass,
    error: complain,
    warn: complain,
    info: pass,
    debug: pass,
  } as unknown as vega.LoggerInterface;
  const view = new vega.View(vega.parse(compiled), { renderer: "none", logger });
  const svg = await view.toSVG();
  const root = (view.scenegraph() as unknown as { readonly root: Scene }).root;
  const items = (kind: string) => marksOf(root, kind);
  return { svg, complaints, items };
}

/** Items of the marks that show data: axes, legends and titles have roles of their own. */
function marksOf(scene: Scene, kind: string): readonly Item[] {
  const own = scene.marktype === kind && (scene.role === "mark" || scene.role === undefined);
  return (scene.items ?? []).flatMap((item) => [...(own ? [item] : []), ...marksOf(item, kind)]);
}

await withServer("elasticsearch", (url) => {
  describe("the story's pictures", () => {
    let told: Told;
    let remove: () => Promise<void> = async () => {};
    const drawn = new Map<string, Drawn>();

    beforeAll(async () => {
      const demo = await demoInElasticsearch(url);
      told = demo.told;
      remove = demo.file.remove;
      const main = told.stories.toSorted((a, b) => b.members.length - a.members.length)[0]!;
      for (const object of vegaObjects) {
        const spec = vegaSpec(object);
        const { index, body } = fetched(spec).url;
        // The control for the story, as Kibana puts it in for %context%.
        const query = { bool: { filter: [body.query, { term: { story: main.story } }] } };
        const answer = await fetch(
          `${url}/${index.replace(/^headwater/, demo.file.options.prefix)}/_search`,
          {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ ...body, query }),
          },
        );
        expect(answer.status).toBe(200);
        const { hits } = (await answer.json()) as { readonly hits: { readonly hits: readonly object[] } };
        drawn.set(object.id, await draw(spec, hits.hits));
      }
    });
    afterAll(() => remove());

    const picture = (name: string) => drawn.get(`headwater-story-${name}`)!;
    const mainTrace = () => told.traces.toSorted((a, b) => b.posts - a.posts)[0]!;

    it("draw every post of the story, and complain of nothing", () => {
      for (const [id, { complaints, items, svg }] of drawn) {
        expect([id, complaints]).toEqual([id, []]);
        expect(items("symbol")).toHaveLength(mainTrace().posts);
        expect(svg).not.toMatch(/NaN|undefined|Infinity/);
      }
    });

    it("colour each post by what its place in the story says", () => {
      const colours = new Map(ROLES.map(({ role, colour }) => [role as string, colour]));
      const wanted = [...placesOf(mainTrace()).values()].map(({ parent }) =>
        colours.get(
          parent.status === "origin"
            ? "origin"
            : parent.status !== "chosen"
              ? "source not known"
              : {
                  credited: "credits its source",
                  uncredited: "names no source",
                  unknown: "credit not known",
                }[parent.credit],
        ),
      );
      for (const { items } of drawn.values()) {
        expect(
          items("symbol")
            .map(({ fill }) => fill)
            .sort(),
        ).toEqual(wanted.sort());
      }
      expect(new Set(wanted).size).toBeGreaterThan(2);
    });

    it("draw a line from each chosen parent, and from no other", () => {
      const chosen = Object.values(mainTrace().parents).filter(({ parent }) => parent !== null);
      expect(picture("spread").items("path")).toHaveLength(chosen.length);
    });

    it("write labels that can be read: large enough, inside the picture, none over another", () => {
      const labels = picture("spread").items("text");
      expect(labels).toHaveLength(mainTrace().posts);
      for (const { fontSize, bounds } of labels) {
        expect(fontSize).toBeGreaterThanOrEqual(10);
        expect(bounds.x2).toBeLessThanOrEqual(WIDTH);
      }
      const heights = labels.map(({ y }) => y).sort((a, b) => a - b);
      const gaps = heights.slice(1).map((y, i) => y - heights[i]!);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(12);
    });

    it("give each account a lane, the first to post on top", () => {
      const { svg } = picture("timeline");
      const members = new Set(mainTrace().order);
      const lanes = told.posts.filter(({ post }) => members.has(post.id)).map(laneOf);
      expect(lanes.some((lane) => lane.includes(" account "))).toBe(true);
      const places = [...new Set(lanes)].map((lane) => svg.indexOf(lane));
      expect(places.every((at) => at > 0)).toBe(true);
      const first = told.posts.find(({ post }) => post.id === mainTrace().order[0])!;
      expect(svg.indexOf(laneOf(first))).toBe(Math.min(...places));
    });

    it("draw nothing wrong where there is nothing", async () => {
      for (const object of vegaObjects) {
        const { items, svg } = await draw(vegaSpec(object), []);
        expect(items("symbol")).toEqual([]);
        // The axis has no time to tell a screen reader of.
        expect(svg.replaceAll(/aria-label="[^"]*"/g, "")).not.toMatch(/NaN|undefined/);
      }
    });
  });
});

/** Account and platform, private people by their pseudonym as everywhere. */
function laneOf(stored: StoredPost): string {
  const { of } = namesOf([stored], { actors: new Map(), shown: [] });
  return `${of(stored)} · ${stored.post.platform}`;
}
