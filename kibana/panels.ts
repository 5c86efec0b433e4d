import { field, type View, viewId } from "./views.ts";

// Panels in the shape of Kibana's Dashboards API (GA in 9.5), as far as we use it. Seen in elastic/kibana:
// src/platform/packages/shared/as-code/dashboard-schema/src/schemas/{dashboard_data,base_panel}.ts,
// src/platform/packages/shared/kbn-lens-embeddable-utils/config_builder/schema/{bucket_ops,metric_ops,filter,shared}.ts
// and charts/{xy,datatable,metric}.ts there, as-code/data-views-schema/src/schema_data_view.ts; and, for panels with a
// Discover session, in elastic/terraform-provider-elasticstack, docs/resources/kibana_dashboard.md.

export interface Grid {
  /** Of 48 columns. */
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Panel {
  readonly id: string;
  readonly type: string;
  readonly grid: Grid;
  readonly config: object;
}

/** Lucene's syntax, because every Elasticsearch runs it as it stands: so are the tests of each panel. */
export interface Filter {
  readonly language: "lucene";
  readonly expression: string;
}

export interface Terms {
  readonly operation: "terms";
  readonly fields: readonly [string];
  readonly limit: number;
  readonly label: string;
  readonly rank_by?: { readonly type: "metric"; readonly metric_index: number; readonly direction: "desc" };
}

export interface Days {
  readonly operation: "date_histogram";
  readonly field: string;
  readonly suggested_interval: "1d";
  readonly label: string;
}

export type Measure = { readonly label: string; readonly filter?: Filter } & (
  | { readonly operation: "count" }
  | { readonly operation: "unique_count" | "sum" | "max"; readonly field: string }
);

export function where(expression: string): Filter {
  return { language: "lucene", expression };
}

/** The values of a field, those with most of the first measure first. */
export function values(view: View, name: string, label: string, limit = 20): Terms {
  return {
    operation: "terms",
    fields: [field(view, name)],
    limit,
    label,
    rank_by: { type: "metric", metric_index: 0, direction: "desc" },
  };
}

export function days(view: View, name: string): Days {
  return { operation: "date_histogram", field: field(view, name), suggested_interval: "1d", label: "day" };
}

export function count(label: string, filter?: Filter): Measure {
  return { operation: "count", label, ...(filter === undefined ? {} : { filter }) };
}

export function of(
  operation: "unique_count" | "sum" | "max",
  view: View,
  name: string,
  label: string,
): Measure {
  return { operation, field: field(view, name), label };
}

/** What each chart says of itself and of its data. */
export interface About {
  readonly title: string;
  readonly description?: string;
  readonly view: View;
  readonly filter?: Filter;
}

function source(view: View) {
  return { type: "data_view_reference", ref_id: viewId(view) } as const;
}

/**
 * The controls filter by fields of posts. On another index such a filter would leave nothing, so charts of those do
 * without; the time range holds for all.
 */
function layer(view: View) {
  return { data_source: source(view), ...(view === "posts" ? {} : { ignore_global_filters: true }) };
}

function told({ title, description, filter }: About) {
  return {
    title,
    ...(description === undefined ? {} : { description }),
    ...(filter === undefined ? {} : { query: filter }),
  };
}

export function number(about: About, measure: Measure): Pick<Panel, "type" | "config"> {
  return {
    type: "vis",
    config: {
      type: "metric",
      ...told(about),
      ...layer(about.view),
      metrics: [{ type: "primary", ...measure }],
    },
  };
}

export function bars(
  about: About,
  { x, by, y, across = false }: { x: Days | Terms; by?: Terms; y: Measure; across?: boolean },
): Pick<Panel, "type" | "config"> {
  return {
    type: "vis",
    config: {
      type: "xy",
      ...told(about),
      layers: [
        {
          type: across ? "bar_horizontal" : "bar_stacked",
          ...layer(about.view),
          x,
          ...(by === undefined ? {} : { breakdown_by: by }),
          y: [y],
        },
      ],
      legend: { visibility: by === undefined ? "hidden" : "visible", position: "right" },
      axis: { x: { title: { visible: false } }, y: { title: { visible: false } } },
    },
  };
}

/** `first` is the measure by which rows stand, the largest on top. */
export function table(
  about: About,
  { rows, metrics, first = 0 }: { rows: readonly Terms[]; metrics: readonly Measure[]; first?: number },
): Pick<Panel, "type" | "config"> {
  return {
    type: "vis",
    config: {
      type: "data_table",
      ...told(about),
      ...layer(about.view),
      rows,
      metrics,
      styling: {
        density: { mode: "compact" },
        paging: 10,
        sort_by: { column_type: "metric", index: first, direction: "desc" },
      },
    },
  };
}

/** The posts themselves, newest first. */
export function list(
  { title, description, view, filter }: About,
  columns: readonly string[],
): Pick<Panel, "type" | "config"> {
  return {
    type: "discover_session",
    config: {
      title,
      ...(description === undefined ? {} : { description }),
      tabs: [
        {
          data_source: source(view),
          query: filter ?? where("*"),
          column_order: columns.map((name) => field(view, name)),
          sort: [{ name: field(view, "@timestamp"), direction: "desc" }],
          view_mode: "documents",
        },
      ],
    },
  };
}

/** A row of panels of one height, side by side. */
export function row(
  y: number,
  h: number,
  panels: readonly (readonly [id: string, w: number, Pick<Panel, "type" | "config">])[],
): readonly Panel[] {
  let x = 0;
  return panels.map(([id, w, panel]) => {
    const at = x;
    x += w;
    return { id, ...panel, grid: { x: at, y, w, h } };
  });
}
