import type { OriginStatus } from "../../../contracts/trace.ts";
import { contradictionsOf } from "../../contradictions.ts";
import type { Context, WholeStory } from "../format.ts";
import { techniquesOf } from "../techniques.ts";
import {
  type Author,
  attackPattern,
  copyRelationship,
  domainObject,
  instant,
  mappedTechnique,
  observedId,
  type StixObject,
  stixConfidence,
} from "./objects.ts";
import { postObjects } from "./post.ts";

const IS_ORIGIN: Readonly<Record<OriginStatus, string>> = {
  observed: "agree",
  undetermined: "neutral",
  "outside-collection": "disagree",
};

/** A story: all its posts, who took what from whom, where it began as far as can be told, and a report on it all. */
export function storyObjects(whole: WholeStory, context: Context, author: Author): readonly StixObject[] {
  const { story, trace, posts, links } = whole;
  const collected = posts.map(({ post }) => post.collected_at).sort();
  const times = { created: collected[0]!, modified: collected.at(-1)! };
  const told = posts.flatMap((stored) => postObjects(stored, context, author));
  const at = new Map(posts.map(({ post }) => [post.id, post.collected_at]));
  const ties = links.flatMap((link) => {
    const [created, modified] = [at.get(link.child)!, at.get(link.parent)!].sort() as [string, string];
    const relationship = copyRelationship(link, { created, modified }, author);
    const opinion =
      link.verdict === null
        ? []
        : [
            domainObject(
              "opinion",
              `${link.child}\n${link.parent}`,
              author,
              { created, modified },
              {
                opinion: link.verdict === "confirmed" ? "strongly-agree" : "strongly-disagree",
                explanation: `A person ${link.verdict} this link.`,
                object_refs: [relationship.id],
                confidence: stixConfidence("high"),
              },
            ),
          ];
    const mapped = techniquesOf(link, context.techniques).flatMap((mapping) => {
      const pattern = attackPattern(mapping, author);
      return [pattern, mappedTechnique(link.child, mapping, pattern.id, author)];
    });
    return [relationship, ...opinion, ...mapped];
  });
  const first = observedId(trace.origin ?? trace.first_seen);
  const origin = domainObject("opinion", `origin\n${story.story}`, author, times, {
    opinion: IS_ORIGIN[trace.origin_status],
    explanation: `Whether the story began with this post, the first that was seen: ${trace.origin_status}.${trace.origin_reasons.map((reason) => ` ${reason}.`).join("")}`,
    confidence: stixConfidence(trace.origin_confidence),
    object_refs: [first],
  });
  const doubts = [...contradictionsOf(trace), ...trace.unknowns];
  const note =
    doubts.length === 0
      ? []
      : [
          domainObject("note", `doubts\n${story.story}`, author, times, {
            abstract: "What contradicts, and what cannot be known from this collection",
            content: doubts.map((doubt) => `${doubt}.`).join("\n"),
            object_refs: [first],
          }),
        ];
  const all = [...told, ...ties, origin, ...note];
  const report = domainObject("report", story.story, author, times, {
    name: `Story ${story.story}: ${posts.length} posts on ${story.platforms.join(", ")}`,
    description: `Posts that share content, ${story.first ?? "at an unknown time"} to ${story.last ?? "an unknown time"}. It shows copying; it proves neither affiliation nor intent.`,
    report_types: ["observed-data"],
    published: instant(times.modified),
    object_refs: [...new Set(all.map(({ id }) => id))],
  });
  return [...all, report];
}
