import type { StoredPost } from "../../../contracts/store.ts";
import type { Context } from "../format.ts";
import { nameOf } from "../name.ts";
import {
  type Author,
  accountOf,
  actorIdentity,
  addressOf,
  domainObject,
  instant,
  observedId,
  type StixObject,
  stixConfidence,
} from "./objects.ts";

/** A post: its account and address, that they were seen, its words as a note, and whose account it is held to be. */
export function postObjects(stored: StoredPost, { actors }: Context, author: Author): readonly StixObject[] {
  const { post, findings } = stored;
  const times = { created: post.collected_at, modified: post.collected_at };
  const account = accountOf(stored, author);
  const address = post.url === null ? [] : [addressOf(post.url, author)];
  const { earliest, latest } = post.published;
  const observed = domainObject("observed-data", post.id, author, times, {
    first_observed: instant(earliest ?? latest),
    last_observed: instant(latest),
    number_observed: 1,
    object_refs: [account.id, ...address.map(({ id }) => id)],
    external_references: [
      { source_name: post.platform, external_id: post.id, ...(post.url === null ? {} : { url: post.url }) },
    ],
  });
  const actor = findings?.actor == null ? undefined : actors.get(findings.actor);
  const identity = actor === undefined ? [] : [actorIdentity(actor, author)];
  const holder = identity.map(({ id, created, modified }) =>
    domainObject(
      "relationship",
      `${id}\n${account.id}`,
      author,
      { created: String(created), modified: String(modified) },
      {
        relationship_type: "related-to",
        source_ref: id,
        target_ref: account.id,
        confidence: stixConfidence(actor!.confidence),
        description: "Analysts registered the account, or its domain, as this actor’s.",
      },
    ),
  );
  const words = [post.title ?? "", post.text].filter((part) => part !== "").join("\n\n");
  // Two letters alone: the OASIS validator refuses scripts, and languages without a code of two letters.
  const lang = (findings?.language.lang ?? "und").split("-", 1)[0]!;
  const note =
    words === ""
      ? []
      : [
          domainObject("note", post.id, author, times, {
            abstract: `What the post of ${nameOf(stored, actors)} says`,
            content: words,
            object_refs: [observedId(post.id)],
            ...(lang.length === 2 ? { lang } : {}),
          }),
        ];
  return [account, ...address, observed, ...identity, ...holder, ...note];
}
