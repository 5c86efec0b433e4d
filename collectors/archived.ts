import { createHash } from "node:crypto";
import { z } from "zod";
import type { Mapped } from "../contracts/collector.ts";
import { canonicalUrl } from "../text/urls.ts";
import { fieldsOf } from "./fields.ts";
import { mapPage } from "./page/map.ts";
import type { ReadingOptions } from "./page/options.ts";
import type { VisitedPage } from "./visit.ts";

/** A page as an archive kept it: `url` is the page's own address, and `archived` says where and when it was kept. */
export interface ArchivedPage extends VisitedPage {
  readonly archived: { readonly at: string; readonly url: string };
}

export const VERSIONS = ["first", "all"] as const;

/** What archives are asked for: an address or what lies below it, over a period. */
export const archivedOptions = {
  url: z.string().min(3).meta({
    description: "The page that is looked back at; with `match`, what begins with it or lies on its host.",
  }),
  match: z.enum(["exact", "prefix", "host", "domain"]).default("exact").meta({
    description:
      "`exact` this page, `prefix` all that begins so, `host` all of its host, `domain` all of its domain.",
  }),
  from: z.iso.date().optional().meta({ description: "First day of the period." }),
  to: z.iso.date().optional().meta({ description: "Last day of the period; open when left out." }),
  versions: z.enum(VERSIONS).optional().meta({
    description:
      "`first`: of each page the first capture in the period, as if it had been collected then. `all`: each capture with other bytes is a post of its own. Left out: `all` for `exact`, else `first`.",
  }),
};

export function versionsOf(options: {
  readonly match: string;
  readonly versions?: (typeof VERSIONS)[number] | undefined;
}): (typeof VERSIONS)[number] {
  return options.versions ?? (options.match === "exact" ? "all" : "first");
}

/** `20210908123000` as ISO 8601; archives shorten it at times. Null for what is none. */
export function instantOf(timestamp: unknown): string | null {
  if (typeof timestamp !== "string" || !/^\d{8}(?:\d{2}){0,3}$/.test(timestamp)) return null;
  const [, year, month, day, hour, minute, second] = /^(....)(..)(..)(..)(..)(..)$/.exec(
    timestamp.padEnd(14, "0"),
  )!;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  return Number.isNaN(Date.parse(iso)) ? null : iso;
}

/** A day as archives write it. */
export const stampOfDay = (day: string): string => day.replaceAll("-", "");

/**
 * An archived page as a draft. It existed when it was kept, so that bounds its time of publication. Where several
 * versions of one address are collected, each is a post of its own: none may take the place of another.
 */
export function mapArchived(
  raw: unknown,
  options: ReadingOptions & Parameters<typeof versionsOf>[0],
): Mapped {
  const { archived, url } = fieldsOf(raw);
  const { at, url: kept } = fieldsOf(archived);
  if (typeof at !== "string" || typeof kept !== "string") return mapPage(raw, options);
  return mapPage(raw, options, {
    observed_at: at,
    ...(versionsOf(options) === "all" && typeof url === "string" ? { id: versionId(url, at) } : {}),
    media: [{ kind: "document", url: kept }],
  });
}

function versionId(url: string, at: string): string {
  const page = createHash("sha256")
    .update(canonicalUrl(url) ?? url)
    .digest("hex");
  return `${page.slice(0, 20)}@${at.replace(/\D/g, "")}`;
}
