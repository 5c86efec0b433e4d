import { type Link, type LinkKey, pairKey } from "../../contracts/link.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Connection } from "./connection.ts";
import { change, type Decision } from "./documents.ts";
import { aliasOf } from "./names.ts";
import { unpacked } from "./packed.ts";
import { pages } from "./pages.ts";
import { type RecordDocument, recordDocument } from "./records.ts";

interface LinkDocument extends RecordDocument<Link> {
  /** Who decided on it, and when. */
  readonly judged?: { readonly by: string; readonly at: string } | null;
}

/** Posts asked for in one request; Elasticsearch takes up to 65,536 values. */
const ASKED_AT_ONCE = 10_000;

/** Links and people's verdicts on them: see contracts/store.ts. A pair of posts has one link, whichever is the child. */
export function linkDocuments(connection: Connection) {
  const index = aliasOf(connection.options.prefix, "links");

  return {
    /** Gives those that were not there before. */
    async save(links: readonly Link[], withdrawn: readonly LinkKey[]): Promise<readonly Link[]> {
      const saved = new Map(links.map((link) => [pairKey(link), link]));
      const added = new Set<string>();
      const ids = [...saved.keys(), ...withdrawn.map(pairKey)];
      await change<LinkDocument>(connection, {
        index,
        ids,
        decide: (id, before): Decision<LinkDocument> => {
          const link = saved.get(id);
          const held = before === null ? null : unpacked(before.body);
          if (link === undefined) return held?.verdict === null ? "remove" : null;
          if (before === null) added.add(id);
          const body = { ...link, verdict: held?.verdict ?? null };
          if (JSON.stringify(body) === JSON.stringify(held)) return null;
          return { put: { ...recordDocument("links", body), judged: before?.judged ?? null } };
        },
      });
      return [...added].map((id) => saved.get(id)!);
    },

    async judge(link: LinkKey, verdict: Link["verdict"], by: string, at: string): Promise<boolean> {
      let judged = false;
      await change<LinkDocument>(connection, {
        index,
        ids: [pairKey(link)],
        decide: (_, before): Decision<LinkDocument> => {
          judged = before !== null;
          if (before === null) return null;
          const body = { ...unpacked(before.body), verdict };
          return { put: { ...recordDocument("links", body), judged: verdict === null ? null : { by, at } } };
        },
      });
      return judged;
    },

    /** What was saved before is found: whoever traces must see the links that a mark is about. */
    async of(posts: readonly PostId[]): Promise<readonly Link[]> {
      if (posts.length === 0) return [];
      await connection.refresh(index);
      const links = new Map<string, Link>();
      for (let i = 0; i < posts.length; i += ASKED_AT_ONCE) {
        const ids = posts.slice(i, i + ASKED_AT_ONCE);
        const query = {
          bool: { should: [{ terms: { child: ids } }, { terms: { parent: ids } }], minimum_should_match: 1 },
        };
        for await (const hits of pages(connection, {
          ...{ index, query, sort: [{ "order.id": "asc" as const }] },
          source: ["body"],
        })) {
          for (const { _source } of hits) {
            const link = unpacked((_source as LinkDocument).body);
            links.set(pairKey(link), link);
          }
        }
      }
      return [...links.values()];
    },
  };
}
