/** What a route of RSSHub leads to. */
export interface RouteOf {
  readonly platform: string;
  /** The account whose posts the route gives, by its id or handle on the platform; null where it gives those of many. */
  readonly account: string | null;
}

/** Platforms by the first part of a route, where the two are not called the same. */
const PLATFORMS: Readonly<Record<string, string>> = {
  twitter: "x",
  bsky: "bluesky",
  truthsocial: "truth",
  "4chan": "4chan",
};

/** Those that are called by RSSHub as we call them. */
const SAME = new Set(
  (
    "weibo douyin toutiao xigua bilibili xiaohongshu kuaishou zhihu tieba telegram x facebook instagram threads tiktok " +
    "youtube reddit bluesky mastodon vk discord discourse gab rumble odysee parler gettr linkedin pinterest tumblr"
  ).split(" "),
);

/** Where the account stands in a route. What follows it are the route's own parameters. */
const ACCOUNTS: readonly RegExp[] = [
  /^\/weibo\/user\/(\d+)/,
  /^\/bilibili\/(?:user\/(?:video|dynamic|article|video-all|video-shots)|up\/dynamic)\/(\d+)/,
  /^\/telegram\/channel\/(\w+)/,
  /^\/(?:twitter|x)\/(?:user|media)\/@?(\w+)/,
  /^\/youtube\/(?:channel|user)\/([\w@-]+)/,
  /^\/douyin\/user\/([\w-]+)/,
  /^\/toutiao\/user\/token\/([\w=-]+)/,
  /^\/zhihu\/(?:people\/\w+|posts\/people)\/([\w-]+)/,
  /^\/xiaohongshu\/user\/(\w+)/,
  /^\/kuaishou\/user\/(\w+)/,
  /^\/tiktok\/user\/@?([\w.]+)/,
  /^\/instagram\/(?:2\/)?user\/([\w.]+)/,
  /^\/threads\/([\w.]+)$/,
  /^\/bsky\/(?:profile|posts)\/([\w.:-]+)/,
  /^\/truthsocial\/user\/(\w+)/,
  /^\/mastodon\/acct\/([\w.@-]+)\/statuses/,
];

/** A site or a service that is no platform is read as the web: its items are known by their addresses. */
export function readRoute(route: string): RouteOf {
  const first = route.split("/")[1]?.toLowerCase() ?? "";
  const platform = PLATFORMS[first] ?? (SAME.has(first) ? first : "web");
  const account = ACCOUNTS.map((pattern) => pattern.exec(route)?.[1]).find((found) => found !== undefined);
  return { platform, account: platform === "web" ? null : (account ?? null) };
}

const NATIVE: Readonly<Record<string, RegExp>> = {
  x: /^https?:\/\/(?:www\.|mobile\.)?(?:twitter|x)\.com\/\w+\/status\/(\d+)/i,
  youtube: /^https?:\/\/(?:www\.|m\.)?youtube\.com\/(?:watch\?(?:.*&)?v=|shorts\/)([\w-]{11})/i,
  bilibili: /^https?:\/\/(?:www\.|m\.)?bilibili\.com\/video\/(BV\w{10})/,
};

/** The platform's own id in an address, so that what another collector finds is the same post. */
export function nativeId(platform: string, url: string | null | undefined): string | null {
  return NATIVE[platform]?.exec(url ?? "")?.[1] ?? null;
}
