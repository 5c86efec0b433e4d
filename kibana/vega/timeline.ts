import { LANE, postsOfStory, ROLE, ROLES, TIME, TIME_FORMAT } from "./posts.ts";

/** Posts beyond this are not drawn: a chart of more is no longer read, and the lists below count. */
const MOST_POSTS = 1_000;
/** As many lanes as have room for their names. */
const MOST_LANES = 30;

/** Who posted when: a lane an account, the first to post on top; a bar where the time of publication is a range. */
export function timeline() {
  const time = {
    field: "time",
    type: "temporal",
    title: null,
    axis: { format: TIME_FORMAT, labelOverlap: "greedy", tickCount: 10, grid: true },
  };
  const lane = {
    field: "lane",
    type: "nominal",
    title: null,
    sort: { field: "time", op: "min" },
    axis: { labelLimit: 260, grid: true, gridOpacity: 0.35 },
  };
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    title: {
      text: "Timeline by account",
      anchor: "start",
      subtitle: `Choose one story in the control above. The first ${MOST_LANES} accounts; times are UTC.`,
    },
    data: postsOfStory(MOST_POSTS),
    transform: [
      { calculate: TIME, as: "time" },
      { calculate: LANE, as: "lane" },
      { calculate: ROLE, as: "role" },
      {
        calculate: "toDate(datum._source.published.earliest || datum._source['@timestamp'])",
        as: "earliest",
      },
      { calculate: "toDate(datum._source.published.latest)", as: "latest" },
      { calculate: "datum._source.title || ''", as: "title" },
      { calculate: "datum._source.lang || 'und'", as: "lang" },
      { calculate: "(datum._source.parent || {}).relation || ''", as: "relation" },
      { joinaggregate: [{ op: "min", field: "time", as: "begins" }], groupby: ["lane"] },
      { window: [{ op: "dense_rank", as: "place" }], sort: [{ field: "begins" }, { field: "lane" }] },
      { filter: `datum.place <= ${MOST_LANES}` },
    ],
    layer: [
      {
        // Nothing is seen of it where the time is known to the second.
        mark: { type: "rule", strokeWidth: 5, strokeOpacity: 0.25 },
        encoding: {
          x: { ...time, field: "earliest" },
          x2: { field: "latest" },
          y: lane,
          color: { field: "role", type: "nominal" },
        },
      },
      {
        mark: { type: "point", filled: true, size: 110, opacity: 0.9, stroke: "white", strokeWidth: 1 },
        encoding: {
          x: { ...time, scale: { type: "utc", padding: 12 } },
          y: lane,
          color: {
            field: "role",
            type: "nominal",
            title: null,
            scale: { domain: ROLES.map(({ role }) => role), range: ROLES.map(({ colour }) => colour) },
            legend: { orient: "bottom", columns: ROLES.length, labelLimit: 200 },
          },
          tooltip: [
            {
              field: "time",
              type: "temporal",
              format: "%Y-%m-%d %H:%M",
              title: "time (UTC)",
              formatType: "time",
            },
            { field: "lane", title: "account" },
            { field: "title", title: "title" },
            { field: "lang", title: "language" },
            { field: "relation", title: "relation to its source" },
            { field: "role", title: "credit" },
          ],
        },
      },
    ],
    config: { view: { stroke: null }, axis: { labelFontSize: 12 }, legend: { labelFontSize: 12 } },
  };
}
