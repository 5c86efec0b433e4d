import { createHash, createHmac } from "node:crypto";
import type { Profile } from "../../config/sharing.ts";
import type { Alert } from "../../contracts/alert.ts";
import type { Link } from "../../contracts/link.ts";
import type { DeclaredSource, Post, PostId, Reference } from "../../contracts/post.ts";
import type { Run } from "../../contracts/run.ts";
import type { StoredPost } from "../../contracts/store.ts";
import type { Story, Trace } from "../../contracts/trace.ts";
import { isShown, isTelling, pseudonymFrom, type ShownAccounts } from "../../text/pseudonyms.ts";
import { canonicalUrl, hostOf } from "../../text/urls.ts";
import { replacerOf } from "./hidden-words.ts";

/**
 * Between what is kept and what leaves: everything comes out in the shape it had, without what says who a private account
 * is. Formats are given nothing else, so none of them can tell more.
 */
export interface Veil {
  readonly post: (stored: StoredPost) => StoredPost;
  readonly link: (link: Link) => Link;
  readonly story: (story: Story) => Story;
  readonly trace: (trace: Trace) => Trace;
  readonly alert: (alert: Alert) => Alert;
  readonly run: (run: Run) => Run;
  /** Whether an account leaves by its own name. */
  readonly isShown: (stored: StoredPost) => boolean;
  /** How many accounts leave by pseudonym. */
  readonly concealed: number;
}

export interface VeilOptions {
  readonly profile: Pick<Profile, "pseudonyms" | "texts">;
  readonly shown: ShownAccounts;
  /** A secret that pseudonyms are made with; null: those of reports. */
  readonly key: string | null;
}

const same = <T>(value: T): T => value;
const OPEN: Omit<Veil, "post"> = {
  link: same,
  story: same,
  trace: same,
  alert: same,
  run: same,
  isShown: () => true,
  concealed: 0,
};

/** 64 bits: two of a million accounts are taken for one in 1 of 37 million exports. */
const ID_DIGITS = 16;
/** 80 bits, for posts are many more. */
const POST_DIGITS = 20;

