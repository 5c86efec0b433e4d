import { createHash } from "node:crypto";
import type { ExportKind } from "../../../config/sharing.ts";
import type { Context, Format, Supply } from "../format.ts";
import { NAMESPACE, uuid5 } from "../uuid.ts";
import { alertObjects } from "./alert.ts";
import { type Author, organisation, type StixObject, statementMarking, tlpMarking } from "./objects.ts";
import { postObjects } from "./post.ts";
import { storyObjects } from "./story.ts";

export const stix: Format = {
  name: "stix",
  title: "STIX 2.1 bundle",
  summary: "Findings for threat-intelligence platforms (OpenCTI, TAXII servers, MISP): one bundle.",
  notes: [
    "A post is a user-account, a url and an observed-data whose times are the interval of publication; its words are a note.",
    "A copy is a relationship `derived-from`, from the child to the parent its trace chose; `related-to` where their order is not known.",
    "A story is a report; an opinion says whether its origin was seen, another what a person decided on a link; a note holds what cannot be known.",
    "An actor is an identity with its evidence. Low, moderate and high confidence are 15, 50 and 85, as appendix A of the standard has them.",
    "Ids are UUIDv5: of accounts and urls by the standard’s own rule, of all else in a namespace of Headwater’s. The same finding has the same id in every bundle.",
    "TLP 2.0 is marked with the definitions that OASIS publishes, a classification marking as a statement.",
  ],
  references: ["https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html"],
  kinds: ["stories", "posts", "alerts"],
  hasDefaultKind: true,
  carries: { stories: ["posts", "links", "traces"], alerts: ["posts"] },
  async *write(kind, supply, context) {
    const ids = createHash("sha256");
    const written = new Set<string>();
    const told = (objects: readonly StixObject[]) => {
      const lines: string[] = [];
      for (const object of objects) {
        if (written.has(object.id)) continue;
        lines.push(`${written.size === 0 ? "" : ",\n"}${JSON.stringify(object)}`);
        written.add(object.id);
        ids.update(`${object.id}\n`);
      }
      return lines.join("");
    };
    const { author, definitions } = authorOf(context);
    yield '{"type":"bundle","objects":[\n';
    yield told([author.identity, ...definitions]);
    for await (const objects of found(kind, supply, context, author)) {
      context.wrote();
      yield told(objects);
    }
    // The id stands last because it is made of all that the bundle holds.
    yield `\n],"id":"bundle--${uuid5(NAMESPACE, ids.digest("hex"))}"}\n`;
  },
};

function authorOf({ organisation: name, marking, tlp }: Context) {
  const identity = organisation(name);
  const definitions = [
    ...(tlp === null ? [] : [tlpMarking(tlp)]),
    ...(marking === null ? [] : [statementMarking(marking, identity.id)]),
  ];
  const author: Author = { identity, markings: definitions.map(({ id }) => id) };
  return { author, definitions };
}

async function* found(kind: ExportKind, supply: Supply, context: Context, author: Author) {
  if (kind === "stories")
    for await (const whole of supply.wholeStories()) yield storyObjects(whole, context, author);
  else if (kind === "alerts")
    for await (const whole of supply.wholeAlerts()) yield alertObjects(whole, context, author);
  else for await (const stored of supply.find("posts")) yield postObjects(stored, context, author);
}
