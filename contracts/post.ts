/** `platform:native-id`; without a native id, `platform:` and a hash of the canonical URL, else of content and time. */
export type PostId = string;

/** Who published: a stable id on one platform. The rest may change, `id` may not. */
export interface Account {
  readonly id: string;
  readonly handle?: string;
  readonly name?: string;
  /** How many followed the account when the post was read. */
  readonly followers?: number;
}

/**
 * How a time of publication is known, from the surest to the least sure: the platform's own record, a feed's
 * date, a date read on the page, a guess (zone assumed, or a day without an hour), or only that we saw it by then.
 */
export type TimeBasis = "platform" | "feed" | "page" | "guessed" | "observed";

/** When a post was published, as an interval. `earliest` is null when only the upper bound is known. */
export interface PublishedInterval {
  readonly earliest: string | null;
  readonly latest: string;
  readonly basis: TimeBasis;
  /** The date as it was written, kept whenever it was not a full ISO 8601 date-time. */
  readonly raw?: string;
}

/** Counts as the platform gave them; null means not given, which is not zero. */
export interface Engagement {
  readonly views: number | null;
  readonly likes: number | null;
  readonly reposts: number | null;
  readonly comments: number | null;
  /** What the platform showed where it rounded: the number above is then only the nominal value. */
  readonly rounded?: Readonly<Partial<Record<CountName, RoundedCount>>>;
}

export type CountName = "views" | "likes" | "reposts" | "comments";

/** A rounded count as it was shown ("7164.8万", "3.12K", "100万+"), and the whole numbers it may stand for. */
export interface RoundedCount {
  readonly raw: string;
  readonly at_least: number;
  /** Null where the platform says only "or more". */
  readonly at_most: number | null;
}

export type ReferenceKind = "repost" | "quote" | "reply" | "link" | "mention";

/** What a post points at, by the platform's own field or by a link in its text. */
export interface Reference {
  readonly kind: ReferenceKind;
  /** Native id on the same platform, or a full post id. */
  readonly id?: string;
  readonly url?: string;
  readonly handle?: string;
}

export interface Media {
  readonly kind: "image" | "video" | "audio" | "document";
  readonly url?: string;
  readonly sha256?: string;
  readonly phash?: string;
}

/**
 * Where a post itself says it comes from (a reprint field, a `来源：` line, a feed's `source` element). It is kept
 * apart from what the analyzers infer: the two may contradict each other, and that is a finding.
 */
export interface DeclaredSource {
  readonly kind: "reprint" | "source-line" | "feed-source" | "forward" | "byline";
  readonly name?: string;
  readonly url?: string;
  /** Account id on the same platform, where the platform names it. */
  readonly account?: string;
}

/** One item in one shape whatever the platform. Field names are those of the interchange format and the index. */
export interface Post {
  readonly id: PostId;
  readonly platform: string;
  readonly url: string | null;
  readonly account: Account;
  /** The stated instant of publication, ISO 8601 in UTC; null when only `published` bounds it. */
  readonly published_at: string | null;
  readonly published: PublishedInterval;
  readonly collected_at: string;
  /** The name of the configured source, or of the imported file. */
  readonly source: string;
  readonly title: string | null;
  readonly text: string;
  /** The language the platform or the page declared; what the analyzers found is in the findings. */
  readonly lang_declared: string | null;
  readonly engagement: Engagement | null;
  readonly references: readonly Reference[];
  readonly media: readonly Media[];
  readonly declared_source: DeclaredSource | null;
  /** SHA-256 of the bytes the post was read from, where there were any. */
  readonly sha256: string | null;
}

/**
 * A post as a collector or an import line gives it, before it has an identity and a checked time. Collectors and
 * imported lines share this one shape, so that `text/identify` decides id and time the same way for all.
 */
export interface PostDraft {
  readonly platform: string;
  readonly id?: string | null;
  readonly url?: string | null;
  readonly account?: {
    readonly id?: string | null;
    readonly handle?: string | null;
    readonly name?: string | null;
    readonly followers?: number | null;
  } | null;
  /** The date as written; ISO 8601 with a zone where possible. It is read in one place, `text/identify`. */
  readonly published_at?: string | null;
  /** The zone to assume when the date states none (`Asia/Shanghai`, `+08:00`); the date then counts as guessed. */
  readonly published_zone?: string;
  /** How the date is known; "platform" when left out. */
  readonly published_basis?: TimeBasis;
  /**
   * When it is known to have existed, where somebody saw it before us: an archive's capture, an index of news. It
   * bounds the time of publication, as the time of collection does otherwise.
   */
  readonly observed_at?: string | null;
  readonly title?: string | null;
  readonly text?: string | null;
  readonly lang?: string | null;
  readonly engagement?: Partial<Engagement> | null;
  readonly references?: readonly Reference[] | null;
  readonly media?: readonly Media[] | null;
  readonly declared_source?: DeclaredSource | null;
  readonly sha256?: string | null;
}
