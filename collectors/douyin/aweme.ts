import type { Mapped } from "../../contracts/collector.ts";
import type { Media, Reference } from "../../contracts/post.ts";
import { engagementFrom, readCount } from "../../text/counts.ts";
import { type Fields, fieldsOf, listOf, unknownFields } from "../fields.ts";
import { firstId, firstText, firstUrl, followersOf, unixTime } from "../values.ts";
import { SHAPE } from "./known.ts";

/** A clip or a gallery of Douyin: of its interface and share pages, or as older pages hold it, whose names differ. */
export function mapAweme(item: Fields): Mapped {
  if (firstText(item.rawdata) !== null || fieldsOf(item.cell_room ?? item.cellRoom).rawdata !== undefined) {
    return { rejected: "a live stream, which is no post" };
  }
  const id = firstId(item.aweme_id, item.awemeId);
  const time = item.create_time ?? item.createTime;
  if (id === null || time === undefined) {
    return { rejected: "this is no post of Douyin: it has no aweme_id or no create_time" };
  }
  if (fieldsOf(item.status).is_delete === true)
    return { rejected: `the post ${id} is deleted, as Douyin says (is_delete)` };
  const author = { ...fieldsOf(item.author), ...fieldsOf(item.authorInfo) };
  const counts = { ...fieldsOf(item.statistics), ...fieldsOf(item.stats) };
  const plays = counts.play_count ?? counts.playCount;
  const isGallery = listOf(item.images).length > 0;
  return {
    draft: {
      platform: "douyin",
      id,
      url: `https://www.douyin.com/${isGallery ? "note" : "video"}/${id}`,
      account: {
        // `sec_uid` stands in all forms; the number only in those of the interface.
        id: firstId(author.sec_uid, author.secUid, author.uid, item.author_user_id, item.authorUserId),
        handle: firstId(author.unique_id, author.uniqueId, author.short_id, author.shortId),
        name: firstText(author.nickname),
        ...followersOf(author.follower_count ?? author.followerCount),
      },
      published_at: unixTime(time),
      text: firstText(item.desc),
      engagement: engagementFrom({
        // The public is told 0 plays of everything.
        views: readCount(plays).value === 0 ? null : plays,
        likes: counts.digg_count ?? counts.diggCount,
        reposts: counts.share_count ?? counts.shareCount,
        comments: counts.comment_count ?? counts.commentCount,
      }),
      references: listOf(item.text_extra ?? item.textExtra).flatMap((part): readonly Reference[] => {
        const named = firstId(part.sec_uid, part.secUid, part.user_id, part.userId);
        return named === null ? [] : [{ kind: "mention", id: named }];
      }),
      media: mediaOf(item),
    },
    unknown_fields: unknownFields(item, SHAPE),
  };
}

function mediaOf(item: Fields): readonly Media[] {
  const image = (url: string | null): readonly Media[] => (url === null ? [] : [{ kind: "image", url }]);
  const pictures = listOf(item.images);
  if (pictures.length > 0) return pictures.flatMap((one) => image(first(one.url_list ?? one.urlList)));
  const { cover, origin_cover, coverUrlList } = fieldsOf(item.video);
  const addresses = [cover, origin_cover].flatMap((one) => [fieldsOf(one).url_list, fieldsOf(one).urlList]);
  const url = [...addresses, coverUrlList].map(first).find((one) => one !== null) ?? firstUrl(cover);
  return [{ kind: "video" }, ...image(url ?? null)];
}

function first(urls: unknown): string | null {
  return Array.isArray(urls) ? firstUrl(...urls) : null;
}
