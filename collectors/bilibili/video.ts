import type { Mapped } from "../../contracts/collector.ts";
import type { DeclaredSource, Reference } from "../../contracts/post.ts";
import { engagementFrom } from "../../text/counts.ts";
import { type Fields, fieldsOf, isFields, listOf, unknownFields } from "../fields.ts";
import { reprintLine } from "../reprint-line.ts";
import { shapeOf } from "../shape.ts";
import { firstId, firstText, firstUrl, unixTime } from "../values.ts";
import { bvidOf } from "./bvid.ts";

const SHAPE = shapeOf(
  `bvid aid title desc desc_v2{raw_text type biz_id} dynamic pubdate ctime copyright pic redirect_url
   owner{mid name} stat{view like share reply} description created author mid play comment`,
  // Partitions, rights and parts of a video; the platform's warning is its own claim and is not what the author says.
  `videos tid tid_v2 tname tname_v2 state duration rights mission_id season_id argue_info cid dimension pages subtitle
   owner{face} stat{aid danmaku favorite coin now_rank his_rank dislike evaluation vt vv} staff honor_reply
   user_garb premiere teenage_mode is_chargeable_season is_story is_upower_exclusive is_upower_play is_upower_preview
   is_upower_exclusive_with_qa enable_vt vt_display is_story_play like_icon need_jump_bv disable_show_up_info is_view_self
   no_cache ugc_season label forward is_season_display first_frame pub_location up_from_v2 stein_guide_cid attribute
   attribute_v2 short_link_v2 short_link embedPlayer seo tags up_info
   typeid length video_review is_union_video is_pay is_steins_gate is_live_playback is_lesson_video
   is_lesson_finished lesson_update_info jump_url meta is_avoided season_type hide_click is_charging_arc elec_arc_type
   elec_arc_badge review subtitle_url playback_position is_self_view vt_display __import_meta`,
);

/** A video of Bilibili, as its page or `view` has it, or as a list of its author's does, where names differ. */
export function mapVideo(video: Fields): Mapped {
  const aid = firstId(video.aid);
  const id = firstText(video.bvid) ?? (aid === null ? null : bvidOf(aid));
  const time = unixTime(video.pubdate ?? video.created ?? video.ctime);
  if (id === null || firstText(video.title) === null) {
    return { rejected: "this is no video of Bilibili: it has no bvid and no aid, or no title" };
  }
  const isListed = !isFields(video.owner);
  const owner = isListed ? { mid: video.mid, name: video.author } : fieldsOf(video.owner);
  const stat = isListed ? { view: video.play, reply: video.comment } : fieldsOf(video.stat);
  const described = firstText(
    video.desc,
    video.description,
    ...listOf(video.desc_v2).map((part) => part.raw_text),
  );
  const cover = firstUrl(video.pic);
  const { source, references } = reprintOf(video, described ?? "");
  return {
    draft: {
      platform: "bilibili",
      id,
      url: `https://www.bilibili.com/video/${id}`,
      account: { id: firstId(owner.mid), name: firstText(owner.name) },
      published_at: time,
      title: firstText(video.title),
      // An empty description is written as a dash.
      text: [described === "-" ? null : described, firstText(video.dynamic)]
        .filter((part) => part !== null)
        .join("\n"),
      engagement: engagementFrom({
        // "--" where plays are hidden.
        views: stat.view,
        likes: (stat as Fields).like,
        reposts: (stat as Fields).share,
        comments: stat.reply,
      }),
      references: [...references, ...mentionsIn(video)],
      media: [{ kind: "video" }, ...(cover === null ? [] : [{ kind: "image" as const, url: cover }])],
      declared_source: source,
    },
    unknown_fields: unknownFields(video, SHAPE),
  };
}

interface Reprint {
  readonly source: DeclaredSource | null;
  readonly references: readonly Reference[];
}

/** `copyright` 2 says that the video is reprinted; from where, only the description says, in words. */
function reprintOf(video: Fields, described: string): Reprint {
  const isReprint = firstText(video.copyright) === "2";
  const line = reprintLine(described);
  if (!isReprint && line === null) return { source: null, references: [] };
  const url = firstUrl(line?.url);
  const name = line?.name ?? null;
  return {
    source: {
      kind: isReprint ? "reprint" : "source-line",
      ...(name === null ? {} : { name }),
      ...(url === null ? {} : { url }),
    },
    references: isReprint && url !== null ? [{ kind: "repost", url }] : [],
  };
}

/** Parts of the second kind name a user. */
function mentionsIn(video: Fields): readonly Reference[] {
  return listOf(video.desc_v2).flatMap((part): readonly Reference[] => {
    const id = part.type === 2 ? firstId(part.biz_id) : null;
    return id === null ? [] : [{ kind: "mention", id }];
  });
}
