import type { Article } from "../article.ts";
import type { Outlet } from "../site.ts";
import { escapeMarkup, paragraphs, plain } from "./html.ts";

/** A news site's article page: its metadata as JSON-LD or as meta elements, its text in `<article>`. */
export function renderNews(outlet: Outlet, article: Article): string {
  const metadata = outlet.pages === "json-ld" ? jsonLd(outlet, article) : metaElements(outlet, article);
  return page(
    outlet,
    article,
    metadata,
    outlet.pages === "json-ld" ? byline(outlet, article) : sourceLine(article),
  );
}

/** A microblog post or a video caption: the text and nothing to say who else has it. */
export function renderNote(outlet: Outlet, article: Article): string {
  return page(outlet, article, "", byline(outlet, article));
}

function page(outlet: Outlet, article: Article, metadata: string, line: string): string {
  return `<!DOCTYPE html>
<!-- ${outlet.mark} -->
<html lang="${outlet.language}">
<head>
<meta charset="${outlet.charset}">
<title>${escapeMarkup(article.title)} - ${escapeMarkup(outlet.name)}</title>
<link rel="canonical" href="${escapeMarkup(article.url.href)}">
<meta property="og:type" content="article">
<meta property="og:site_name" content="${escapeMarkup(outlet.name)}">
<meta property="og:title" content="${escapeMarkup(article.title)}">
<meta property="og:url" content="${escapeMarkup(article.url.href)}">
${metadata}
</head>
<body>
<header class="site">${escapeMarkup(outlet.name)}</header>
<main>
<article>
<h1>${escapeMarkup(article.title)}</h1>
${line}
<div class="article-body">
${paragraphs(article.paragraphs)}
</div>
</article>
</main>
<footer class="reconstruction"><small>${escapeMarkup(outlet.mark)}</small></footer>
</body>
</html>
`;
}

function byline(outlet: Outlet, article: Article): string {
  const who = escapeMarkup(article.front.author ?? outlet.name);
  return `<p class="byline"><span class="author">${who}</span> · <time datetime="${article.published}">${article.published.slice(0, 10)}</time></p>`;
}

/** Chinese news sites print the hour and the declared source above the text, without a zone. */
function sourceLine(article: Article): string {
  const time = `${article.published.slice(0, 10)} ${article.published.slice(11, 16)}`;
  const source = article.front.source_line;
  return `<div class="info"><span class="time">${time}</span>${source === undefined ? "" : ` <span class="source">来源：${escapeMarkup(source)}</span>`}</div>`;
}

function jsonLd(outlet: Outlet, article: Article): string {
  const data = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    headline: article.title,
    mainEntityOfPage: article.url.href,
    datePublished: article.published,
    inLanguage: outlet.language,
    author: [{ "@type": "Person", name: article.front.author ?? outlet.name }],
    publisher: { "@type": "NewsMediaOrganization", name: outlet.name, url: `http://${outlet.host}/` },
    articleSection: article.front.section ?? "News",
    description: article.front.summary ?? plain(article.paragraphs[0]!),
  };
  // `<` inside a script element could end it.
  return `<script type="application/ld+json">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>`;
}

function metaElements(outlet: Outlet, article: Article): string {
  const source = article.front.source_line ?? outlet.name;
  return `<meta name="publishdate" content="${article.published.slice(0, 10)}">
<meta property="article:published_time" content="${article.published}">
<meta name="source" content="来源：${escapeMarkup(source)}">
<meta name="author" content="${escapeMarkup(article.front.author ?? outlet.name)}">`;
}
