import { describe, expect, it } from "vitest";
import { fieldsOf, type View } from "../../kibana/views.ts";
import { dataViews, fetched, overview, searches, searchOf, story, vegaObjects, vegaSpec } from "./objects.ts";

const viewOf = (id: string) => id.replace(/^headwater-/, "") as View;
const ids = new Set(dataViews.map(({ id }) => id));

/** Fields that a Lucene expression names. */
function namedIn(expression: string): readonly string[] {
  return [...expression.matchAll(/([\w@.]+):/g)].map(([, name]) => name!);
}

/** Every field that a part of a dashboard names, with the view it is a field of. */
function fieldsNamed(value: unknown, view: View | null): readonly (readonly [View | null, string])[] {
  if (Array.isArray(value)) return value.flatMap((item) => fieldsNamed(item, view));
  if (typeof value !== "object" || value === null) return [];
  const part = value as Readonly<Record<string, unknown>>;
  const source = part.data_source as { readonly ref_id: string } | undefined;
  const own =
    source !== undefined
      ? viewOf(source.ref_id)
      : typeof part.data_view_id === "string"
        ? viewOf(part.data_view_id)
        : view;
  return Object.entries(part).flatMap(([key, below]) => {
    if (key === "field" || key === "field_name") return [[own, below as string] as const];
    if (key === "fields" || key === "column_order")
      return (below as readonly string[]).map((name) => [own, name] as const);
    if (key === "sort")
      return (below as readonly { readonly name: string }[]).map(({ name }) => [own, name] as const);
    if (key === "expression") return namedIn(below as string).map((name) => [own, name] as const);
    // A chart of layers keeps its query beside them.
    const layered = own ?? layerView(part);
    return fieldsNamed(below, layered);
  });
}

function layerView({ layers }: Readonly<Record<string, unknown>>): View | null {
  const first = (layers as readonly { readonly data_source: { readonly ref_id: string } }[] | undefined)?.[0];
  return first === undefined ? null : viewOf(first.data_source.ref_id);
}

describe("Kibana's objects", () => {
  it("name only fields that the indexes have", () => {
    const named = [
      ...fieldsNamed(overview, null),
      ...dataViews.flatMap(({ id, timeFieldName }) =>
        timeFieldName ? [[viewOf(id), timeFieldName] as const] : [],
      ),
      ...searches.flatMap((object) => {
        const { expression, columns, sort } = searchOf(object);
        return [...namedIn(expression), ...columns, ...sort.map(([name]) => name)].map(
          (name) => ["posts", name] as const,
        );
      }),
      ...vegaObjects.flatMap((object) => {
        const { url } = fetched(vegaSpec(object));
        const sorted = url.body.sort.flatMap((by) => Object.keys(by));
        return [url["%timefield%"], ...url.body._source, ...sorted].map(
          (name) => [viewOf(url.index), name] as const,
        );
      }),
    ];
    expect(named.length).toBeGreaterThan(100);
    const wrong = named.filter(([view, name]) => view === null || !fieldsOf(view).has(name));
    expect(wrong).toEqual([]);
  });

  it("count, sort and filter only by fields that can be", () => {
    const aggregated = fieldsNamed(overview, null).filter(
      ([view, name]) => fieldsOf(view!).get(name) === "text",
    );
    // The title is shown in lists, and is nothing else.
    expect(new Set(aggregated.map(([, name]) => name))).toEqual(new Set(["title"]));
  });

  it("refer only to what is there", () => {
    const own = new Set(story.map(({ type, id }) => `${type} ${id}`));
    const dangling = story.flatMap(({ references }) =>
      references.filter(({ type, id }) =>
        type === "index-pattern" ? !ids.has(id) : !own.has(`${type} ${id}`),
      ),
    );
    expect(dangling).toEqual([]);
    const used = [...JSON.stringify(overview).matchAll(/"(?:ref_id|data_view_id)":"([^"]+)"/g)].map(
      ([, id]) => id!,
    );
    expect(used.filter((id) => !ids.has(id))).toEqual([]);
    for (const object of vegaObjects) expect(ids).toContain(fetched(vegaSpec(object)).url.index);
  });

  it("have each panel of the story's dashboard once, by a reference of its own", () => {
    const { attributes, references } = story.at(-1)!;
    const panels = JSON.parse(attributes.panelsJSON as string) as readonly {
      readonly panelIndex: string;
      readonly panelRefName: string;
      readonly type: string;
    }[];
    const named = panels.map(({ panelIndex, panelRefName, type }) => {
      const found = references.find(({ name }) => name === `${panelIndex}:${panelRefName}`);
      return `${found?.type === type ? "ok" : "wrong"} ${found?.id}`;
    });
    expect(named).toEqual(story.slice(0, -1).map(({ id }) => `ok ${id}`));
    const controls = JSON.parse(
      (attributes.controlGroupInput as { panelsJSON: string }).panelsJSON,
    ) as Record<string, unknown>;
    expect(Object.keys(controls)).toEqual(["story", "platform", "account.name", "time"]);
    const bound = references.filter(({ name }) => name.startsWith("controlGroup_")).map(({ name }) => name);
    expect(bound).toEqual(
      ["story", "platform", "account.name"].map((id) => `controlGroup_${id}:optionsListDataView`),
    );
  });

  it("lie side by side on the grid, none over another, each row filled", () => {
    const cells = new Set<string>();
    for (const { grid } of overview.panels) {
      for (let x = grid.x; x < grid.x + grid.w; x++) {
        for (let y = grid.y; y < grid.y + grid.h; y++) {
          expect(cells.has(`${x} ${y}`)).toBe(false);
          cells.add(`${x} ${y}`);
        }
      }
    }
    const bottom = Math.max(...overview.panels.map(({ grid }) => grid.y + grid.h));
    expect(cells.size).toBe(48 * bottom);
    expect(new Set(overview.panels.map(({ id }) => id)).size).toBe(overview.panels.length);
  });

  it("say of each chart of another index than posts that the controls do not hold for it", () => {
    const wrong = overview.panels.filter(({ config }) => {
      const text = JSON.stringify(config);
      return !text.includes('"headwater-posts"') && !text.includes('"ignore_global_filters":true');
    });
    expect(wrong).toEqual([]);
  });
});
