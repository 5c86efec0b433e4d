import { selectLinks } from "../../text/article-body.ts";
import { htmlToText, resolveUrl } from "../../text/html.ts";
import { registrableDomain } from "../../text/urls.ts";

/** The addresses an index page links to: those the selector and the pattern name, else those of its own domain. */
export function articleLinks(
  html: string,
  url: string,
  { selector, pattern }: { readonly selector?: string | undefined; readonly pattern?: string | undefined },
): readonly string[] {
  const written =
    selector === undefined
      ? htmlToText(html, url).links
      : selectLinks(html, selector).flatMap((href) => resolveUrl(href, url) ?? []);
  const links = [...new Set(written.map((link) => link.replace(/#.*$/, "")))].filter((link) => link !== url);
  if (pattern !== undefined) return links.filter((link) => matches(link, pattern));
  const domain = registrableDomain(new URL(url).hostname);
  return selector === undefined
    ? links.filter((link) => registrableDomain(new URL(link).hostname) === domain)
    : links;
}

/** Whether `text` fits a pattern in which `*` stands for anything. Linear, as no pattern of a config should stall a crawl. */
export function matches(text: string, pattern: string): boolean {
  const parts = pattern.split("*");
  const last = parts.pop()!;
  if (parts.length === 0) return text === last;
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const found = text.indexOf(part, at);
    if (found < 0 || (index === 0 && found !== 0)) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
