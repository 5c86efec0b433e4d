/**
 * Who may do what, as Elasticsearch's role descriptors. Shapes: "Create or update roles" and "Create API key",
 * https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-security-create-api-key
 */
export interface RoleDescriptor {
  readonly cluster: readonly string[];
  readonly indices: readonly { readonly names: readonly string[]; readonly privileges: readonly string[] }[];
  readonly applications?: readonly {
    readonly application: string;
    readonly privileges: readonly string[];
    readonly resources: readonly string[];
  }[];
}

/** Every index of Headwater and nothing else. */
export const INDICES = ["headwater-*"] as const;

/** Kibana's name for its own privileges, in the default space. */
const KIBANA = "kibana-.kibana";
const SPACE = "space:default";

/** What the dashboards show, where private people have pseudonyms. The ledger and all beside it name them. */
const SHOWN = ["posts", "links", "stories", "traces", "alerts", "runs"].flatMap((kind) => [
  `headwater-${kind}`,
  `headwater-${kind}-*`,
]);

/** Analysts read posts and dashboards; what they decide goes through `headwater`. */
export const ANALYST: RoleDescriptor = {
  cluster: [],
  indices: [{ names: SHOWN, privileges: ["read", "view_index_metadata"] }],
  applications: [{ application: KIBANA, privileges: ["space_read"], resources: [SPACE] }],
};

export const API_KEYS = {
  /** Workers: documents in, out and replaced, and the next month's index. No mapping, template, snapshot or user. */
  writer: {
    cluster: ["monitor"],
    indices: [
      {
        names: INDICES,
        // To look at sizes (`index status`) is `monitor`.
        privileges: [
          "read",
          "index",
          "delete",
          "create_index",
          "view_index_metadata",
          "monitor",
          "maintenance",
        ],
      },
    ],
  },
  reader: {
    cluster: ["monitor"],
    indices: [{ names: INDICES, privileges: ["read", "view_index_metadata"] }],
  },
  /** The set-up of indices and dashboards, kept where only set-up containers see it. */
  setup: {
    cluster: ["monitor", "manage_index_templates", "manage_ilm", "manage_slm", "create_snapshot"],
    indices: [{ names: INDICES, privileges: ["all"] }],
    applications: [{ application: KIBANA, privileges: ["space_all"], resources: [SPACE] }],
  },
} as const satisfies Readonly<Record<string, RoleDescriptor>>;
export type ApiKeyName = keyof typeof API_KEYS;
