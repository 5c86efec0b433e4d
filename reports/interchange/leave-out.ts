import type { Leavable } from "../../config/sharing.ts";
import type { Alert } from "../../contracts/alert.ts";
import type { Link } from "../../contracts/link.ts";
import type { Post } from "../../contracts/post.ts";
import type { StoredPost } from "../../contracts/store.ts";
import type { Trace } from "../../contracts/trace.ts";

/** Empties the fields that a profile leaves out, in the shapes all formats are made of. */
export interface LeaveOut {
  readonly post: (stored: StoredPost) => StoredPost;
  readonly link: (link: Link) => Link;
  readonly trace: (trace: Trace) => Trace;
  readonly alert: (alert: Alert) => Alert;
}

const POST_FIELDS: Readonly<Partial<Record<Leavable, (post: Post) => Post>>> = {
  text: (post) => ({ ...post, text: "" }),
  title: (post) => ({ ...post, title: null }),
  url: (post) => ({ ...post, url: null }),
  "account.handle": ({ account: { handle: _, ...account }, ...post }) => ({ ...post, account }),
  "account.name": ({ account: { name: _, ...account }, ...post }) => ({ ...post, account }),
  engagement: (post) => ({ ...post, engagement: null }),
  references: (post) => ({ ...post, references: [] }),
  media: (post) => ({ ...post, media: [] }),
  declared_source: (post) => ({ ...post, declared_source: null }),
  source: (post) => ({ ...post, source: "" }),
  sha256: (post) => ({ ...post, sha256: null }),
};

export function leaveOut(fields: readonly Leavable[]): LeaveOut {
  const has = new Set(fields);
  const emptied = fields.flatMap((field) => POST_FIELDS[field] ?? []);
  return {
    post: (stored) => ({
      ...stored,
      findings:
        stored.findings !== null && has.has("watches")
          ? { ...stored.findings, watches: [] }
          : stored.findings,
      post: emptied.reduce((post, empty) => empty(post), stored.post),
    }),
    link: (link) => ({
      ...link,
      ...(has.has("reasons") ? { reasons: [] } : {}),
      ...(has.has("spans") ? { spans: [], added: [], left_out: [] } : {}),
    }),
    trace: (trace) => {
      if (!has.has("reasons")) return trace;
      const parents = Object.entries(trace.parents).map(([member, choice]) => [
        member,
        { ...choice, reasons: [] },
      ]);
      return { ...trace, origin_reasons: [], parents: Object.fromEntries(parents) };
    },
    alert: (alert) => (has.has("who") ? { ...alert, who: [] } : alert),
  };
}
