import { knownFields } from "../fields.ts";

const REFERENCE = (path: string) => `${path}.uri ${path}.cid`;

/** Of a post's own record. Labels of its author and a client's own notes are left alone. */
const RECORD = [
  "$type text createdAt langs labels tags via bridgyOriginalText bridgyOriginalUrl entities",
  "facets.$type facets.index facets.features.$type facets.features.uri facets.features.did facets.features.tag",
  REFERENCE("reply.parent"),
  REFERENCE("reply.root"),
  "reply.$type reply.root.$type reply.parent.$type embed",
];

/** A view of an embed repeats the record's embed with addresses: the record is what is read. */
const VIEW = [
  "$type uri cid indexedAt replyCount repostCount likeCount quoteCount bookmarkCount embed labels viewer threadgate debug",
  "author.did author.handle author.displayName author.labels author.avatar author.createdAt author.associated author.viewer",
  "author.verification author.status author.pronouns author.$type author.debug",
];

const within = (path: string, words: readonly string[]): string =>
  words
    .join(" ")
    .split(" ")
    .map((word) => `${path}.${word}`)
    .join(" ");

export const VIEW_FIELDS = knownFields(...VIEW, within("record", RECORD));

/** `reply` is the thread around a reply, other people's posts; `feedContext` and `reqId` are for feeds' makers. */
export const ITEM_FIELDS = knownFields(
  "post reply feedContext reqId",
  "reason.$type reason.uri reason.cid reason.indexedAt",
  "reason.by.did reason.by.handle reason.by.displayName reason.by.labels reason.by.avatar reason.by.createdAt",
  "reason.by.associated reason.by.viewer reason.by.verification reason.by.status reason.by.pronouns reason.by.$type",
);

const COMMIT = ["rev operation collection rkey cid", within("record", RECORD), "record.subject record.via"];

export const EVENT_FIELDS = knownFields(
  "$type did time_us cursor kind",
  within("commit", COMMIT),
  "payload.$type payload.seq payload.did payload.time payload.witnessedAt",
  within("payload", COMMIT),
);
