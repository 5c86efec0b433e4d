import { z } from "zod";
import type { CollectorIo, Mapped, Page, RawRecord } from "../contracts/collector.ts";
import { hostOf } from "../text/urls.ts";
import { isArticlePage } from "./page/index.ts";
import { mapPage } from "./page/map.ts";
import { maxPages, type ReadingOptions, readingOptions } from "./page/options.ts";
import { type FailedVisit, REMEMBERED, type VisitCursor, type VisitedPage, visit } from "./visit.ts";

/** What an index of news says of an article that lies elsewhere. */
export interface Listing {
  readonly url: string;
  readonly title: string | null;
  readonly text?: string | null;
  readonly published_at: string | null;
  /** When the index saw it. */
  readonly observed_at: string | null;
  readonly lang: string | null;
  /** Name of the outlet. */
  readonly site: string | null;
  readonly image?: string | null;
  readonly unknown_fields: readonly string[];
}

/** The index's own record, and the page it names where that was visited. */
export interface ListedRecord {
  readonly listed: unknown;
  readonly page?: VisitedPage | FailedVisit;
}

export const listedOptions = {
  read: z.enum(["pages", "listed"]).default("pages").meta({
    description:
      "`pages` visits the pages that are named, for their text; `listed` takes only what the index says.",
  }),
  ...readingOptions,
  max_pages: maxPages,
};

interface ListedOptions extends ReadingOptions {
  readonly read: "pages" | "listed";
  readonly max_pages: number;
}

/** Records of what an index named, with the pages visited where that is wanted; each page once. */
export async function* readListed(
  listed: ReadonlyMap<string, RawRecord>,
  options: ListedOptions,
  from: VisitCursor | null,
  io: CollectorIo,
): AsyncGenerator<Page<VisitCursor>> {
  if (options.read === "listed") {
    const records = [...listed.values()].map(({ where, raw }) => ({
      where,
      raw: { listed: raw } satisfies ListedRecord,
    }));
    yield { records, next: from ?? { seen: {} } };
    return;
  }
  const broken = [...listed.values()].filter(({ where }) => URL.parse(where) === null);
  if (broken.length > 0) {
    yield {
      records: broken.map(({ where, raw }) => ({ where, raw: { listed: raw } })),
      next: from ?? { seen: {} },
    };
  }
  const fresh = [...listed.keys()].filter((url) => URL.parse(url) !== null && from?.seen[url] === undefined);
  const within = fresh.slice(0, Math.min(options.max_pages, REMEMBERED));
  if (within.length < fresh.length) {
    io.warn(
      "max_pages",
      `${fresh.length} pages are named that were not read yet, and max_pages is ${options.max_pages}; the other ${fresh.length - within.length} are read by later crawls as long as they are named.`,
    );
  }
  for await (const page of visit(within, from, { again: () => false, settles: isArticlePage }, io)) {
    const records = page.records.map(({ where, raw }) => ({
      where,
      raw: { listed: listed.get(where)!.raw, page: raw as VisitedPage | FailedVisit } satisfies ListedRecord,
    }));
    yield { ...page, records };
  }
}

/** A listing, or the page it named, as a draft. `readOne` reads the index's own record. */
export function mapListed(
  raw: unknown,
  options: ReadingOptions,
  readOne: (listed: unknown) => Listing | { readonly rejected: string },
): Mapped {
  const { listed, page } = (typeof raw === "object" && raw !== null ? raw : {}) as Partial<ListedRecord>;
  const listing = readOne(listed);
  if ("rejected" in listing) return listing;
  const { unknown_fields, site } = listing;
  if (page === undefined) return { draft: draftOf(listing, options), unknown_fields };
  const { title, published_at, observed_at, lang } = listing;
  const mapped = mapPage(page, options, { title, published_at, observed_at, lang });
  if ("rejected" in mapped) return mapped;
  const account = { ...mapped.draft.account, name: mapped.draft.account?.name ?? site };
  return { draft: { ...mapped.draft, account }, unknown_fields };
}

function draftOf(
  { url, title, text, published_at, observed_at, lang, site, image }: Listing,
  { platform, account, zone }: ReadingOptions,
): Extract<Mapped, { draft: unknown }>["draft"] {
  return {
    platform,
    url,
    account:
      account === undefined
        ? { id: hostOf(url), name: site }
        : { id: account.id, handle: account.handle ?? null, name: account.name ?? site },
    published_at,
    published_basis: "feed",
    ...(zone === undefined ? {} : { published_zone: zone }),
    observed_at,
    title,
    text: text ?? "",
    lang,
    media: image ? [{ kind: "image", url: image }] : [],
  };
}

const names = new Map<string, string>();

/** The code of a language that is named in English; null for a name nobody knows. */
export function languageNamed(name: string | null): string | null {
  if (name === null) return null;
  if (names.size === 0) {
    const english = new Intl.DisplayNames(["en"], { type: "language", fallback: "none" });
    const letters = [..."abcdefghijklmnopqrstuvwxyz"];
    for (const a of letters)
      for (const b of letters) {
        const known = english.of(a + b);
        if (known !== undefined && !names.has(known.toLowerCase())) names.set(known.toLowerCase(), a + b);
      }
  }
  return names.get(name.trim().toLowerCase()) ?? null;
}
