/**
 * Elements of an item that are known and left alone. Names of authors and editors are among them on purpose: for a
 * web feed the outlet publishes, and the names of private people are not collected without need.
 */
const ELEMENTS: ReadonlySet<string> = new Set([
  // RSS and Atom: subjects, rights, editing, and addresses of the feed's own machinery.
  ..."category comments rights copyright contributor managingeditor webmaster generator ttl keywords section tags".split(
    " ",
  ),
  ..."modified updated edited lastbuilddate rating cloud textinput subtitle tagline control".split(" "),
  ..."app:edited app:control atom:category atom:rights atom:contributor atom:id atom:generator".split(" "),
  // Dublin Core: a book's or paper's catalogue entry.
  ..."dc:subject dc:rights dc:identifier dc:format dc:type dc:publisher dc:contributor dc:coverage dc:relation".split(
    " ",
  ),
  ..."dc:modified dcterms:modified dcterms:valid dcterms:abstract dcterms:rights dcterms:alternative dcterms:type".split(
    " ",
  ),
  // Media RSS: what describes a picture, not the post.
  ..."media:credit media:rating media:keywords media:copyright media:category media:text media:title".split(
    " ",
  ),
  ..."media:adult media:hash media:tags media:restriction media:status media:license media:embed media:scenes".split(
    " ",
  ),
  "slash:section",
  "slash:department",
  "slash:hit_parade",
]);

/** Vocabularies that say nothing of the wording, the time or the origin of a post. */
const VOCABULARIES: ReadonlySet<string> = new Set(
  (
    "itunes googleplay podcast psc acast anchor omny yt prism georss geo wfw sy rdf admin taxo trackback " +
    "creativecommons cc feedburner gd opensearch xml xmlns foaf dcmitype"
  ).split(" "),
);

/** Fields of a JSON Feed item that are known and left alone. */
const JSON_FIELDS: ReadonlySet<string> = new Set(["tags", "date_modified"]);

export function isIgnoredElement(name: string): boolean {
  return ELEMENTS.has(name) || VOCABULARIES.has(name.split(":", 1)[0]!);
}

export function isIgnoredJson(name: string): boolean {
  return JSON_FIELDS.has(name);
}
