import { createHash } from "node:crypto";
import type {
  Account,
  Engagement,
  Post,
  PostDraft,
  PublishedInterval,
  Reference,
} from "../contracts/post.ts";
import { readDate } from "./dates.ts";
import { nearest } from "./nearest.ts";
import { PLATFORMS } from "./platforms.ts";
import { fullId } from "./post-id.ts";
import { canonicalUrl, hostOf, urlsIn } from "./urls.ts";

/** Clocks run fast and zones are mistaken; past this, a time in the future cannot be true. */
const FUTURE_SLACK_MS = 48 * 3600_000;
/** The first public web page is from August 1991; an earlier date is a default value or a slip. */
const EARLIEST_MS = Date.UTC(1991, 7, 6);

export interface IdentifyContext {
  readonly source: string;
  readonly collected_at: string;
  /** Platform names accepted beside the known ones. */
  readonly platforms?: readonly string[];
}

export type Identified =
  | { readonly post: Post; readonly undated: string | null }
  | { readonly rejected: string };

/**
 * Gives a draft its identity and a checked time, or says why it is no post. A time that is missing or cannot be
 * true does not cost the post: it is kept as observed by the time of collection, and `undated` says so.
 */
export function identify(draft: PostDraft, context: IdentifyContext): Identified {
  const { platform } = draft;
  if (!PLATFORMS.has(platform) && !context.platforms?.includes(platform)) {
    const near = nearest(platform, [...PLATFORMS]);
    return {
      rejected: `unknown platform "${platform}"; did you mean "${near}"? To accept it as it is, add it under "platforms" in the config`,
    };
  }
  const text = draft.text?.trim() ?? "";
  const title = draft.title?.trim() || null;
  if (text === "" && title === null && !draft.media?.length && !draft.references?.length) {
    return { rejected: "no text, title, media or reference: nothing to analyse" };
  }
  const url = draft.url?.trim() || null;
  const { published, published_at, undated } = publication(draft, context.collected_at);
  const id = identity(draft, url, text, title, published_at);
  const post: Post = {
    id,
    platform,
    url,
    account: accountOf(draft, url),
    published_at,
    published,
    collected_at: context.collected_at,
    source: context.source,
    title,
    text,
    lang_declared: draft.lang || null,
    engagement: engagementOf(draft.engagement),
    references: withLinksIn(text, draft.references ?? [], url),
    media: draft.media ?? [],
    declared_source: draft.declared_source ?? null,
    sha256: draft.sha256 ?? null,
  };
  return { post, undated };
}

function identity(
  draft: PostDraft,
  url: string | null,
  text: string,
  title: string | null,
  at: string | null,
): string {
  const native = draft.id?.trim();
  if (native) return fullId(draft.platform, native);
  const canonical = url === null ? null : canonicalUrl(url);
  const named =
    canonical ?? JSON.stringify([draft.account?.id ?? draft.account?.handle ?? null, at, title, text]);
  // 80 bits: no two of a billion posts are likely to meet.
  return `${draft.platform}:${createHash("sha256").update(named).digest("hex").slice(0, 20)}`;
}

function publication(
  draft: PostDraft,
  collected_at: string,
): { published: PublishedInterval; published_at: string | null; undated: string | null } {
  const raw = draft.published_at?.trim() || null;
  const seen = seenAt(draft.observed_at, collected_at);
  const by = seen === collected_at ? "the time of collection" : seen;
  const observed = (why: string) => ({
    published: {
      earliest: null,
      latest: seen,
      basis: "observed" as const,
      ...(raw === null ? {} : { raw }),
    },
    published_at: null,
    undated: `${why}; kept as seen by ${by}`,
  });
  if (raw === null) return observed("no time of publication");
  const read = readDate(raw, draft.published_zone === undefined ? {} : { zone: draft.published_zone });
  if (read === null) return observed(`"${raw}" is no date that can be read`);
  const at = Date.parse(read.instant);
  if (at > Date.parse(collected_at) + FUTURE_SLACK_MS) return observed(`"${raw}" lies in the future`);
  if (at < EARLIEST_MS) return observed(`"${raw}" lies before the web`);
  if (seen < collected_at && Date.parse(read.earliest) > Date.parse(seen)) {
    return observed(`"${raw}" lies after it was seen`);
  }
  const basis = read.zone === "stated" ? (draft.published_basis ?? "platform") : "guessed";
  const published = {
    earliest: read.earliest,
    latest: seen < collected_at && seen < read.latest ? seen : read.latest,
    basis,
    ...(raw === read.instant ? {} : { raw }),
  };
  return { published, published_at: read.instant, undated: null };
}

/** When the post is known to have existed: when somebody saw it before us, else when we did. */
function seenAt(observed_at: string | null | undefined, collected_at: string): string {
  const read = observed_at ? readDate(observed_at) : null;
  // Both are ISO 8601 in UTC with milliseconds, which sorts as time does.
  return read !== null && read.latest < collected_at && Date.parse(read.instant) >= EARLIEST_MS
    ? read.latest
    : collected_at;
}

function accountOf(draft: PostDraft, url: string | null): Account {
  const given = draft.account ?? {};
  const id = given.id || given.handle || (url === null ? null : hostOf(url)) || given.name || "unknown";
  return {
    id,
    ...(given.handle ? { handle: given.handle } : {}),
    ...(given.name ? { name: given.name } : {}),
    ...(typeof given.followers === "number" ? { followers: given.followers } : {}),
  };
}

function engagementOf(given: Partial<Engagement> | null | undefined): Engagement | null {
  if (!given) return null;
  const { views = null, likes = null, reposts = null, comments = null, rounded } = given;
  if (views === null && likes === null && reposts === null && comments === null) return null;
  return { views, likes, reposts, comments, ...(rounded === undefined ? {} : { rounded }) };
}

/** References as given, and the links written in the text that they do not name yet. */
function withLinksIn(text: string, given: readonly Reference[], own: string | null): readonly Reference[] {
  const written = urlsIn(text);
  if (written.length === 0) return given;
  const known = new Set(given.map((reference) => reference.url));
  if (own !== null) known.add(own);
  const links = written.filter((url) => !known.has(url) && known.add(url));
  return [...given, ...links.map((url) => ({ kind: "link" as const, url }))];
}
