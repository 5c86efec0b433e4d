import type { Mapped } from "../../contracts/collector.ts";
import { htmlToText } from "../../text/html.ts";
import { instantOf } from "../archived.ts";
import { fieldsOf, knownFields, textOf, unknownFields } from "../fields.ts";
import { type Listing, languageNamed, mapListed } from "../listed.ts";
import { seenAt } from "./doc.ts";
import { COLUMNS, type GkgRow } from "./gkg.ts";
import type { GdeltOptions } from "./options.ts";

/** `domain` is that of the address, and the country is GDELT's guess at where the outlet is. */
const KNOWN = knownFields("url url_mobile title seendate socialimage domain language sourcecountry");
const ROW = knownFields("format columns");

/** An article as GDELT lists it, with its page where that was visited. Pure. */
export function map(raw: unknown, options: GdeltOptions): Mapped {
  return mapListed(raw, options, (listed) =>
    fieldsOf(listed).format === "gkg" ? readRow(listed as GkgRow) : readArticle(listed),
  );
}

function readArticle(listed: unknown): Listing | { readonly rejected: string } {
  const { url, title, seendate, socialimage, domain, language } = fieldsOf(listed);
  const address = textOf(url);
  if (address === null || URL.parse(address) === null)
    return { rejected: "this is no article of GDELT: it has no address" };
  return {
    url: address,
    title: tidyTitle(textOf(title)),
    published_at: null,
    observed_at: seenAt(seendate),
    lang: languageNamed(textOf(language)),
    site: textOf(domain),
    image: textOf(socialimage),
    unknown_fields: unknownFields(listed, KNOWN),
  };
}

/** GDELT parts words and marks by spaces: `Minister : " No "`, `轮渡 部长`. */
function tidyTitle(title: string | null): string | null {
  return (
    title
      ?.replace(/\s+([,.:;!?%)\]»])/g, "$1")
      .replace(/([([«])\s+/g, "$1")
      .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, "")
      .replace(/\s+/g, " ")
      .trim() ?? null
  );
}

function readRow(row: GkgRow): Listing | { readonly rejected: string } {
  const { columns } = row;
  if (!Array.isArray(columns) || columns.some((column) => typeof column !== "string")) {
    return { rejected: "this is no row of GDELT's knowledge graph: its columns are missing" };
  }
  const url = textOf(columns[4]);
  if (url === null || URL.parse(url) === null)
    return { rejected: "the row of GDELT's knowledge graph has no address" };
  const extras = columns[26] ?? "";
  const inside = (tag: string): string | null =>
    new RegExp(`<${tag}>([^<]{1,1000})</${tag}>`).exec(extras)?.[1]?.trim() || null;
  const title = inside("PAGE_TITLE");
  const source = /\bsrclc:([a-z]{2,3})/.exec(columns[25] ?? "")?.[1];
  return {
    url,
    title: title === null ? null : htmlToText(title).text,
    published_at: instantOf(inside("PAGE_PRECISEPUBTIMESTAMP")),
    observed_at: instantOf(columns[1]),
    // What was not translated is in English.
    lang: source === undefined ? "en" : new Intl.Locale(source).language,
    site: textOf(columns[3]),
    image: textOf(columns[18]),
    unknown_fields: [
      ...unknownFields(row, ROW),
      ...(columns.length > COLUMNS ? [`column ${COLUMNS + 1}`] : []),
    ],
  };
}
