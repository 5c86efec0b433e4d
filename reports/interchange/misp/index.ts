import { contradictionsOf } from "../../contradictions.ts";
import type { Context, Format, WholeStory } from "../format.ts";
import { markingText } from "../marking.ts";
import { nameOf } from "../name.ts";
import { mappingText, techniqueName, techniquesOf } from "../techniques.ts";
import { annotation, attributeOf, type MispObject, postObjects, secondsOf, uuidOf } from "./objects.ts";

export const misp: Format = {
  name: "misp",
  title: "MISP events",
  summary: "An event a story, in the MISP core format, to be imported into MISP.",
  notes: [
    "A post is a `microblog` object, an account a `user-account`, a copy a reference `derived-from` (`related-to` where the order is not known).",
    "TLP is a tag of the taxonomy `tlp`. Techniques of DISARM are tags of the galaxy `disarm-techniques`, and an annotation says who mapped them.",
    "Events are unpublished, for your organisation only, and no attribute is for detection: who imports them decides.",
    "What cannot be known from the collection stands in an annotation.",
  ],
  references: [
    "https://www.misp-standard.org/rfc/misp-standard-core.html",
    "https://github.com/MISP/misp-objects",
  ],
  kinds: ["stories"],
  hasDefaultKind: true,
  carries: { stories: ["posts", "links", "traces"] },
  async *write(_, supply, context) {
    yield '{"response":[\n';
    let first = true;
    for await (const whole of supply.wholeStories()) {
      context.wrote();
      yield `${first ? "" : ",\n"}${JSON.stringify({ Event: eventOf(whole, context) })}`;
      first = false;
    }
    yield "\n]}\n";
  },
};

/** Ids of MISP: the threat level is not judged here; the analysis is ongoing; for the own organisation only. */
const UNDEFINED_LEVEL = "4";
const ONGOING = "1";
const OWN_ORGANISATION = "0";

function eventOf({ story, trace, posts, links }: WholeStory, context: Context) {
  const { organisation, tlp, actors, techniques } = context;
  const collected = posts
    .map(({ post }) => post.collected_at)
    .sort()
    .at(-1)!;
  const timestamp = secondsOf(collected);
  const mapped = links.flatMap((link) => techniquesOf(link, techniques));
  const decisions = [...new Set(mapped.map(mappingText))].sort();
  const names = [...new Set(mapped.map(({ technique }) => techniqueName(technique)))].sort();
  const doubts = [...contradictionsOf(trace), ...trace.unknowns].map((doubt) => `${doubt}.`);
  const origin = `Origin: ${trace.origin_status}, ${trace.origin_confidence} confidence.${trace.origin_reasons.map((reason) => ` ${reason}.`).join("")}`;
  const annotations = [
    annotation(`origin\n${story.story}`, collected, "Origin", origin),
    ...(doubts.length === 0
      ? []
      : [annotation(`doubts\n${story.story}`, collected, "Not known", doubts.join("\n"))]),
    ...(decisions.length === 0
      ? []
      : [annotation(`techniques\n${story.story}`, collected, "DISARM", decisions.join("\n"))]),
  ];
  const byChild = Map.groupBy(links, ({ child }) => child);
  const objects = new Map<string, MispObject>();
  for (const stored of posts) {
    const own = byChild.get(stored.post.id) ?? [];
    for (const object of postObjects(stored, nameOf(stored, actors), own)) objects.set(object.uuid, object);
  }
  const marking = markingText(context);
  return {
    uuid: uuidOf("event", story.story),
    info: `Story ${story.story}: ${posts.length} posts on ${story.platforms.join(", ")}`,
    date: (story.first ?? collected).slice(0, 10),
    threat_level_id: UNDEFINED_LEVEL,
    analysis: ONGOING,
    distribution: OWN_ORGANISATION,
    published: false,
    timestamp,
    Orgc: { name: organisation, uuid: uuidOf("organisation", organisation) },
    Tag: [
      ...(tlp === null ? [] : [{ name: `tlp:${tlp}` }]),
      ...names.map((name) => ({ name: `misp-galaxy:disarm-techniques="${name}"` })),
    ],
    Attribute:
      marking === null ? [] : [attributeOf("comment", `Marking: ${marking}`, story.story, timestamp)],
    Object: [...objects.values(), ...annotations],
  };
}
