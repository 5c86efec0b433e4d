/** An element of an item, under the name its namespace has in namespaces.ts (`dc:creator`, `pubdate`). */
export interface FeedField {
  readonly text: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** The markup inside, where elements stand in it unescaped (XHTML content). */
  readonly markup?: string;
  /** Its own `xml:base`, resolved. */
  readonly base?: string;
  readonly fields?: FeedFields;
}

/** Every element of an item by its name in lower case; an element may come more than once. */
export type FeedFields = Readonly<Record<string, readonly FeedField[]>>;

/** What an item needs to know of its feed. */
export interface FeedInfo {
  /** Address the feed was read from. */
  readonly url: string;
  readonly title: string | null;
  readonly link: string | null;
  readonly lang: string | null;
  /** SHA-256 of the feed's bytes. */
  readonly sha256?: string;
}

/** One item of an XML feed, as `collect` yields it. */
export interface XmlItem {
  readonly format: "rss" | "atom";
  readonly feed: FeedInfo;
  /** What relative addresses are resolved against. */
  readonly base: string;
  readonly lang: string | null;
  /** `rdf:about` of RSS 1.0. */
  readonly about: string | null;
  readonly fields: FeedFields;
}

/** One item of a JSON Feed, as `collect` yields it. */
export interface JsonItem {
  readonly format: "json";
  readonly feed: FeedInfo;
  readonly item: Readonly<Record<string, unknown>>;
}

export type FeedItem = XmlItem | JsonItem;

export interface Feed {
  readonly items: readonly FeedItem[];
  /** False when the document stops in the middle. */
  readonly complete: boolean;
}

/** Why a document is no feed: what follows its address in a sentence. */
export interface NoFeed {
  readonly problem: string;
}
