import type { PostFindings } from "../../contracts/finding.ts";
import type { Post } from "../../contracts/post.ts";
import type { Edit, Existence, Visit } from "../../contracts/revisit.ts";
import type { Reading, StoredPost } from "../../contracts/store.ts";
import type { ShownAccounts } from "../../text/pseudonyms.ts";
import { searchable, spacedWords } from "../../text/searchable.ts";
import type { Observation } from "../content.ts";
import type { Place } from "../places.ts";
import type { Write } from "./bulk.ts";
import { LONGEST_TERM } from "./layout.ts";
import { aliasOf, monthName } from "./names.ts";
import type { ElasticsearchOptions } from "./options.ts";
import { NAMED, namedAt, shownPost } from "./shown.ts";

/** A post whole, with all that is known of it. */
export interface Entry extends Observation {
  /** The hash of what it says: see stores/content.ts. */
  readonly content: string;
  /** Counts what the analyzers read. */
  readonly revision: number;
  /** Counts how often its story was marked to be traced; null before the first time. */
  readonly mark: number | null;
  readonly findings: Omit<PostFindings, "keys"> | null;
  readonly story: string | null;
  /** In that story; to be shown beside the post. */
  readonly place: Place | null;
  /** Other contents it had, the latest seen first. */
  readonly versions: readonly (Observation & { readonly content: string })[];
  /** The part of `posts` it lies in, and those it lay in before its time of publication was corrected. */
  readonly month: string;
  readonly former: readonly string[];
  /** What was found where it had stood, by time; the latest of them, and what all of them add up to. */
  readonly visits?: readonly Visit[];
  readonly existence?: Existence;
  readonly edited?: Edit;
  readonly revisit_at?: string;
}

/** The entry as it lies in the ledger. */
export interface LedgerDocument {
  readonly id: string;
  /** `show`: its place in `posts` is not written yet. `remove`: it is being taken away. */
  readonly waits: readonly ("analyze" | "trace" | "show" | "remove")[];
  /** Of the findings: those of another are stale. */
  readonly version: string | null;
  /** As in the entry, to find what is left when the index of a month is gone. */
  readonly month: string;
  /** Left out before layout 5. */
  readonly collected_at?: string;
  readonly entry: Entry;
}

export function ledgerDocument(entry: Entry, waits: LedgerDocument["waits"]): LedgerDocument {
  const { post, findings, month } = entry;
  return {
    id: post.id,
    waits,
    version: findings?.version ?? null,
    month,
    collected_at: post.collected_at,
    entry,
  };
}

export function storedPost(entry: Entry): StoredPost {
  const { post, revision, mark, findings, story, existence, edited, revisit_at } = entry;
  return {
    post,
    revision: String(revision),
    mark: mark === null ? null : String(mark),
    findings,
    story,
    ...(existence === undefined ? {} : { existence }),
    ...(edited === undefined ? {} : { edited }),
    ...(revisit_at === undefined ? {} : { revisit_at }),
  };
}

export function isMarkedSince({ mark }: Entry, reading: Reading): boolean {
  return reading.mark !== undefined && reading.mark !== (mark === null ? null : String(mark));
}

/** Milliseconds by which a post is listed: when it was published, or the latest that can have been. */
export function listedAt({ published_at, published }: Post): number {
  return Date.parse(published_at ?? published.latest);
}

/** What is written in `posts` for an entry of the ledger. An older version never takes the place of a newer one. */
export function projection(
  { prefix, shown }: Pick<ElasticsearchOptions, "prefix" | "shown">,
  { entry }: LedgerDocument,
  version: number,
): readonly Write[] {
  const { id } = entry.post;
  const write = { id, version, makes_index: true };
  return [
    {
      ...write,
      action: "index",
      index: monthName(prefix, entry.month),
      document: postDocument(entry, shown),
    },
    ...entry.former.map(
      (month) => ({ ...write, action: "delete", index: monthName(prefix, month) }) as const,
    ),
  ];
}

export function ledgerOf(prefix: string): string {
  return aliasOf(prefix, "ledger");
}

/** A post as people search it. */
function postDocument(entry: Entry, shown: ShownAccounts): object {
  const { post, findings, story, place, existence, edited, revisit_at } = entry;
  const deleted = existence?.state === "deleted";
  const { references, engagement, declared_source, published } = post;
  const { account, url, title, text, media } = shownPost(entry, shown);
  const at = listedAt(post);
  const time = Number.isFinite(at) ? new Date(at).toISOString() : post.published.latest;
  const watches = findings?.watches ?? [];
  return {
    "@timestamp": time,
    id: post.id,
    platform: post.platform,
    source: post.source,
    account: { id: account.id, handle: account.handle, name: account.name },
    url,
    title: filled(title),
    text: filled(text),
    named: namesOf(post),
    words: { title: wordsOf(post.title), text: wordsOf(post.text) },
    // What was found; before analysis, what the post declares.
    lang: findings?.language.lang ?? post.lang_declared,
    lang_declared: post.lang_declared,
    published_at: post.published_at,
    published: { earliest: published.earliest, latest: published.latest, basis: published.basis },
    collected_at: post.collected_at,
    story,
    actor: findings?.actor,
    watches: watches.map(({ watch }) => watch),
    watches_confirmed: watches.filter(({ status }) => status === "confirmed").map(({ watch }) => watch),
    existence: existence?.state,
    deleted_by: deleted ? existence.by : undefined,
    deleted_at: deleted ? existence.since : undefined,
    edited_at: edited?.by,
    revisit_at,
    declared_source: picked(declared_source, ["kind", "name"]),
    engagement: picked(engagement, ["views", "likes", "reposts", "comments"]),
    references: references.map(({ kind }) => ({ kind })),
    media: media.map((each) => picked(each, ["kind", "url", "sha256", "phash"])),
    sha256: post.sha256,
    ...place,
    order: { at: time, id: post.id },
  };
}

/** Only what the mapping knows: the index refuses any other field. */
function picked<T extends object>(value: T | null, names: readonly (keyof T)[]): Partial<T> | undefined {
  if (value === null) return undefined;
  return Object.fromEntries(names.map((name) => [name, value[name]])) as Partial<T>;
}

/** An empty text is none: `title:*` does not find it. */
function filled(text: string | null): string | undefined {
  return text === null || text === "" ? undefined : text;
}

function wordsOf(text: string | null): string | undefined {
  return text === null ? undefined : spacedWords(searchable(text));
}

function namesOf(post: Post): object {
  return Object.fromEntries(
    Object.entries(NAMED).map(([field, nameOf]) => [namedAt(field).split(".")[1], short(nameOf(post))]),
  );
}

function short(name: string | null | undefined): string | undefined {
  return name == null || name.length > LONGEST_TERM ? undefined : name;
}
