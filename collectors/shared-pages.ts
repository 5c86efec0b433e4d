import { z } from "zod";
import type { Collector, CollectorInfo, Mapped } from "../contracts/collector.ts";
import type { Remover } from "../contracts/revisit.ts";
import { revisitPage, unreachable } from "./revisit.ts";
import { readVisit, type VisitCursor, visit } from "./visit.ts";

/** Addresses of single posts, for platforms whose pages hold the post as data. */
export const sharedPageOptions = z.strictObject({
  urls: z
    .array(z.url({ protocol: /^https?$/ }))
    .min(1)
    .meta({
      description:
        "Addresses of posts. Each is asked for again at every crawl, and answered only if it has changed.",
    }),
});
export type SharedPageOptions = z.infer<typeof sharedPageOptions>;

/** What the platform says in place of a post that is not there any more. */
export interface Absence {
  readonly by: Remover;
  readonly reason: string;
}

interface SharedPages {
  /** Finds the post in a page, or says what stands in its place. */
  readonly read: (html: string, url: string) => Mapped;
  /** Null where the page does not say for sure that the post is gone. */
  readonly absence: (html: string) => Absence | null;
  /** Whether the platform has words for every absence, so that a bare 404 says nothing; else that is an absence, too. */
  readonly bare_404: "gone" | "unreachable";
  /** The public page of a post, where its own address is another. */
  readonly pageOf?: (id: string) => string;
}

/** A collector of single posts by their public pages. */
export function sharedPages(
  info: Omit<CollectorInfo<SharedPageOptions>, "options">,
  { read, absence, bare_404, pageOf }: SharedPages,
): Collector<SharedPageOptions, VisitCursor> {
  return {
    info: { ...info, options: sharedPageOptions },
    collect: ({ urls }, from, io) =>
      visit(
        [...new Set(urls)],
        from,
        { again: () => true, settles: (html) => "draft" in read(html, urls[0]!) },
        io,
      ),
    map: (raw) => mapSharedPage(raw, read),
    async revisit(post, { urls }, io) {
      const id = post.id.slice(post.id.indexOf(":") + 1);
      const url = urls.find((one) => one.includes(id)) ?? pageOf?.(id) ?? post.url;
      let isBare = true;
      const found = await revisitPage({ ...post, url }, io, (page) => {
        isBare = false;
        const gone = absence(page.html);
        if (gone !== null) return { found: "gone", ...gone, sha256: page.sha256 };
        const mapped = mapSharedPage(page, read);
        return "rejected" in mapped
          ? unreachable(mapped.rejected)
          : { found: "seen", records: [{ where: page.url, raw: page }] };
      });
      return isBare && found.found === "gone" && found.by === "unknown" && bare_404 === "unreachable"
        ? unreachable(`${found.reason}, and no notice of ${info.title} that says why`)
        : found;
    },
  };
}

export function mapSharedPage(raw: unknown, read: (html: string, url: string) => Mapped): Mapped {
  const page = readVisit(raw);
  if ("rejected" in page) return page;
  const mapped = read(page.html, page.url);
  return "rejected" in mapped
    ? mapped
    : { ...mapped, draft: { ...mapped.draft, sha256: page.sha256 || null } };
}

/** What a page without the post's data is: a check, an empty answer, or another page. */
export function noData(html: string, platform: string): string {
  const title = /<title[^>]*>([^<]{0,100})/i.exec(html)?.[1]?.trim() ?? "";
  if (html.trim() === "")
    return `an empty answer stands in place of the post: ${platform} refuses programs at times, so this is blocked`;
  if (
    /验证|captcha|verify|登录|Just a moment|Checking your browser|secsdk/i.test(
      `${title} ${html.slice(0, 5_000)}`,
    )
  ) {
    return `a check for robots or a log-in stands in place of the post${title === "" ? "" : ` ("${title}")`}, so this is blocked; capture it in a browser and import the capture`;
  }
  return `the page holds no data of a post of ${platform}${title === "" ? "" : ` (its title: "${title}")`}; it has changed shape, or is another page`;
}
