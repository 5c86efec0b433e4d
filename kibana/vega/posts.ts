import { field, viewId } from "../views.ts";

/** What a chart of a story needs of its posts. */
const NEEDED = [
  ...[
    "@timestamp",
    "id",
    "platform",
    "account.id",
    "account.handle",
    "account.name",
    "lang",
    "title",
    "story",
  ],
  ...[
    "published.earliest",
    "published.latest",
    "parent.post",
    "parent.status",
    "parent.relation",
    "parent.credit",
  ],
];

/**
 * Kibana fetches this and puts the dashboard's filters and time range in. Shape: "Vega reference",
 * https://www.elastic.co/docs/explore-analyze/visualize/custom-visualizations-with-vega
 */
export function postsOfStory(most: number) {
  return {
    url: {
      "%context%": true,
      "%timefield%": field("posts", "@timestamp"),
      index: viewId("posts"),
      body: {
        size: most,
        // A control that is set to nothing must not draw the whole collection as one story.
        query: { exists: { field: field("posts", "story") } },
        sort: [{ [field("posts", "@timestamp")]: "asc" }, { [field("posts", "order.id")]: "asc" }],
        _source: NEEDED.map((name) => field("posts", name)),
      },
    },
    format: { property: "hits.hits" },
  };
}

/** In the words of the legend. Colours by Okabe and Ito, told apart by every kind of eye. */
export const ROLES = [
  { role: "origin", colour: "#0072B2" },
  { role: "credits its source", colour: "#009E73" },
  { role: "names no source", colour: "#D55E00" },
  { role: "credit not known", colour: "#7F7F7F" },
  { role: "source not known", colour: "#CC79A7" },
] as const;

const PARENT = "(datum._source.parent || {})";
/** What a post is in its story, as a Vega expression. */
export const ROLE = [
  `${PARENT}.status === 'origin' ? 'origin'`,
  `${PARENT}.status !== 'chosen' ? 'source not known'`,
  `${PARENT}.credit === 'credited' ? 'credits its source'`,
  `${PARENT}.credit === 'uncredited' ? 'names no source' : 'credit not known'`,
].join(" : ");

const ACCOUNT = "datum._source.account";
/** Account and platform: one person may have the same name on two. */
export const LANE = `(${ACCOUNT}.name || ${ACCOUNT}.handle || ${ACCOUNT}.id) + ' · ' + datum._source.platform`;
export const TIME = "toDate(datum._source['@timestamp'])";

/** Hours in 24, and a day by its name. */
export const TIME_FORMAT = {
  year: "%Y",
  quarter: "%b %Y",
  month: "%b %Y",
  week: "%d %b",
  date: "%a %d %b",
  hours: "%H:%M",
  minutes: "%H:%M",
};
