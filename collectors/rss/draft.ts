import type { Mapped } from "../../contracts/collector.ts";
import type {
  DeclaredSource,
  Engagement,
  Media,
  PostDraft,
  Reference,
  TimeBasis,
} from "../../contracts/post.ts";
import { agencyNamed } from "../../text/agencies.ts";
import { hostOf } from "../../text/urls.ts";
import type { RssOptions } from "./options.ts";
import type { FeedInfo } from "./record.ts";
import type { Written } from "./wording.ts";

export interface Author {
  readonly name: string;
  readonly uri: string | null;
}

/** What an item says, whatever the format of its feed. */
export interface Reading {
  readonly feed: FeedInfo;
  readonly native: string | null;
  readonly url: string | null;
  readonly title: string | null;
  readonly body: Written;
  readonly lang: string | null;
  readonly published_at: string | null;
  readonly published_basis: TimeBasis;
  readonly authors: readonly Author[];
  readonly engagement: Partial<Engagement> | null;
  readonly references: readonly Reference[];
  readonly media: readonly Media[];
  readonly declared_source: DeclaredSource | null;
  readonly unknown_fields: readonly string[];
}

/** Makes the draft: identity, account and zone are decided the same way for every format. */
export function draftOf(reading: Reading, options: RssOptions): Mapped {
  const { url, title, body, native } = reading;
  if (title === null && body.text === "" && url === null && reading.media.length === 0) {
    return { rejected: "the item has neither a title, nor a text, nor a link, nor media" };
  }
  // On the web a page is known by its address, so that every source which finds it finds the same post.
  const id = options.platform === "web" && url !== null ? null : native;
  const zone = options.zone ?? (reading.lang === null ? undefined : ONE_ZONE[reading.lang.toLowerCase()]);
  const draft: PostDraft = {
    platform: options.platform,
    ...(id === null ? {} : { id }),
    url,
    account: accountOf(reading, options),
    ...(reading.published_at === null
      ? {}
      : {
          published_at: reading.published_at,
          published_basis: reading.published_basis,
          ...(zone === undefined ? {} : { published_zone: zone }),
        }),
    title,
    text: body.text,
    lang: reading.lang,
    engagement: reading.engagement,
    references: withLinks(reading.references, body.links, url),
    media: withImages(reading.media, body.images),
    declared_source: reading.declared_source ?? agencyByline(reading.authors, reading.feed.title),
    ...(reading.feed.sha256 === undefined ? {} : { sha256: reading.feed.sha256 }),
  };
  return { draft, unknown_fields: reading.unknown_fields };
}

/** Languages that name a country with one time zone: a date of such a feed without a zone is read there. */
const ONE_ZONE: Readonly<Record<string, string>> = {
  "zh-cn": "Asia/Shanghai",
  "zh-hans-cn": "Asia/Shanghai",
  "zh-tw": "Asia/Taipei",
  "zh-hk": "Asia/Hong_Kong",
  "ja-jp": "Asia/Tokyo",
  "ko-kr": "Asia/Seoul",
};

function accountOf(
  { feed, authors }: Reading,
  { account, platform, url }: RssOptions,
): NonNullable<PostDraft["account"]> {
  if (account !== undefined) {
    const { id, name, handle } = account;
    return { id, ...(name === undefined ? {} : { name }), ...(handle === undefined ? {} : { handle }) };
  }
  const [author] = authors;
  if (platform !== "web" && author !== undefined) {
    return { id: author.uri ?? author.name, name: author.name };
  }
  // The configured address, not where it redirects to: a move must not make a new account.
  const id = hostOf(url) ?? new URL(url).host;
  return feed.title === null ? { id } : { id, name: feed.title };
}

/** An agency in the author's place is a credit, unless the feed is its own. A person there is not a source, and is not kept. */
function agencyByline(authors: readonly Author[], feed: string | null): DeclaredSource | null {
  const own = agencyNamed(feed);
  const agency = authors.find(({ name }) => agencyNamed(name) !== null && agencyNamed(name) !== own);
  return agency === undefined ? null : { kind: "byline", name: agency.name };
}

function withLinks(
  given: readonly Reference[],
  links: readonly string[],
  own: string | null,
): readonly Reference[] {
  const known = new Set([own, ...given.map((reference) => reference.url)]);
  return [
    ...given,
    ...links.filter((url) => !known.has(url)).map((url): Reference => ({ kind: "link", url })),
  ];
}

function withImages(given: readonly Media[], images: readonly string[]): readonly Media[] {
  const byUrl = new Map<string | undefined, Media>();
  for (const one of [...given, ...images.map((url): Media => ({ kind: "image", url }))]) {
    if (!byUrl.has(one.url)) byUrl.set(one.url, one);
  }
  return [...byUrl.values()];
}