/** A veil for a profile. It reads all posts there are, because the text of any may name the account of any other. */
export async function veilOf(posts: AsyncIterable<StoredPost>, options: VeilOptions): Promise<Veil> {
  const { pseudonyms, texts } = options.profile;
  if (!pseudonyms) return { ...OPEN, post: texts === "none" ? withoutWords : same };
  const hash = (value: string) =>
    (options.key === null ? createHash("sha256") : createHmac("sha256", options.key))
      .update(value)
      .digest("hex");
  const shown = (stored: StoredPost) => isShown(stored, options.shown);
  const names = new Map<string, string>();
  const accounts = new Map<string, string>();
  const hidden = new Map<PostId, string>();
  const hosts = new Set<string>();
  const open = new Set<string>();
  for await (const stored of posts) {
    const { post } = stored;
    const host = post.url === null ? null : hostOf(post.url);
    if (shown(stored)) {
      open.add(post.id);
      if (post.url !== null) open.add(canonicalUrl(post.url) ?? post.url);
      continue;
    }
    const account = accountKey(post);
    const digest = hash(account);
    accounts.set(account, digest);
    hidden.set(post.id, `${post.platform}:post-${hash(post.id).slice(0, POST_DIGITS)}`);
    if (host !== null && post.platform !== "web") hosts.add(host);
    for (const word of [post.account.id, post.account.handle, post.account.name]) {
      if (word !== undefined && isTelling(word)) names.set(word, pseudonymFrom(post.platform, digest));
    }
  }
  const replaced = replacerOf(names);
  const id = (post: PostId): PostId => hidden.get(post) ?? replaced(post);
  const url = (written: string): string => {
    const host = hostOf(written.includes("://") ? written : `https://${written}`);
    if (host === null || !hosts.has(host) || open.has(canonicalUrl(written) ?? written))
      return replaced(written);
    return `https://${host}/…`;
  };
  const text = (written: string): string => {
    const whole = hidden.get(written);
    if (whole !== undefined) return whole;
    const told = written
      .replace(ADDRESS, (token) => beforeMarks(token, url))
      .replace(
        POST_ID,
        (token) => hidden.get(token) ?? beforeMarks(token, (bare) => hidden.get(bare) ?? bare),
      );
    return replaced(told);
  };
  const party = (account: string): string => {
    const digest = accounts.get(account);
    return digest === undefined ? replaced(account) : `${platformOf(account)}:${digest.slice(0, ID_DIGITS)}`;
  };
  // Who is mentioned, and posts that were never collected, may be anybody's.
  const reference = (platform: string, { kind, id: native, url: address }: Reference): Reference => {
    const full = native?.includes(":") ? native : `${platform}:${native}`;
    const known = hidden.get(full) ?? (open.has(full) ? native : undefined);
    return {
      kind,
      ...(known === undefined ? {} : { id: known }),
      ...(address === undefined ? {} : { url: url(address) }),
    };
  };
  const declared = ({ kind, name, url: address }: DeclaredSource): DeclaredSource => ({
    kind,
    ...(name === undefined ? {} : { name: text(name) }),
    ...(address === undefined ? {} : { url: url(address) }),
  });
  const post = (stored: StoredPost): StoredPost => {
    const given = stored.post;
    const open = shown(stored);
    const withText = texts === "all" || (texts === "shown" && open);
    const digest = open ? "" : hash(accountKey(given));
    return {
      ...stored,
      findings:
        stored.findings === null
          ? null
          : {
              ...stored.findings,
              watches: stored.findings.watches.map((match) => ({
                ...match,
                reasons: match.reasons.map(text),
              })),
            },
      post: {
        ...given,
        id: id(given.id),
        url: open ? given.url : null,
        account: open
          ? given.account
          : { id: digest.slice(0, ID_DIGITS), name: pseudonymFrom(given.platform, digest) },
        // A date as it was written may stand in a sentence of the page; the bounds say all of it.
        published: {
          ...given.published,
          ...(given.published.raw === undefined ? {} : { raw: text(given.published.raw) }),
        },
        source: text(given.source),
        title: withText && given.title !== null ? text(given.title) : null,
        text: withText ? text(given.text) : "",
        references: given.references.map((each) => reference(given.platform, each)),
        media: given.media.map((item) => {
          const { url: address, ...rest } = item;
          return open && address !== undefined ? { ...rest, url: url(address) } : rest;
        }),
        declared_source: given.declared_source === null ? null : declared(given.declared_source),
      },
    };
  };
  const ids = (list: readonly PostId[]) => list.map(id);
  return {
    post,
    isShown: shown,
    concealed: accounts.size,
    link: (link) => ({
      ...link,
      child: id(link.child),
      parent: id(link.parent),
      reasons: link.reasons.map(text),
    }),
    story: (story) => ({ ...story, members: ids(story.members) }),
    trace: (trace) => ({
      ...trace,
      origin: trace.origin === null ? null : id(trace.origin),
      first_seen: id(trace.first_seen),
      origin_reasons: trace.origin_reasons.map(text),
      parents: Object.fromEntries(
        Object.entries(trace.parents).map(([member, choice]) => [
          id(member),
          {
            ...choice,
            parent: choice.parent === null ? null : id(choice.parent),
            alternatives: ids(choice.alternatives),
            reasons: choice.reasons.map(text),
          },
        ]),
      ),
      order: ids(trace.order),
      first_by_language: trace.first_by_language.map((first) => ({ ...first, post: id(first.post) })),
      first_by_platform: trace.first_by_platform.map((first) => ({ ...first, post: id(first.post) })),
      actors: trace.actors.map((part) => ({
        ...part,
        posts: ids(part.posts),
        followers: ids(part.followers),
      })),
      suggested: ids(trace.suggested),
      contradictions: valuesTold(trace.contradictions, text),
      unknowns: trace.unknowns.map(text),
    }),
    alert: (alert) => ({
      ...alert,
      subject: text(alert.subject),
      source: alert.source === null ? null : text(alert.source),
      why: valuesTold(alert.why, text),
      confidence_reasons: valuesTold(alert.confidence_reasons, text),
      unknowns: valuesTold(alert.unknowns, text),
      who: alert.who.map((who) => ({ ...who, account: party(who.account) })),
      items: ids(alert.items),
      // Who of the team judged it, and their notes, are for the team.
      judgements: [],
    }),
    run: (run) => ({
      ...run,
      run: text(run.run),
      source: text(run.source),
      problems: run.problems.map(text),
    }),
  };
}

/** With a scheme or without one; it ends at space, quotes, brackets and the punctuation of East Asia. */
const ADDRESS =
  /(?:https?:\/\/)?(?:[a-z0-9-]+\.)+[a-z0-9-]{2,}(?::\d+)?(?:\/[^\s"'<>，。；、（）《》「」【】！？]*)?/giu;
const POST_ID = /[a-z0-9-]+:[^\s"'<>，。；、（）《》「」【】！？]+/giu;

/** What stands right after an address or an id in a sentence is no part of it. */
function beforeMarks(token: string, replace: (bare: string) => string): string {
  const bare = token.replace(/[.,;:!?)\]}’”]+$/u, "");
  return replace(bare) + token.slice(bare.length);
}

function valuesTold<S extends { readonly with: object }>(
  statements: readonly S[],
  text: (written: string) => string,
): readonly S[] {
  return statements.map((statement) => ({
    ...statement,
    with: Object.fromEntries(
      Object.entries(statement.with).map(([name, value]) => [
        name,
        typeof value === "string" ? text(value) : value,
      ]),
    ),
  }));
}

function withoutWords(stored: StoredPost): StoredPost {
  return { ...stored, post: { ...stored.post, title: null, text: "" } };
}

function accountKey({ platform, account }: Post): string {
  return `${platform}:${account.id}`;
}

function platformOf(account: string): string {
  return account.slice(0, account.indexOf(":"));
}
