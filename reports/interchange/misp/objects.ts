import type { Link, Relation } from "../../../contracts/link.ts";
import type { StoredPost } from "../../../contracts/store.ts";
import { NAMESPACE, uuid5 } from "../uuid.ts";

interface MispAttribute {
  readonly object_relation?: string;
  readonly type: string;
  readonly category: string;
  readonly value: string;
  readonly uuid: string;
  readonly to_ids: false;
  readonly distribution: string;
  readonly timestamp: string;
  readonly comment?: string;
}

interface MispReference {
  readonly uuid: string;
  readonly object_uuid: string;
  readonly referenced_uuid: string;
  readonly relationship_type: string;
  readonly comment: string;
}

export interface MispObject {
  readonly name: string;
  readonly "meta-category": string;
  readonly description: string;
  readonly template_uuid: string;
  readonly template_version: string;
  readonly uuid: string;
  readonly distribution: string;
  readonly timestamp: string;
  readonly Attribute: readonly MispAttribute[];
  readonly ObjectReference: readonly MispReference[];
}

/** Templates of misp-objects (commit 54538c63) that are filled in; all three are of the category `misc`. */
const TEMPLATES = {
  microblog: [
    "8ec8c911-ddbe-4f5b-895b-fbff70c42a60",
    "20",
    "Microblog post like a Twitter tweet or a post on a Facebook wall.",
  ],
  "user-account": [
    "49606b06-22f0-4ac8-8eee-2f12ad46f3d3",
    "6",
    "User-account object, defining aspects of user identification, authentication, privileges and other relevant data points.",
  ],
  annotation: [
    "5d8dc046-15a1-4ca3-a09f-ed4ede7c4487",
    "3",
    "An annotation object allowing analysts to add annotations, comments, executive summary to a MISP event, objects or attributes.",
  ],
} as const;

/** Whatever stands in an event goes as far as the event does. */
const INHERIT = "5";
const NOT_SHARED = "(not shared)";

type Cell = readonly [
  relation: string,
  value: string | null | undefined,
  type?: "text" | "datetime" | "link",
];

/** What there is of the cells; MISP takes no empty value. */
function objectOf(
  name: keyof typeof TEMPLATES,
  key: string,
  at: string,
  cells: readonly Cell[],
  references: readonly MispReference[] = [],
): MispObject {
  const [template_uuid, template_version, description] = TEMPLATES[name];
  const timestamp = secondsOf(at);
  return {
    name,
    "meta-category": "misc",
    description,
    template_uuid,
    template_version,
    uuid: uuidOf(name, key),
    distribution: INHERIT,
    timestamp,
    Attribute: cells.flatMap(([object_relation, value, type = "text"]) =>
      value === null || value === undefined || value === ""
        ? []
        : [
            {
              object_relation,
              ...attributeOf(type, value, `${name}\n${key}\n${object_relation}`, timestamp),
            },
          ],
    ),
    ObjectReference: references,
  };
}

export function attributeOf(
  type: "text" | "datetime" | "link" | "comment",
  value: string,
  key: string,
  timestamp: string,
): MispAttribute {
  return {
    type,
    category: type === "link" ? "External analysis" : "Other",
    value,
    uuid: uuidOf("attribute", key),
    to_ids: false,
    distribution: INHERIT,
    timestamp,
  };
}

/** Account and post of a stored post, and what the post took from whom. */
export function postObjects(stored: StoredPost, name: string, links: readonly Link[]): readonly MispObject[] {
  const { post, findings } = stored;
  const { account, platform } = post;
  const accountKey = `${platform}:${account.id}`;
  const own = uuidOf("microblog", post.id);
  const words = post.text !== "" ? post.text : post.url === null ? NOT_SHARED : null;
  const holder = objectOf("user-account", accountKey, post.collected_at, [
    ["user-id", account.id],
    ["username", account.handle],
    ["display-name", name],
    ["account-type", platform],
  ]);
  const item = objectOf(
    "microblog",
    post.id,
    post.collected_at,
    [
      ["type", platform],
      ["title", post.title],
      ["post", words],
      ["link", post.url, "link"],
      ["language", findings?.language.lang],
      ["creation-date", post.published_at, "datetime"],
      ["username", account.handle],
      ["display-name", name],
    ],
    [
      referenceOf(own, uuidOf("user-account", accountKey), "authored-by", ""),
      ...links.map((link) =>
        referenceOf(own, uuidOf("microblog", link.parent), relationshipOf(link), commentOf(link)),
      ),
    ],
  );
  return [holder, item];
}

export function annotation(key: string, at: string, type: string, text: string): MispObject {
  return objectOf("annotation", key, at, [
    ["text", text],
    ["type", type],
  ]);
}

/** Names of misp-objects’ own list of relationships. */
const RELATIONSHIPS: Readonly<Partial<Record<Relation, string>>> = {
  translation: "is-a-translation-of",
  reply: "related-to",
};

function relationshipOf({ relation, lag_seconds: [least] }: Link): string {
  const isOrdered = least !== null && least >= 0;
  return isOrdered ? (RELATIONSHIPS[relation] ?? "derived-from") : "related-to";
}

function commentOf({ relation, credit, status, confidence }: Link): string {
  return `${relation}, ${credit}, ${status}, ${confidence} confidence`;
}

function referenceOf(from: string, to: string, relationship_type: string, comment: string): MispReference {
  const uuid = uuidOf("reference", `${from}\n${to}\n${relationship_type}`);
  return { uuid, object_uuid: from, referenced_uuid: to, relationship_type, comment };
}

export function uuidOf(kind: string, key: string): string {
  return uuid5(NAMESPACE, `misp\n${kind}\n${key}`);
}

export function secondsOf(at: string): string {
  return String(Math.floor(Date.parse(at) / 1000));
}
