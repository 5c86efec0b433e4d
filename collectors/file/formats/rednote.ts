import type { Mapped } from "../../../contracts/collector.ts";
import type { Media } from "../../../contracts/post.ts";
import { engagementFrom } from "../../../text/counts.ts";
import { type Fields, fieldsOf, isFields, listOf, unknownFields } from "../../fields.ts";
import { shapeOf } from "../../shape.ts";
import { firstId, firstText, firstUrl, unixTime } from "../../values.ts";

const NOTE = `note_id noteId id title display_title displayTitle desc time user image_list imageList cover interact_info
  interactInfo likes type video at_user_list atUserList`;
const LEFT = `tag_list tagList share_info shareInfo ip_location ipLocation last_update_time lastUpdateTime xsec_token
  xsecToken corner_tag_info cornerTagInfo note_attributes`;
const SHAPE = shapeOf(
  NOTE,
  LEFT,
  `note_card{${NOTE} ${LEFT}} note{${NOTE} ${LEFT}} model_type modelType track_id trackId ignore index
   exposed ssrRendered comments currentTime serverRequestInfo __import_meta _zs-origin noteCard{${NOTE} ${LEFT}}
   timestamp author_name author_avatar_url thumbnail_url`,
);

/** A note of Xiaohongshu (RedNote): of its interface, or as its pages hold it, whose names are written otherwise. */
export function mapRednote(item: Fields): Mapped {
  const card = [item.note_card, item.note, item.noteCard].find(isFields) ?? item;
  const id = firstId(item.id, item.note_id, item.noteId, card.note_id, card.noteId);
  if (id === null || (!isFields(card.user) && card.title === undefined)) {
    return {
      rejected: "this is no note of Xiaohongshu: it is a tile without author and text, or something else",
    };
  }
  const user = fieldsOf(card.user);
  const counts = fieldsOf(card.interact_info ?? card.interactInfo);
  return {
    draft: {
      platform: "xiaohongshu",
      id,
      url: `https://www.xiaohongshu.com/explore/${id}`,
      account: {
        id: firstId(user.user_id, user.userId),
        name: firstText(user.nickname, user.nick_name, user.nickName, item.author_name),
      },
      published_at: unixTime(card.time),
      title: firstText(card.title, card.display_title, card.displayTitle),
      text: firstText(card.desc),
      engagement: engagementFrom({
        likes: counts.liked_count ?? counts.likedCount ?? card.likes,
        reposts: counts.share_count ?? counts.shareCount,
        comments: counts.comment_count ?? counts.commentCount,
      }),
      media: mediaOf(card),
    },
    unknown_fields: unknownFields(item, SHAPE),
  };
}

function mediaOf(card: Fields): readonly Media[] {
  const listed = listOf(card.image_list ?? card.imageList);
  const images = (listed.length > 0 ? listed : [fieldsOf(card.cover)]).flatMap((image): readonly Media[] => {
    const sizes = listOf(image.info_list ?? image.infoList);
    const url = firstUrl(image.url_default, image.urlDefault, image.url, sizes[0]?.url);
    return url === null ? [] : [{ kind: "image", url }];
  });
  return card.type === "video" ? [{ kind: "video" }, ...images] : images;
}
