import { readFileSync } from "node:fs";
import { z } from "zod";
import { FOLDER, type KibanaFile } from "../../kibana/folder.ts";
import { type DashboardBody, dashboardBody } from "./dashboards-api.ts";

const read = (file: KibanaFile) => readFileSync(new URL(file, FOLDER), "utf8");

/** The files as they are committed, read strictly. */
export const overview: DashboardBody = dashboardBody.parse(JSON.parse(read("overview.json")));

export const dataViews = z
  .array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      name: z.string(),
      timeFieldName: z.string().optional(),
      allowNoIndex: z.literal(true),
    }),
  )
  .parse(JSON.parse(read("data-views.json")));

const reference = z.strictObject({ name: z.string(), type: z.string(), id: z.string() });
const savedObject = z.strictObject({
  type: z.enum(["dashboard", "visualization", "search"]),
  id: z.string(),
  attributes: z.record(z.string(), z.unknown()),
  references: z.array(reference),
  coreMigrationVersion: z.string(),
  typeMigrationVersion: z.string(),
});
export type SavedObject = z.infer<typeof savedObject>;

export const story: readonly SavedObject[] = read("story.ndjson")
  .trim()
  .split("\n")
  .map((line) => savedObject.parse(JSON.parse(line)));

export interface VegaData {
  readonly url: {
    readonly index: string;
    readonly body: {
      readonly size: number;
      readonly query: object;
      readonly sort: readonly object[];
      readonly _source: readonly string[];
    };
    readonly "%context%": boolean;
    readonly "%timefield%": string;
  };
  readonly format: { readonly property: string };
}

export interface VegaSpec {
  readonly $schema: string;
  readonly data: VegaData | readonly (Partial<VegaData> & { readonly name: string })[];
}

/** The specification of a Vega object of the story. */
export function vegaSpec(object: SavedObject): VegaSpec {
  const state = JSON.parse(object.attributes.visState as string) as {
    readonly type: string;
    readonly params: { readonly spec: string };
  };
  return JSON.parse(state.params.spec) as VegaSpec;
}

export const vegaObjects = story.filter(({ type }) => type === "visualization");
export const searches = story.filter(({ type }) => type === "search");

/** What a saved search asks: its query, and what it shows. */
export function searchOf({ attributes }: SavedObject) {
  const { searchSourceJSON } = attributes.kibanaSavedObjectMeta as { readonly searchSourceJSON: string };
  const source = JSON.parse(searchSourceJSON) as {
    readonly query: { readonly query: string; readonly language: string };
  };
  return {
    expression: source.query.query,
    language: source.query.language,
    columns: attributes.columns as readonly string[],
    sort: attributes.sort as readonly (readonly [string, string])[],
  };
}

/** The one data set of a specification that Kibana fetches. */
export function fetched(spec: VegaSpec): VegaData {
  const sets = Array.isArray(spec.data) ? spec.data : [spec.data];
  const own = sets.filter((set): set is VegaData & { readonly name: string } => set.url !== undefined);
  if (own.length !== 1) throw new Error(`${own.length} data sets are fetched, not one`);
  return own[0]!;
}
