import type { ExportKind } from "../../config/sharing.ts";
import type { Link } from "../../contracts/link.ts";
import type { StoredPost } from "../../contracts/store.ts";
import type { Context, LinkEnds, Supply } from "./format.ts";
import { nameOf } from "./name.ts";

export type Values = Readonly<Record<string, string | number | null>>;
export type Attributes = readonly (readonly [name: string, type: "string" | "double" | "integer"])[];

export interface Node {
  readonly id: string;
  readonly label: string;
  readonly values: Values;
  /** When it is there, ISO 8601; null where that is not known. */
  readonly start: string | null;
}

export interface Edge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly weight: number;
  readonly values: Values;
  readonly start: string | null;
}

/** A directed graph, told in passes: all nodes, then all edges. */
export interface Graph {
  readonly node_attributes: Attributes;
  readonly edge_attributes: Attributes;
  nodes(): AsyncIterable<Node>;
  edges(): AsyncIterable<Edge>;
}

export const GRAPH_KINDS = ["links", "accounts"] as const satisfies readonly ExportKind[];
export const GRAPH_NOTES = [
  "`links`: a node a post, an edge a link. `accounts`: a node an account, an edge for all links from its posts to another's, its weight their number.",
  "An edge leads from the child to its parent, so the most copied have the most edges coming in. `order` is `unknown` where times of publication overlap: then its direction says nothing.",
  "Links that a person rejected are left out and counted.",
];

export function graphOf(kind: ExportKind, supply: Supply, context: Context): Graph {
  return kind === "accounts" ? accountGraph(supply, context) : postGraph(supply, context);
}

const isRejected = ({ verdict }: Link) => verdict === "rejected";
const orderOf = ({ lag_seconds: [least] }: Link) => (least !== null && least >= 0 ? "known" : "unknown");

function postGraph(supply: Supply, { wrote, leftOut, actors }: Context): Graph {
  return {
    node_attributes: [
      ["platform", "string"],
      ["account", "string"],
      ["actor", "string"],
      ["lang", "string"],
      ["published", "string"],
      ["published_latest", "string"],
      ["title", "string"],
      ["story", "string"],
      ["url", "string"],
    ],
    edge_attributes: [
      ["relation", "string"],
      ["credit", "string"],
      ["status", "string"],
      ["confidence", "string"],
      ["order", "string"],
      ["overlap_child", "double"],
      ["overlap_parent", "double"],
      ["lag_least", "double"],
      ["lag_greatest", "double"],
    ],
    async *nodes() {
      const told = new Set<string>();
      for await (const { link, child, parent } of supply.linkEnds()) {
        if (isRejected(link)) continue;
        for (const stored of [child, parent]) {
          if (told.has(stored.post.id)) continue;
          told.add(stored.post.id);
          yield postNode(stored, nameOf(stored, actors));
        }
      }
    },
    async *edges() {
      for await (const { link, child } of supply.linkEnds()) {
        if (isRejected(link)) {
          leftOut("rejected by a person");
          continue;
        }
        wrote();
        const [least, greatest] = link.lag_seconds;
        yield {
          id: `${link.child} ${link.parent}`,
          source: link.child,
          target: link.parent,
          weight: link.score,
          start: child.post.published.earliest,
          values: {
            relation: link.relation,
            credit: link.credit,
            status: link.status,
            confidence: link.confidence,
            order: orderOf(link),
            overlap_child: link.overlap?.child ?? null,
            overlap_parent: link.overlap?.parent ?? null,
            lag_least: least,
            lag_greatest: greatest,
          },
        };
      }
    },
  };
}

function postNode({ post, findings, story }: StoredPost, name: string): Node {
  return {
    id: post.id,
    label: post.title ?? post.id,
    start: post.published.earliest,
    values: {
      platform: post.platform,
      account: name,
      actor: findings?.actor ?? null,
      lang: findings?.language.lang ?? null,
      published: post.published.earliest,
      published_latest: post.published.latest,
      title: post.title,
      story,
      url: post.url,
    },
  };
}

interface Tie {
  readonly source: string;
  readonly target: string;
  links: number;
  uncredited: number;
  unknown_order: number;
  start: string | null;
}

function accountGraph(supply: Supply, { wrote, leftOut, actors }: Context): Graph {
  const key = ({ post }: StoredPost) => `${post.platform}:${post.account.id}`;
  const ties = new Map<string, Tie>();
  const count = ({ link, child, parent }: LinkEnds) => {
    const [source, target] = [key(child), key(parent)];
    const pair = `${source}\n${target}`;
    const tie = ties.get(pair) ?? { source, target, links: 0, uncredited: 0, unknown_order: 0, start: null };
    ties.set(pair, tie);
    tie.links++;
    if (link.credit === "uncredited") tie.uncredited++;
    if (orderOf(link) === "unknown") tie.unknown_order++;
    tie.start = earlier(tie.start, child.post.published.earliest);
  };
  return {
    node_attributes: [
      ["platform", "string"],
      ["actor", "string"],
      ["posts", "integer"],
      ["first", "string"],
    ],
    edge_attributes: [
      ["links", "integer"],
      ["uncredited", "integer"],
      ["order_unknown", "integer"],
    ],
    async *nodes() {
      const accounts = new Map<string, { stored: StoredPost; posts: Set<string>; first: string | null }>();
      for await (const ends of supply.linkEnds()) {
        if (isRejected(ends.link)) {
          leftOut("rejected by a person");
          continue;
        }
        wrote();
        count(ends);
        for (const stored of [ends.child, ends.parent]) {
          const at = accounts.get(key(stored)) ?? { stored, posts: new Set(), first: null };
          accounts.set(key(stored), at);
          at.posts.add(stored.post.id);
          at.first = earlier(at.first, stored.post.published.earliest);
        }
      }
      for (const [id, { stored, posts, first }] of accounts) {
        yield {
          id,
          label: nameOf(stored, actors),
          start: first,
          values: {
            platform: stored.post.platform,
            actor: stored.findings?.actor ?? null,
            posts: posts.size,
            first,
          },
        };
      }
    },
    async *edges() {
      for (const { source, target, links, uncredited, unknown_order, start } of ties.values()) {
        const values = { links, uncredited, order_unknown: unknown_order };
        yield { id: `${source} ${target}`, source, target, weight: links, start, values };
      }
    },
  };
}

/** ISO 8601 in UTC sorts as text. */
function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
