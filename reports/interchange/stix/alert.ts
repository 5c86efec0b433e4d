import type { Context, WholeAlert } from "../format.ts";
import { toldAlert } from "../told-alert.ts";
import { type Author, domainObject, observedId, type StixObject, stixConfidence } from "./objects.ts";
import { postObjects } from "./post.ts";

/** An alert: the posts it rests on, a report of it, and a note of what is not known. */
export function alertObjects(whole: WholeAlert, context: Context, author: Author): readonly StixObject[] {
  const { alert, posts } = whole;
  const told = toldAlert(whole, context);
  const times = { created: alert.raised_at, modified: alert.updated_at };
  const seen = posts.map(({ post }) => observedId(post.id));
  const refs = seen.length === 0 ? [author.identity.id] : seen;
  const report = domainObject("report", `alert\n${alert.id}`, author, times, {
    name: told.title,
    description: [...told.what, told.since, ...told.who, ...told.how_sure].join("\n"),
    report_types: ["observed-data"],
    published: alert.raised_at,
    confidence: stixConfidence(alert.confidence),
    object_refs: refs,
    labels: [alert.kind, `severity:${alert.severity}`],
  });
  const note =
    told.not_known.length === 0
      ? []
      : [
          domainObject("note", `alert\n${alert.id}`, author, times, {
            abstract: told.labels.not_known,
            content: told.not_known.join("\n"),
            object_refs: [report.id],
          }),
        ];
  return [...posts.flatMap((stored) => postObjects(stored, context, author)), report, ...note];
}
