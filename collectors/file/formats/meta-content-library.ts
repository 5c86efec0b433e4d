import type { PostDraft } from "../../../contracts/post.ts";
import { engagementFrom } from "../../../text/counts.ts";
import { firstUrl } from "../../values.ts";
import type { FileOptions } from "../options.ts";
import { cell, type Format, type Row } from "./format.ts";

/**
 * The download of the Meta Content Library. Its ids are the library's own and name nothing on Facebook or Instagram,
 * so they are kept apart as `mcl-…`.
 */
export const metaContentLibrary: Format = {
  title: "a download of the Meta Content Library",
  rows: [
    {
      needs: ["id", "creation_time", "text", "post_owner.id", "post_owner.name", "mcl_url"],
      used: [
        ..."post_owner.type post_owner.username surface.type surface.id surface.name surface.username lang".split(
          " ",
        ),
        ..."link_attachment.link link_attachment.name shared_post_id statistics.views statistics.view_count".split(
          " ",
        ),
        ..."statistics.like_count statistics.reaction_count statistics.share_count".split(" "),
        ..."statistics.comment_count statistics.reshare_count statistics.repost_count statistics.reply_count".split(
          " ",
        ),
        ..."media_type post_type".split(" "),
      ],
      ignored: [
        ..."content_type match_type modified_time hashtags is_branded_content multimedia multimedia.type".split(
          " ",
        ),
        ..."multimedia.url multimedia.id multimedia.duration multimedia.user_tags".split(" "),
        ..."link_attachment.caption link_attachment.description".split(" "),
        ..."statistics.angry_count statistics.care_count statistics.haha_count statistics.love_count".split(
          " ",
        ),
        ..."statistics.sad_count statistics.wow_count statistics.views_date_last_refreshed statistics.quote_count".split(
          " ",
        ),
        ..."views_date_last_refreshed is_verified_owner is_ai_generated collaborators".split(" "),
      ],
      map,
    },
  ],
};

function map(row: Row, { platform }: FileOptions): PostDraft {
  const link = firstUrl(cell(row, "link_attachment.link"));
  const shared = cell(row, "shared_post_id");
  return {
    platform: platform ?? platformOf(row),
    id: `mcl-${row.id}`,
    url: firstUrl(row.mcl_url),
    account: {
      id: cell(row, "post_owner.id"),
      handle: cell(row, "post_owner.username"),
      name: cell(row, "post_owner.name"),
    },
    published_at: cell(row, "creation_time"),
    title: cell(row, "link_attachment.name"),
    text: cell(row, "text"),
    lang: cell(row, "lang"),
    engagement: engagementFrom({
      views: cell(row, "statistics.views", "statistics.view_count"),
      likes: cell(row, "statistics.reaction_count", "statistics.like_count"),
      reposts: cell(row, "statistics.share_count", "statistics.reshare_count", "statistics.repost_count"),
      comments: cell(row, "statistics.comment_count", "statistics.reply_count"),
    }),
    references: [
      ...(shared === null ? [] : [{ kind: "repost" as const, id: `mcl-${shared}` }]),
      ...(link === null ? [] : [{ kind: "link" as const, url: link }]),
    ],
  };
}

/** The download names no platform: posts of Facebook stand on a surface, those of Threads have replies. */
function platformOf(row: Row): string {
  if ("surface.id" in row || "surface.type" in row || "statistics.love_count" in row) return "facebook";
  return "statistics.reply_count" in row ? "threads" : "instagram";
}
