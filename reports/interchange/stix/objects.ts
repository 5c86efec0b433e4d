import type { TechniqueMapping, Tlp } from "../../../config/sharing.ts";
import type { Actor } from "../../../contracts/actor.ts";
import type { Confidence, Link } from "../../../contracts/link.ts";
import type { StoredPost } from "../../../contracts/store.ts";
import { mappingText, techniqueName } from "../techniques.ts";
import { NAMESPACE, uuid5 } from "../uuid.ts";

export type StixObject = Readonly<Record<string, unknown>> & { readonly type: string; readonly id: string };

/** What every object of a bundle has from its author. */
export interface Author {
  readonly identity: StixObject;
  readonly markings: readonly string[];
}

/** STIX 2.1, appendix A, table “None / Low / Med / High”: the middle of each range. */
const CONFIDENCE: Readonly<Record<Confidence, number>> = { low: 15, moderate: 50, high: 85 };
export const stixConfidence = (confidence: Confidence): number => CONFIDENCE[confidence];

/** The namespace that STIX 2.1 (section 2.9) sets for observables, so that all makers give one the same id. */
const OBSERVABLES = "00abedb4-aa42-466c-9c01-fed23315a9b7";

/** Who shares and what classifies have no date here; one that stays keeps the object the same in every bundle. */
const TIMELESS = "2026-01-01T00:00:00.000Z";

const named = (type: string, name: string) => `${type}--${uuid5(NAMESPACE, `${type}\n${name}`)}`;

/** The id by the properties that make it the same thing, in the canonical JSON of RFC 8785. */
function observable(type: string, contributing: Readonly<Record<string, string>>): string {
  const sorted = Object.fromEntries(Object.entries(contributing).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${type}--${uuid5(OBSERVABLES, JSON.stringify(sorted))}`;
}

export function organisation(name: string): StixObject {
  return {
    type: "identity",
    spec_version: "2.1",
    id: named("identity", `organisation\n${name}`),
    created: TIMELESS,
    modified: TIMELESS,
    name,
    identity_class: "organization",
  };
}

/** The marking definitions of TLP 2.0 that OASIS publishes (cti-stix-common-objects), word for word. */
const TLP_IDS: Readonly<Record<Tlp, string>> = {
  clear: "94868c89-83c2-464b-929b-a1a8aa3c8487",
  green: "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
  amber: "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
  "amber+strict": "939a9414-2ddd-4d32-a0cd-375ea402b003",
  red: "e828b379-4e03-4974-9ac4-e53a884c97c1",
};
const TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

export function tlpMarking(tlp: Tlp): StixObject {
  return {
    type: "marking-definition",
    spec_version: "2.1",
    id: `marking-definition--${TLP_IDS[tlp]}`,
    created: "2022-10-01T00:00:00.000Z",
    name: `TLP:${tlp.toUpperCase()}`,
    extensions: { [TLP_EXTENSION]: { extension_type: "property-extension", tlp_2_0: tlp } },
  };
}

export function statementMarking(statement: string, createdBy: string): StixObject {
  return {
    type: "marking-definition",
    spec_version: "2.1",
    id: named("marking-definition", `${createdBy}\n${statement}`),
    created_by_ref: createdBy,
    created: TIMELESS,
    definition_type: "statement",
    definition: { statement },
  };
}

/** A domain object: its id from its name, by its author, with its markings. */
export function domainObject(
  type: string,
  name: string,
  { identity, markings }: Author,
  { created, modified }: { readonly created: string; readonly modified: string },
  properties: Readonly<Record<string, unknown>>,
): StixObject {
  return {
    type,
    spec_version: "2.1",
    id: named(type, name),
    created_by_ref: identity.id,
    created: instant(created),
    modified: instant(modified),
    ...marked(markings),
    ...properties,
  };
}

function marked(markings: readonly string[]): Readonly<Record<string, unknown>> {
  return markings.length === 0 ? {} : { object_marking_refs: markings };
}

export function accountOf({ post: { platform, account } }: StoredPost, { markings }: Author): StixObject {
  const login = account.handle === undefined ? {} : { account_login: account.handle };
  const contributing = { account_type: platform, user_id: account.id, ...login };
  return {
    type: "user-account",
    spec_version: "2.1",
    id: observable("user-account", contributing),
    ...contributing,
    ...(account.name === undefined ? {} : { display_name: account.name }),
    ...marked(markings),
  };
}

export function addressOf(value: string, { markings }: Author): StixObject {
  return { type: "url", spec_version: "2.1", id: observable("url", { value }), value, ...marked(markings) };
}

export const observedId = (post: string): string => named("observed-data", post);

export function actorIdentity(actor: Actor, author: Author): StixObject {
  const dates = actor.evidence.map(({ date }) => date).sort();
  const [created, modified] = [dates[0] ?? TIMELESS, dates.at(-1) ?? TIMELESS];
  const whose = [actor.affiliation, actor.typology, actor.country].filter((part) => part !== undefined);
  return domainObject(
    "identity",
    `actor\n${actor.id}`,
    author,
    { created, modified },
    {
      name: actor.name,
      identity_class:
        actor.affiliation === "private" || actor.affiliation === "unknown" ? "unknown" : "organization",
      description: `Registered by analysts as ${whose.join(", ")}.`,
      confidence: stixConfidence(actor.confidence),
      external_references: actor.evidence.map(({ source, date, url, note }) => ({
        source_name: source,
        description: note === undefined ? `As of ${date}.` : `As of ${date}: ${note}`,
        ...(url === undefined ? {} : { url }),
      })),
    },
  );
}

/** `derived-from` claims an order; where times of publication overlap the two are only related. */
export function copyRelationship(link: Link, times: { created: string; modified: string }, author: Author) {
  const isOrdered = link.lag_seconds[0] !== null && link.lag_seconds[0] >= 0;
  const share = (part: number) => `${Math.round(part * 100)} %`;
  const overlap =
    link.overlap === null
      ? ""
      : ` ${share(link.overlap.child)} of its wording stands in the other, ${share(link.overlap.parent)} of the other’s in it.`;
  return domainObject("relationship", `${link.child}\n${link.parent}`, author, times, {
    relationship_type: isOrdered && link.relation !== "reply" ? "derived-from" : "related-to",
    source_ref: observedId(link.child),
    target_ref: observedId(link.parent),
    confidence: stixConfidence(link.confidence),
    description: `${link.relation}, ${link.credit}, ${link.status}.${overlap}${link.reasons.map((reason) => ` ${reason}.`).join("")}`,
  });
}

export function attackPattern(mapping: TechniqueMapping, author: Author): StixObject {
  const { technique } = mapping;
  const times = { created: TIMELESS, modified: TIMELESS };
  return domainObject("attack-pattern", technique, author, times, {
    name: techniqueName(technique),
    external_references: [
      {
        source_name: "DISARM",
        external_id: technique,
        url: `https://github.com/DISARMFoundation/DISARMframeworks/blob/main/generated_pages/techniques/${technique}.md`,
      },
    ],
  });
}

export function mappedTechnique(child: string, mapping: TechniqueMapping, pattern: string, author: Author) {
  const times = { created: mapping.date, modified: mapping.date };
  return domainObject("relationship", `${child}\n${mapping.technique}\n${mapping.finding}`, author, times, {
    relationship_type: "related-to",
    source_ref: observedId(child),
    target_ref: pattern,
    description: mappingText(mapping),
  });
}

/** As STIX writes times; a day alone is its first instant. */
export function instant(date: string): string {
  return new Date(date).toISOString();
}
