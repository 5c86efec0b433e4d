import type { Article } from "../article.ts";
import type { FeedConfig, Outlet } from "../site.ts";
import { cdata, escapeMarkup, paragraphs, plain } from "./html.ts";

export interface RenderedFeed {
  readonly type: string;
  readonly text: string;
}

/** A feed with the whole text of its articles, in the format that the outlet's `host.json` names. */
export function renderFeed(outlet: Outlet, feed: FeedConfig): RenderedFeed {
  const articles = outlet.articles.filter((article) => article.feed === feed.path);
  switch (feed.format) {
    case "rss":
    case "rsshub":
      return { type: "application/rss+xml", text: rss(outlet, feed, articles) };
    case "atom":
      return { type: "application/atom+xml", text: atom(outlet, feed, articles) };
    case "rdf":
      return { type: "application/rdf+xml", text: rdf(outlet, feed, articles) };
    case "json":
      return { type: "application/feed+json", text: jsonFeed(outlet, feed, articles) };
  }
}

const utc = (date: string): string => new Date(date).toUTCString();
const author = (article: Article): string => article.front.author ?? "";
const summary = (article: Article): string => article.front.summary ?? plain(article.paragraphs[0]!);
const selfUrl = (outlet: Outlet, feed: FeedConfig): string => `http://${outlet.host}${feed.path}`;
const xmlHead = (outlet: Outlet): string =>
  `<?xml version="1.0" encoding="${outlet.charset}"?>\n<!-- ${outlet.mark} -->`;

function rss(outlet: Outlet, feed: FeedConfig, articles: readonly Article[]): string {
  const items = articles.map((article) =>
    feed.format === "rsshub" ? rsshubItem(article) : rssItem(article),
  );
  return `${xmlHead(outlet)}
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${escapeMarkup(feed.title)}</title>
<link>${escapeMarkup(feed.link)}</link>
<atom:link href="${escapeMarkup(selfUrl(outlet, feed))}" rel="self" type="application/rss+xml"/>
<description>${escapeMarkup(outlet.mark)}</description>
<language>${outlet.language.toLowerCase()}</language>
<lastBuildDate>${utc(articles[0]!.published)}</lastBuildDate>
${items.join("\n")}
</channel>
</rss>
`;
}

function rssItem(article: Article): string {
  const { source_name: name, source_url: url } = article.front;
  const source =
    name === undefined || url === undefined
      ? ""
      : `\n<source url="${escapeMarkup(url)}">${escapeMarkup(name)}</source>`;
  return `<item>
<title>${escapeMarkup(article.title)}</title>
<link>${escapeMarkup(article.url.href)}</link>
<guid isPermaLink="true">${escapeMarkup(article.url.href)}</guid>
<pubDate>${utc(article.published)}</pubDate>
<dc:creator>${escapeMarkup(author(article))}</dc:creator>${source}
<description>${escapeMarkup(summary(article))}</description>
<content:encoded>${cdata(paragraphs(article.paragraphs))}</content:encoded>
</item>`;
}

function rsshubItem(article: Article): string {
  return `<item>
<title>${escapeMarkup(article.title)}</title>
<description>${escapeMarkup(paragraphs(article.paragraphs))}</description>
<link>${escapeMarkup(article.url.href)}</link>
<guid isPermaLink="false">${escapeMarkup(article.url.href)}</guid>
<pubDate>${utc(article.published)}</pubDate>
<author>${escapeMarkup(author(article))}</author>
</item>`;
}

function atom(outlet: Outlet, feed: FeedConfig, articles: readonly Article[]): string {
  const entries = articles.map(
    (article) => `<entry>
<id>tag:${outlet.host},2021:${escapeMarkup(article.url.pathname)}</id>
<title>${escapeMarkup(article.title)}</title>
<link rel="alternate" type="text/html" href="${escapeMarkup(article.url.href)}"/>
<published>${article.published}</published>
<updated>${article.published}</updated>
<author><name>${escapeMarkup(author(article))}</name></author>
<content type="html">${escapeMarkup(paragraphs(article.paragraphs))}</content>
</entry>`,
  );
  return `${xmlHead(outlet)}
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${outlet.language}">
<id>tag:${outlet.host},2021:${escapeMarkup(feed.path)}</id>
<title>${escapeMarkup(feed.title)}</title>
<subtitle>${escapeMarkup(outlet.mark)}</subtitle>
<link rel="alternate" type="text/html" href="${escapeMarkup(feed.link)}"/>
<link rel="self" type="application/atom+xml" href="${escapeMarkup(selfUrl(outlet, feed))}"/>
<updated>${articles[0]!.published}</updated>
${entries.join("\n")}
</feed>
`;
}

function rdf(outlet: Outlet, feed: FeedConfig, articles: readonly Article[]): string {
  const places = articles.map(({ url }) => `<rdf:li rdf:resource="${escapeMarkup(url.href)}"/>`);
  const items = articles.map(
    (article) => `<item rdf:about="${escapeMarkup(article.url.href)}">
<title>${escapeMarkup(article.title)}</title>
<link>${escapeMarkup(article.url.href)}</link>
<dc:date>${article.published}</dc:date>
<dc:creator>${escapeMarkup(author(article))}</dc:creator>
<description>${escapeMarkup(summary(article))}</description>
<content:encoded>${cdata(paragraphs(article.paragraphs))}</content:encoded>
</item>`,
  );
  return `${xmlHead(outlet)}
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="${escapeMarkup(selfUrl(outlet, feed))}">
<title>${escapeMarkup(feed.title)}</title>
<link>${escapeMarkup(feed.link)}</link>
<description>${escapeMarkup(outlet.mark)}</description>
<dc:language>${outlet.language.toLowerCase()}</dc:language>
<items><rdf:Seq>${places.join("")}</rdf:Seq></items>
</channel>
${items.join("\n")}
</rdf:RDF>
`;
}

function jsonFeed(outlet: Outlet, feed: FeedConfig, articles: readonly Article[]): string {
  const document = {
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    home_page_url: feed.link,
    feed_url: selfUrl(outlet, feed),
    description: outlet.mark,
    language: outlet.language,
    items: articles.map((article) => ({
      id: article.url.href,
      url: article.url.href,
      title: article.title,
      content_html: paragraphs(article.paragraphs),
      date_published: article.published,
      authors: [{ name: author(article) }],
    })),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}
