import type { WatchMatch } from "../../contracts/finding.ts";
import type { Link } from "../../contracts/link.ts";
import type { Post } from "../../contracts/post.ts";
import type { Edit, Existence } from "../../contracts/revisit.ts";
import type { StoredPost } from "../../contracts/store.ts";

export interface StoredPostRow {
  readonly body: string;
  readonly revision: number;
  readonly mark: number | null;
  readonly version: string | null;
  readonly lang: string;
  readonly lang_confidence: number;
  readonly lang_second: string | null;
  readonly actor: string | null;
  readonly watches: string | null;
  readonly story: string | null;
  readonly existence_body: string | null;
  readonly edit_body: string | null;
  readonly revisit_at: number | null;
}

/** What a whole post is read from; a condition on `p` follows. */
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
  const post = JSON.parse(row.body) as Post;
  const { version, actor, story, lang, lang_confidence: confidence, lang_second: second } = row;
  const read = {
    post,
    revision: String(row.revision),
    mark: row.mark === null ? null : String(row.mark),
    story,
    ...laterOf(row),
  };
  if (version === null) return { ...read, findings: null };
  const watches = row.watches === null ? [] : (JSON.parse(row.watches) as readonly WatchMatch[]);
  const language = second === null ? { lang, confidence } : { lang, confidence, second };
  return { ...read, findings: { post: post.id, language, actor, watches, version } };
}

function laterOf({ existence_body, edit_body, revisit_at }: StoredPostRow) {
  return {
    ...(existence_body === null ? {} : { existence: JSON.parse(existence_body) as Existence }),
    ...(edit_body === null ? {} : { edited: JSON.parse(edit_body) as Edit }),
    ...(revisit_at === null ? {} : { revisit_at: new Date(revisit_at).toISOString() }),
  };
}

/** What of a link stands in columns beside its body. */
type LinkColumn = "relation" | "credit" | "status" | "confidence" | "score" | "verdict" | "version";

export interface StoredLinkRow extends Pick<Link, LinkColumn> {
  readonly body: string;
}

/** What a whole link is read from; a condition on `l` follows. */
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
  const { relation, credit, status, confidence, score, verdict, version } = row;
  const [child, parent, evidence, overlap, spans, added, left_out, lag_seconds, reasons] = JSON.parse(
    row.body,
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
