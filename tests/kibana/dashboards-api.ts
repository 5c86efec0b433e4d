import { z } from "zod";

// The body of `PUT /api/dashboards/{id}` as far as our dashboards use it, written down after the schemas named in
// kibana/panels.ts; strict, as Kibana's own are: what is not listed is refused.

const filter = z.strictObject({ language: z.enum(["kql", "lucene"]), expression: z.string() });
const direction = z.enum(["asc", "desc"]);
const dataSource = z.strictObject({ type: z.literal("data_view_reference"), ref_id: z.string() });
const label = z.string().optional();

const terms = z.strictObject({
  operation: z.literal("terms"),
  fields: z.array(z.string()).min(1).max(4),
  limit: z.int().min(1),
  label,
  rank_by: z
    .union([
      z.strictObject({ type: z.literal("alphabetical"), direction }),
      z.strictObject({ type: z.literal("metric"), metric_index: z.int().min(0), direction }),
    ])
    .optional(),
});
const dateHistogram = z.strictObject({
  operation: z.literal("date_histogram"),
  field: z.string(),
  suggested_interval: z.string(),
  label,
});
const bucket = z.union([terms, dateHistogram]);

const measure = z.discriminatedUnion("operation", [
  z.strictObject({ operation: z.literal("count"), label, filter: filter.optional() }),
  ...(["unique_count", "sum", "max"] as const).map((operation) =>
    z.strictObject({ operation: z.literal(operation), field: z.string(), label, filter: filter.optional() }),
  ),
]);
const primary = z.discriminatedUnion("operation", [
  z.strictObject({
    type: z.literal("primary"),
    operation: z.literal("count"),
    label,
    filter: filter.optional(),
  }),
  ...(["unique_count", "sum", "max"] as const).map((operation) =>
    z.strictObject({
      type: z.literal("primary"),
      operation: z.literal(operation),
      field: z.string(),
      label,
      filter: filter.optional(),
    }),
  ),
]);

const about = { title: z.string(), description: z.string().optional(), query: filter.optional() };
const layer = { data_source: dataSource, ignore_global_filters: z.boolean().optional() };
const axis = z.strictObject({ title: z.strictObject({ visible: z.boolean() }) });

const vis = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("metric"), ...about, ...layer, metrics: z.array(primary).min(1) }),
  z.strictObject({
    type: z.literal("xy"),
    ...about,
    layers: z
      .array(
        z.strictObject({
          type: z.enum(["bar", "bar_stacked", "bar_horizontal", "line"]),
          ...layer,
          x: bucket,
          breakdown_by: bucket.optional(),
          y: z.array(measure).min(1),
        }),
      )
      .min(1),
    legend: z.strictObject({
      visibility: z.enum(["auto", "visible", "hidden"]),
      position: z.enum(["top", "bottom", "left", "right"]),
    }),
    axis: z.strictObject({ x: axis, y: axis }),
  }),
  z.strictObject({
    type: z.literal("data_table"),
    ...about,
    ...layer,
    metrics: z.array(measure).min(1),
    rows: z.array(terms).min(1),
    styling: z.strictObject({
      density: z.strictObject({ mode: z.enum(["compact", "default", "expanded"]) }),
      paging: z.union([10, 20, 30, 50, 100].map((rows) => z.literal(rows))),
      sort_by: z.strictObject({ column_type: z.enum(["metric", "row"]), index: z.int(), direction }),
    }),
  }),
]);

const session = z.strictObject({
  title: z.string(),
  description: z.string().optional(),
  tabs: z
    .array(
      z.strictObject({
        data_source: dataSource,
        query: filter,
        column_order: z.array(z.string()).min(1),
        sort: z.array(z.strictObject({ name: z.string(), direction })),
        view_mode: z.literal("documents"),
      }),
    )
    .length(1),
});

const grid = z.strictObject({
  x: z.int().min(0),
  y: z.int().min(0),
  w: z.int().min(1).max(48),
  h: z.int().min(1),
});

export const dashboardBody = z.strictObject({
  title: z.string().min(1),
  description: z.string(),
  time_range: z.strictObject({ from: z.string(), to: z.string() }),
  pinned_panels: z.array(
    z.strictObject({
      type: z.literal("options_list_control"),
      width: z.enum(["small", "medium", "large"]),
      grow: z.boolean(),
      config: z.strictObject({ title: z.string(), data_view_id: z.string(), field_name: z.string() }),
    }),
  ),
  panels: z
    .array(
      z.discriminatedUnion("type", [
        z.strictObject({ id: z.string(), type: z.literal("vis"), grid, config: vis }),
        z.strictObject({ id: z.string(), type: z.literal("discover_session"), grid, config: session }),
      ]),
    )
    .max(100),
});
export type DashboardBody = z.infer<typeof dashboardBody>;
export type Vis = z.infer<typeof vis>;
export type Session = z.infer<typeof session>;
export type Measure = z.infer<typeof measure>;
export type Bucket = z.infer<typeof bucket>;

/** `POST /api/data_views/data_view`, https://www.elastic.co/docs/api/doc/kibana/operation/operation-createdataviewdefaultw */
export const dataViewBody = z.strictObject({
  data_view: z.strictObject({
    id: z.string(),
    title: z.string(),
    name: z.string(),
    timeFieldName: z.string().optional(),
    allowNoIndex: z.boolean(),
  }),
  override: z.boolean(),
});
