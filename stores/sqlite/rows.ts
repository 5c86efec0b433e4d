import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { WatchMatch } from "../../contracts/finding.ts";
import type { Link } from "../../contracts/link.ts";
import type { Post } from "../../contracts/post.ts";
import type { Edit, Existence } from "../../contracts/revisit.ts";
import type { StoredPost } from "../../contracts/store.ts";

/** A row as an array, in the order of its columns: an object with a name for each takes half as long again. */
export function flat(raw: DatabaseSync, sql: string): StatementSync {
  const statement = raw.prepare(sql);
  statement.setReturnArrays(true);
  return statement;
}

/** As `STORED_POST` says. */
export type StoredPostRow = readonly [
  body: string,
  revision: number,
  mark: number | null,
  version: string | null,
  lang: string,
  lang_confidence: number,
  lang_second: string | null,
  actor: string | null,
  watches: string | null,
  story: string | null,
  existence_body: string | null,
  edit_body: string | null,
  revisit_at: number | null,
];

/** What a whole post is read from, flat; a condition on `p` follows. */
export const STORED_POST = `
  SELECT p.body, p.revision, t.mark, v.version, f.lang, f.lang_confidence, f.lang_second, f.actor, f.watches, s.story,
    e.existence_body, e.edit_body, e.revisit_at
  FROM posts p
  LEFT JOIN findings f ON f.post = p.key
  LEFT JOIN finding_versions v ON v.key = f.version
  LEFT JOIN marks t ON t.post = p.key
  LEFT JOIN later e ON e.post = p.key
  LEFT JOIN members m ON m.post = p.key
  LEFT JOIN stories s ON s.key = m.story`;

export function storedPost(row: StoredPostRow): StoredPost {
  const [body, revision, mark, version, lang, confidence, second, actor, watched, story] = row;
  const post = JSON.parse(body) as Post;
  const read = {
    post,
    revision: String(revision),
    mark: mark === null ? null : String(mark),
    story,
    ...laterOf(row),
  };
  if (version === null) return { ...read, findings: null };
  const watches = watched === null ? [] : (JSON.parse(watched) as readonly WatchMatch[]);
  const language = second === null ? { lang, confidence } : { lang, confidence, second };
  return { ...read, findings: { post: post.id, language, actor, watches, version } };
}

function laterOf(row: StoredPostRow) {
  const [existence, edit, revisit_at] = [row[10], row[11], row[12]];
  return {
    ...(existence === null ? {} : { existence: JSON.parse(existence) as Existence }),
    ...(edit === null ? {} : { edited: JSON.parse(edit) as Edit }),
    ...(revisit_at === null ? {} : { revisit_at: new Date(revisit_at).toISOString() }),
  };
}

/** As `STORED_LINK` says. */
export type StoredLinkRow = readonly [
  body: string,
  relation: Link["relation"],
  credit: Link["credit"],
  status: Link["status"],
  confidence: Link["confidence"],
  score: Link["score"],
  version: Link["version"],
  verdict: Link["verdict"],
];

/** What a whole link is read from, flat; a condition on `l` follows. */
export const STORED_LINK = `
  SELECT l.body, l.relation, l.credit, l.status, l.confidence, l.score, v.version, d.verdict
  FROM links l
  LEFT JOIN finding_versions v ON v.key = l.version
  LEFT JOIN verdicts d ON d.pair = l.key`;

/** The rest of a link, without the names of its parts: there are more links than anything else. */
type LinkBody = [
  child: Link["child"],
  parent: Link["parent"],
  evidence: Link["evidence"],
  overlap: Link["overlap"],
  spans: Link["spans"],
  added: Link["added"],
  left_out: Link["left_out"],
  lag_seconds: Link["lag_seconds"],
  reasons: Link["reasons"],
];

export function linkBody(link: Link): string {
  const { child, parent, evidence, overlap, spans, added, left_out, lag_seconds, reasons } = link;
  const body: LinkBody = [child, parent, evidence, overlap, spans, added, left_out, lag_seconds, reasons];
  return JSON.stringify(body);
}

export function storedLink(row: StoredLinkRow): Link {
  const [written, relation, credit, status, confidence, score, version, verdict] = row;
  const [child, parent, evidence, overlap, spans, added, left_out, lag_seconds, reasons] = JSON.parse(
    written,
  ) as LinkBody;
  return {
    child,
    parent,
    relation,
    credit,
    evidence,
    overlap,
    spans,
    added,
    left_out,
    lag_seconds,
    score,
    status,
    confidence,
    reasons,
    verdict,
    version,
  };
}
