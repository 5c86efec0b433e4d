import { mappingOf } from "../stores/elasticsearch/layout.ts";

/** What people look at in Kibana; the name is the alias of the indexes and the id of the data view. */
export const VIEWS = {
  posts: { title: "Headwater posts", time: "@timestamp" },
  links: { title: "Headwater links", time: null },
  stories: { title: "Headwater stories", time: "first" },
  traces: { title: "Headwater traces", time: "order.at" },
  alerts: { title: "Headwater alerts", time: "raised_at" },
  runs: { title: "Headwater runs", time: "started_at" },
} as const;
export type View = keyof typeof VIEWS;

/** Indexes are named so unless the config says otherwise. */
const PREFIX = "headwater";

export function viewId(view: View): string {
  return `${PREFIX}-${view}`;
}

/** A data view as `POST /api/data_views/data_view` takes it. */
export interface DataView {
  readonly id: string;
  readonly title: string;
  readonly name: string;
  readonly timeFieldName?: string;
  /** It may be made before the first post. */
  readonly allowNoIndex: true;
}

export function dataViews(): readonly DataView[] {
  return (Object.keys(VIEWS) as View[]).map((view) => {
    const { title, time } = VIEWS[view];
    const id = viewId(view);
    return {
      id,
      title: id,
      name: title,
      ...(time === null ? {} : { timeFieldName: field(view, time) }),
      allowNoIndex: true,
    };
  });
}

/** The name as it is, once it is certain that the index has such a field. */
export function field(view: View, name: string): string {
  const known = fieldsOf(view);
  if (!known.has(name)) {
    throw new Error(
      `${view} has no field "${name}" in Elasticsearch; it has ${[...known.keys()].join(", ")}`,
    );
  }
  return name;
}

/** Every field of the index by its full name, with its type in Elasticsearch. */
export function fieldsOf(view: View): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  collect(mappingOf(view) as Mapped, "", all);
  return all;
}

interface Mapped {
  readonly type?: string;
  readonly enabled?: boolean;
  readonly properties?: Readonly<Record<string, Mapped>>;
}

function collect({ type, enabled, properties = {} }: Mapped, at: string, all: Map<string, string>): void {
  if (at !== "" && type !== undefined && enabled !== false) all.set(at, type);
  for (const [name, below] of Object.entries(properties)) {
    collect(below, at === "" ? name : `${at}.${name}`, all);
  }
}
