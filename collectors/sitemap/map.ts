import type { Mapped } from "../../contracts/collector.ts";
import { mapPage } from "../page/map.ts";
import type { SitemapOptions } from "./options.ts";
import type { Listed } from "./read.ts";

/** A visited page with what the sitemap says of it. Pure. */
export function map(raw: unknown, options: SitemapOptions): Mapped {
  const given = (raw as { readonly listed?: unknown } | null)?.listed;
  const listed: Partial<Listed> = typeof given === "object" && given !== null ? given : {};
  const mapped = mapPage(raw, options, {
    title: textOf(listed.title),
    published_at: textOf(listed.published),
    lang: textOf(listed.lang),
  });
  if ("rejected" in mapped) return mapped;
  const unknown_fields = (Array.isArray(listed.unknown) ? listed.unknown : []).map(
    (name) => `sitemap.${name}`,
  );
  const { account } = mapped.draft;
  const name = account?.name ?? textOf(listed.publication);
  return { draft: { ...mapped.draft, account: { ...account, name } }, unknown_fields };
}

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
