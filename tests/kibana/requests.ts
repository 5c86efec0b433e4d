import type { Bucket, DashboardBody, Measure, Session, Vis } from "./dashboards-api.ts";

// What Kibana asks Elasticsearch for a panel: Lens makes an aggregation of each bucket and measure, one within the
// other, and a Lucene query is a `query_string` with `analyze_wildcard` (Kibana's setting query:queryString:options).

export interface Range {
  readonly from: string;
  readonly to: string;
}

/** One panel as a search, and how its answer reads as rows. */
export interface PanelRequest {
  readonly index: string;
  readonly body: { readonly size: number; readonly query: object; readonly [part: string]: unknown };
  /** Bucket keys from the outside in, then the measures. */
  readonly rows: (answer: Answer) => readonly Row[];
}

export interface Row {
  readonly keys: readonly string[];
  readonly measures: readonly number[];
}

export interface Answer {
  readonly hits: {
    readonly total: { readonly value: number };
    readonly hits: readonly { readonly _id: string }[];
  };
  readonly aggregations?: Aggregations;
}
type Aggregations = Readonly<Record<string, unknown>>;
interface Counted {
  readonly doc_count: number;
  readonly key_as_string?: string;
  readonly key?: string | number;
  readonly [aggregation: string]: unknown;
}

export function lucene(expression: string): object {
  return { query_string: { query: expression, analyze_wildcard: true } };
}

function within(timeField: string | undefined, range: Range | null): readonly object[] {
  if (timeField === undefined || range === null) return [];
  return [
    { range: { [timeField]: { format: "strict_date_optional_time", gte: range.from, lte: range.to } } },
  ];
}

/** The request of a panel, with the time range of the page if one is given. */
export function requestOf(
  { config, type }: DashboardBody["panels"][number],
  timeFields: ReadonlyMap<string, string | undefined>,
  range: Range | null,
): PanelRequest {
  return type === "discover_session"
    ? listRequest(config, timeFields, range)
    : chartRequest(config, timeFields, range);
}

function listRequest(
  { tabs }: Session,
  timeFields: ReadonlyMap<string, string | undefined>,
  range: Range | null,
): PanelRequest {
  const { data_source, query, sort } = tabs[0]!;
  const index = data_source.ref_id;
  const filter = [lucene(query.expression), ...within(timeFields.get(index), range)];
  return {
    index,
    body: {
      size: 500,
      query: { bool: { filter } },
      sort: sort.map(({ name, direction }) => ({ [name]: direction })),
      track_total_hits: true,
    },
    rows: ({ hits }) => hits.hits.map(({ _id }) => ({ keys: [_id], measures: [] })),
  };
}

function chartRequest(
  config: Vis,
  timeFields: ReadonlyMap<string, string | undefined>,
  range: Range | null,
): PanelRequest {
  const { index, buckets, measures } = partsOf(config);
  const filter = [
    ...(config.query === undefined ? [] : [lucene(config.query.expression)]),
    ...within(timeFields.get(index), range),
  ];
  return {
    index,
    body: {
      size: 0,
      query: filter.length === 0 ? { match_all: {} } : { bool: { filter } },
      track_total_hits: true,
      aggs: nested(buckets, measures),
    },
    rows: ({ hits, aggregations = {} }) => {
      const whole: Counted = { doc_count: hits.total.value, ...aggregations };
      return rowsOf(whole, buckets.length, measures);
    },
  };
}

function partsOf(config: Vis): { index: string; buckets: readonly Bucket[]; measures: readonly Measure[] } {
  switch (config.type) {
    case "metric":
      return { index: config.data_source.ref_id, buckets: [], measures: config.metrics };
    case "data_table":
      return { index: config.data_source.ref_id, buckets: config.rows, measures: config.metrics };
    case "xy": {
      if (config.layers.length !== 1) throw new Error("one layer is all that is read here");
      const { data_source, x, breakdown_by, y } = config.layers[0]!;
      return {
        index: data_source.ref_id,
        buckets: breakdown_by === undefined ? [x] : [x, breakdown_by],
        measures: y,
      };
    }
  }
}

function nested([bucket, ...inner]: readonly Bucket[], measures: readonly Measure[]): Aggregations {
  const own = Object.fromEntries(
    measures.flatMap((measure, i) => aggregationOf(measure).map((made) => [`m${i}`, made])),
  );
  if (bucket === undefined) return own;
  const below = nested(inner, measures);
  const first = measures[0]!;
  if (first.filter !== undefined) throw new Error("a filtered measure orders no buckets here");
  const order = { [first.operation === "count" ? "_count" : "m0"]: "desc" };
  const made =
    bucket.operation === "terms"
      ? { terms: { field: bucket.fields[0], size: bucket.limit, order } }
      : { date_histogram: { field: bucket.field, calendar_interval: bucket.suggested_interval } };
  // The measures stand on each level, because an outer bucket is ordered by the first.
  return { b: { ...made, aggs: { ...own, ...below } } };
}

function aggregationOf(measure: Measure): readonly object[] {
  const { operation, filter } = measure;
  const made =
    measure.operation === "count"
      ? null
      : { [operation === "unique_count" ? "cardinality" : operation]: { field: measure.field } };
  if (filter === undefined) return made === null ? [] : [made];
  const query = lucene(filter.expression);
  return [made === null ? { filter: query } : { filter: query, aggs: { v: made } }];
}

function rowsOf(
  at: Counted,
  depth: number,
  measures: readonly Measure[],
  keys: readonly string[] = [],
): readonly Row[] {
  if (depth === 0) return [{ keys, measures: measures.map((measure, i) => measured(at, measure, `m${i}`)) }];
  const { buckets } = at.b as { readonly buckets: readonly Counted[] };
  return buckets
    .filter(({ doc_count }) => doc_count > 0)
    .flatMap((bucket) =>
      rowsOf(bucket, depth - 1, measures, [...keys, String(bucket.key_as_string ?? bucket.key)]),
    );
}

function measured(at: Counted, measure: Measure, name: string): number {
  if (measure.operation === "count" && measure.filter === undefined) return at.doc_count;
  const found = at[name] as {
    readonly value?: number;
    readonly doc_count?: number;
    readonly v?: { readonly value: number };
  };
  if (measure.filter !== undefined) return found.v?.value ?? found.doc_count!;
  return found.value!;
}
