import { createHash } from "node:crypto";
import type { Article } from "./article.ts";
import { encodeGb18030 } from "./gb18030.ts";
import { renderFeed } from "./render/feed.ts";
import { renderNews, renderNote } from "./render/news.ts";
import { renderWechat } from "./render/wechat.ts";
import type { Outlet } from "./site.ts";

/** One thing that the demo's server answers with. */
export interface Resource {
  readonly type: string;
  readonly body: Uint8Array;
  readonly etag: string;
  readonly modified: Date;
}

/** All resources by `host/path`: feeds, article pages, and a robots.txt for every host. */
export function renderSite(outlets: readonly Outlet[]): ReadonlyMap<string, Resource> {
  const all = new Map<string, Resource>();
  const put = (key: string, resource: Resource): void => {
    if (all.has(key)) throw new Error(`Two files of demo/site claim http://${key}.`);
    all.set(key, resource);
  };
  const hosts = new Set(outlets.map(({ host }) => host));
  for (const outlet of outlets) {
    for (const feed of outlet.feeds) {
      const newest = outlet.articles.find((article) => article.feed === feed.path);
      if (newest === undefined)
        throw new Error(`demo/site/${outlet.host}: no article names the feed ${feed.path}.`);
      const { type, text } = renderFeed(outlet, feed);
      put(outlet.host + feed.path, resource(type, text, outlet.charset, newest.published));
    }
    for (const article of outlet.articles) {
      hosts.add(article.url.host);
      const text = pageOf(outlet, article);
      put(
        article.url.host + article.url.pathname,
        resource("text/html", text, outlet.charset, article.published),
      );
    }
  }
  for (const host of hosts) put(`${host}/robots.txt`, resource("text/plain", ROBOTS, "utf-8", ROBOTS_DATE));
  return all;
}

/** Everything that is served may be read; the forbidden path is there to show that the file is kept to. */
const ROBOTS = "User-agent: *\nDisallow: /private/\n";
const ROBOTS_DATE = "2021-09-01T00:00:00Z";

function pageOf(outlet: Outlet, article: Article): string {
  if (outlet.pages === "wechat") return renderWechat(outlet, article);
  return outlet.pages === "note" ? renderNote(outlet, article) : renderNews(outlet, article);
}

function resource(type: string, text: string, charset: Outlet["charset"], modified: string): Resource {
  const body = charset === "gb2312" ? encodeGb18030(text) : new TextEncoder().encode(text);
  const hash = createHash("sha256").update(body).digest("hex");
  return {
    type: `${type}; charset=${charset}`,
    body,
    etag: `"${hash.slice(0, 16)}"`,
    modified: new Date(modified),
  };
}
