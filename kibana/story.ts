import { createHash } from "node:crypto";
import { spread } from "./vega/spread.ts";
import { timeline } from "./vega/timeline.ts";
import { field, type View, viewId } from "./views.ts";

// The Dashboards API of 9.5 knows no Vega panel ("treated as an unmapped panel by the public Dashboard REST API (dropped
// on read, rejected on write)", elastic/kibana, vis_types/vega/public), so this dashboard is imported as saved objects.
// Their shapes: elastic/kibana, src/platform/plugins/shared/home/server/services/sample_data/data_sets/logs and ecommerce
// saved_objects.ts; with controls, strawgate/kb-yaml-to-lens. The versions say which of Kibana's migrations still apply.

export const STORY_ID = "headwater-story";

export interface SavedObject {
  readonly type: "dashboard" | "visualization" | "search";
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly references: readonly { readonly name: string; readonly type: string; readonly id: string }[];
  readonly coreMigrationVersion: "8.8.0";
  readonly typeMigrationVersion: string;
}

const INDEX_REFERENCE = "kibanaSavedObjectMeta.searchSourceJSON.index";
const COPIES =
  "parent.relation:(copy OR near\\-copy OR excerpt OR copy\\-with\\-commentary OR translation OR repost)";

/** One object a line for `POST /api/saved_objects/_import`, the dashboard last: it refers to the others. */
export function story(): readonly SavedObject[] {
  const parts = [
    vega("headwater-story-timeline", "Timeline by account", timeline()),
    vega("headwater-story-spread", "Spread", spread()),
    search({
      id: "headwater-story-parents",
      title: "Where each post comes from",
      description: "The chosen parent of each post. Where order or source are not known, there is none.",
      expression: "story:*",
      columns: [
        ...["platform", "account.name", "lang", "parent.status", "parent.post", "parent.relation"],
        ...["parent.confidence", "parent.lag_seconds", "follows.actor"],
      ],
    }),
    search({
      id: "headwater-story-copies",
      title: "Copies, with their credit",
      description: "What carries another post's words, and whether it says whose.",
      expression: COPIES,
      columns: [
        "account.name",
        "platform",
        "parent.relation",
        "parent.credit",
        "parent.score",
        "parent.post",
        "title",
      ],
    }),
  ];
  return [...parts, dashboard(parts)];
}

function vega(id: string, title: string, spec: object): SavedObject {
  return {
    type: "visualization",
    id,
    attributes: {
      title,
      description: "",
      uiStateJSON: "{}",
      visState: JSON.stringify({
        title,
        type: "vega",
        aggs: [],
        params: { spec: JSON.stringify(spec, null, 2) },
      }),
      kibanaSavedObjectMeta: {
        searchSourceJSON: JSON.stringify({ query: { query: "", language: "lucene" }, filter: [] }),
      },
    },
    references: [],
    coreMigrationVersion: "8.8.0",
    typeMigrationVersion: "8.5.0",
  };
}

interface Search {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly expression: string;
  readonly columns: readonly string[];
}

function search({ id, title, description, expression, columns }: Search): SavedObject {
  const view: View = "posts";
  return {
    type: "search",
    id,
    attributes: {
      title,
      description,
      columns: columns.map((name) => field(view, name)),
      sort: [[field(view, "@timestamp"), "asc"]],
      grid: {},
      hideChart: true,
      isTextBasedQuery: false,
      kibanaSavedObjectMeta: {
        searchSourceJSON: JSON.stringify({
          query: { query: expression, language: "lucene" },
          filter: [],
          indexRefName: INDEX_REFERENCE,
        }),
      },
    },
    references: [{ name: INDEX_REFERENCE, type: "index-pattern", id: viewId(view) }],
    coreMigrationVersion: "8.8.0",
    typeMigrationVersion: "10.5.0",
  };
}

/** Heights in rows of Kibana's grid; all panels are as wide as the page. */
const HEIGHTS = [26, 36, 16, 16];
const CONTROLS = [
  ["story", "Story", true],
  ["platform", "Platform", false],
  ["account.name", "Account", false],
] as const;

function dashboard(parts: readonly SavedObject[]): SavedObject {
  let y = 0;
  const panels = parts.map(({ type, id }, i) => {
    const h = HEIGHTS[i]!;
    const gridData = { x: 0, y, w: 48, h, i: id };
    y += h;
    return { type, panelIndex: id, panelRefName: `panel_${id}`, gridData, embeddableConfig: {} };
  });
  const attributes = {
    title: "Headwater: story",
    panelsJSON: JSON.stringify(panels),
    optionsJSON: JSON.stringify({ useMargins: true, syncColors: false, hidePanelTitles: false }),
    timeRestore: true,
    timeFrom: "now-5y",
    timeTo: "now",
    version: 1,
    controlGroupInput: {
      chainingSystem: "HIERARCHICAL",
      controlStyle: "oneLine",
      ignoreParentSettingsJSON: JSON.stringify({
        ignoreFilters: false,
        ignoreQuery: false,
        ignoreTimerange: false,
        ignoreValidations: false,
      }),
      panelsJSON: JSON.stringify(controls()),
    },
    kibanaSavedObjectMeta: {
      searchSourceJSON: JSON.stringify({ query: { query: "", language: "lucene" }, filter: [] }),
    },
  };
  return {
    type: "dashboard",
    id: STORY_ID,
    attributes: {
      ...attributes,
      description: `One story, from its origin on. ${edition([...parts, attributes])}`,
    },
    references: [
      ...parts.map(({ type, id }) => ({ name: `${id}:panel_${id}`, type, id })),
      ...CONTROLS.map(([name]) => ({
        name: `controlGroup_${name}:optionsListDataView`,
        type: "index-pattern",
        id: viewId("posts"),
      })),
    ],
    coreMigrationVersion: "8.8.0",
    typeMigrationVersion: "10.2.0",
  };
}

function controls() {
  const options = CONTROLS.map(([name, title, one], order) => [
    name,
    {
      type: "optionsListControl",
      order,
      grow: true,
      width: "medium",
      explicitInput: {
        id: name,
        title,
        fieldName: field("posts", name),
        singleSelect: one,
        selectedOptions: [],
      },
    },
  ]);
  const time = {
    type: "timeSliderControl",
    order: CONTROLS.length,
    grow: true,
    width: "large",
    explicitInput: { id: "time" },
  };
  return { ...Object.fromEntries(options), time };
}

/** Kibana rewrites saved objects as it takes them in; by this mark we know ours again. */
export function edition(content: unknown): string {
  return `[${createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 8)}]`;
}
