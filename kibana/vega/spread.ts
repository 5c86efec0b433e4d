import { LANE, postsOfStory, ROLE, ROLES, TIME, TIME_FORMAT } from "./posts.ts";

/** As many rows as can be read on a page; the earliest, for that is where a story's way is decided. */
const MOST_POSTS = 45;

/** To the right of the last post, for its label. */
const LABEL_WIDTH = 280;

const parentOf = "(datum._source.parent || {}).post";

/**
 * Who took it from whom: a row a post in order of time, a line from each post's chosen parent to it. Dashed where the
 * post does not name its source.
 */
export function spread() {
  return {
    $schema: "https://vega.github.io/schema/vega/v5.json",
    title: {
      text: "Spread",
      anchor: "start",
      subtitle: `From each post's chosen parent to it, the first ${MOST_POSTS} posts; dashed where it names no source. Times are UTC.`,
    },
    autosize: { type: "fit", contains: "padding" },
    padding: 5,
    data: [
      {
        name: "posts",
        ...postsOfStory(MOST_POSTS),
        transform: [
          { type: "formula", as: "id", expr: "datum._source.id" },
          { type: "formula", as: "parent", expr: `${parentOf} || null` },
          { type: "formula", as: "time", expr: TIME },
          { type: "formula", as: "lane", expr: LANE },
          { type: "formula", as: "role", expr: ROLE },
          { type: "formula", as: "relation", expr: "(datum._source.parent || {}).relation || ''" },
          {
            type: "window",
            sort: { field: ["time", "id"], order: ["ascending", "ascending"] },
            ops: ["row_number"],
            as: ["row"],
          },
        ],
      },
      {
        name: "lines",
        source: "posts",
        transform: [
          { type: "filter", expr: "datum.parent !== null" },
          {
            type: "lookup",
            from: "posts",
            key: "id",
            fields: ["parent"],
            values: ["time", "row"],
            as: ["from_time", "from_row"],
          },
          // The parent may lie outside the time range or the platforms that were chosen.
          { type: "filter", expr: "isValid(datum.from_row)" },
        ],
      },
    ],
    scales: [
      {
        name: "x",
        type: "utc",
        domain: { data: "posts", field: "time" },
        range: [8, { signal: `width - ${LABEL_WIDTH}` }],
      },
      {
        name: "y",
        type: "point",
        domain: { data: "posts", field: "row", sort: true },
        range: "height",
        padding: 0.6,
      },
      {
        name: "colour",
        type: "ordinal",
        domain: ROLES.map(({ role }) => role),
        range: ROLES.map(({ colour }) => colour),
      },
    ],
    axes: [
      {
        orient: "bottom",
        scale: "x",
        grid: true,
        gridOpacity: 0.4,
        format: TIME_FORMAT,
        labelFontSize: 12,
        labelOverlap: "greedy",
      },
    ],
    legends: [
      {
        fill: "colour",
        orient: "bottom",
        symbolType: "circle",
        columns: ROLES.length,
        labelFontSize: 12,
        labelLimit: 200,
      },
    ],
    marks: [
      {
        // Down in the parent's time, then across to the post: lines of one parent share their stem.
        type: "path",
        from: { data: "lines" },
        encode: {
          update: {
            path: {
              signal:
                "'M' + scale('x', datum.from_time) + ',' + scale('y', datum.from_row) + 'V' + scale('y', datum.row) + 'H' + scale('x', datum.time)",
            },
            stroke: { scale: "colour", field: "role" },
            strokeWidth: { value: 1.5 },
            strokeDash: { signal: "datum.role === 'names no source' ? [5, 3] : [1, 0]" },
            strokeOpacity: { value: 0.8 },
          },
        },
      },
      {
        type: "symbol",
        from: { data: "posts" },
        encode: {
          update: {
            x: { scale: "x", field: "time" },
            y: { scale: "y", field: "row" },
            size: { value: 90 },
            fill: { scale: "colour", field: "role" },
            stroke: { value: "white" },
            tooltip: {
              signal:
                "{'time (UTC)': utcFormat(datum.time, '%Y-%m-%d %H:%M'), account: datum.lane, title: datum._source.title, relation: datum.relation, credit: datum.role}",
            },
          },
        },
      },
      {
        type: "text",
        from: { data: "posts" },
        encode: {
          update: {
            x: { scale: "x", field: "time", offset: 9 },
            y: { scale: "y", field: "row" },
            baseline: { value: "middle" },
            fontSize: { signal: "clamp(height / length(data('posts')) * 0.75, 7, 12)" },
            fill: { value: "#343741" },
            limit: { value: LABEL_WIDTH - 15 },
            text: { signal: "datum.lane + (datum.relation === '' ? '' : '  ' + datum.relation)" },
          },
        },
      },
    ],
  };
}
