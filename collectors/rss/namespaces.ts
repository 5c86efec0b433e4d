/**
 * Names of namespaces by their URI, because a document may give them any prefix. URIs are in lower case, without
 * `https` or a closing stroke, since feeds write them in all these ways. The empty name is RSS itself.
 */
const NAMES: Readonly<Record<string, string>> = {
  "http://purl.org/rss/1.0": "",
  "http://my.netscape.com/rdf/simple/0.9": "",
  "http://channel.netscape.com/rdf/simple/0.9": "",
  "http://backend.userland.com/rss2": "",
  "http://backend.userland.com/rss": "",
  "http://blogs.law.harvard.edu/tech/rss": "",
  "http://cyber.law.harvard.edu/rss/rss.html": "",
  "http://www.w3.org/2005/atom": "atom",
  "http://purl.org/atom/ns": "atom",
  "http://purl.org/dc/elements/1.0": "dc",
  "http://purl.org/dc/elements/1.1": "dc",
  "http://purl.org/dc/terms": "dcterms",
  "http://purl.org/rss/1.0/modules/content": "content",
  "http://purl.org/rss/1.0/modules/slash": "slash",
  "http://purl.org/rss/1.0/modules/syndication": "sy",
  "http://purl.org/rss/1.0/modules/taxonomy": "taxo",
  "http://purl.org/rss/1.0/modules/prism": "prism",
  "http://prismstandard.org/namespaces/1.2/basic": "prism",
  "http://search.yahoo.com/mrss": "media",
  "http://www.rssboard.org/media-rss": "media",
  "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
  "http://www.google.com/schemas/play-podcasts/1.0": "googleplay",
  "http://podcastindex.org/namespace/1.0": "podcast",
  "http://purl.org/syndication/thread/1.0": "thr",
  "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
  "http://purl.oclc.org/net/rss_2.0/enc": "enc",
  "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
  "http://www.w3.org/1999/xhtml": "xhtml",
  "http://www.youtube.com/xml/schemas/2015": "yt",
  "http://schemas.google.com/g/2005": "gd",
  "http://wellformedweb.org/commentapi": "wfw",
  "http://www.georss.org/georss": "georss",
  "http://www.w3.org/2003/01/geo/wgs84_pos": "geo",
  "http://madskills.com/public/xml/rss/module/trackback": "trackback",
  "http://webns.net/mvcb": "admin",
  "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "creativecommons",
  "http://backend.userland.com/creativecommonsrssmodule": "creativecommons",
};

/** Prefixes in force at an element: prefix to URI, the default one under the empty prefix. */
export type Prefixes = Readonly<Record<string, string>>;

/** The prefixes inside an element, given those around it. */
export function prefixesWithin(around: Prefixes, attributes: Readonly<Record<string, string>>): Prefixes {
  let within: Record<string, string> | null = null;
  for (const [name, uri] of Object.entries(attributes)) {
    if (name !== "xmlns" && !name.startsWith("xmlns:")) continue;
    within ??= { ...around };
    within[name.slice(6)] = uri;
  }
  return within ?? around;
}

/** An element's name for us: `dc:date`, in lower case; `home` is the namespace that goes without a name. */
export function nameOf(element: string, prefixes: Prefixes, home: "" | "atom"): string {
  const [prefix, local] = element.includes(":") ? (element.split(":", 2) as [string, string]) : ["", element];
  const uri = prefixes[prefix];
  // A prefix nobody declared is taken by its word: feeds do forget to.
  const namespace = uri === undefined ? prefix : (NAMES[plainUri(uri)] ?? prefix);
  return (namespace === home || namespace === "" ? local : `${namespace}:${local}`).toLowerCase();
}

function plainUri(uri: string): string {
  return uri
    .trim()
    .toLowerCase()
    .replace(/^https:/, "http:")
    .replace(/[/#]+$/, "");
}
