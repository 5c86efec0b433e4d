import type { Mapped } from "../../../contracts/collector.ts";
import type { Reference } from "../../../contracts/post.ts";
import { engagementFrom } from "../../../text/counts.ts";
import { type Fields, fieldsOf, isFields, listOf, unknownFields } from "../../fields.ts";
import { shapeOf } from "../../shape.ts";
import { firstId, firstText, firstUrl, followersOf, unixTime } from "../../values.ts";
import type { Format } from "./format.ts";

const USED = `id desc createTime nickname authorId authorSecId
  author{id uniqueId nickname secUid} authorStats{followerCount} authorStatsV2{followerCount}
  stats{diggCount shareCount commentCount playCount} statsV2{diggCount shareCount commentCount playCount}
  textExtra{userUniqueId} video{cover originCover} imagePost duetInfo{duetFromId} stickersOnItem{stickerText}
  textLanguage`;
/**
 * What describes the clip's sound, filters, rights and place in a list; where it was made is the app's guess. Of the film,
 * addresses and lists of its bit rates and of its subtitles' files are technical whole.
 */
const IGNORED = `scheduleTime music challenges warnInfo originalItem officalItem secret privateItem forFriend isAd
  locationCreated diversificationLabels takeDown itemMute itemCommentStatus showNotPass vl1 digged collected duetEnabled
  stitchEnabled shareEnabled stitchDisplay duetDisplay indexEnabled effectStickers adAuthorization adLabelVersion
  maskType anchors contents poi suggestedWords playlistId videoSuggestWordsList channelTags keywordTags aiGCDescription
  AIGCDescription CategoryType categoryType backendSourceEventTracking BAInfo IsAigc isAigc IsHDBitrate isPinnedItem
  isReviewing item_control itemControl moderationAigcLabelType creatorAIComment titleLanguage titleTranslatable
  textTranslatable HasPromoteEntry hasPromoteEntry event contentCopyright musicTimeGenerated brandOrganicType
  isECVideo isBrandedContent capcutTrackingInfo diversificationId authorStickers shopTag imgComments liveRoom
  originalVideo avatarThumb signature verified
  author{shortId avatarThumb avatarMedium avatarLarger signature createTime verified privateAccount secret ftc relation
    openFavorite commentSetting duetSetting stitchSetting downloadSetting isADVirtual isEmbedBanned ttSeller roomId
    canExpPlaylist profileEmbedPermission nickNameModifyTime uniqueIdModifyTime suggestAccountBind UserStoryStatus
    recommendReason nowInvitationCardUrl showPlayListTab shortDramaIcon bioLink isOrganization commerceUserInfo
    followingVisibility}
  authorStats{followingCount heart heartCount videoCount diggCount friendCount}
  authorStatsV2{followingCount heart heartCount videoCount diggCount friendCount}
  stats{collectCount} statsV2{collectCount repostCount}
  textExtra{awemeId start end hashtagId hashtagName type subType userId secUid isCommerce hashtagTitle}
  video{id videoID height width duration ratio format size bitrate definition encodedType codecType videoQuality
    encodeUserTag VQScore volumeInfo claInfo playAddr downloadAddr PlayAddrStruct bitrateInfo subtitleInfos zoomCover
    shareCover reflowCover dynamicCover animatedCover aiDynamicCover AIDynamicCover canvasSeparated}
  duetInfo{duetUserId} stickersOnItem{stickerType} __import_meta ZS_collected_from_embed`;
const SHAPE = shapeOf(USED, IGNORED);

/** A saved page's or answer's item, as browsers receive it. */
export const tiktok: Format = {
  title: "posts of TikTok as its web pages hold them",
  records: {
    find(start) {
      const { itemInfo, itemList, __DEFAULT_SCOPE__ } = fieldsOf(start);
      if (isFields(itemInfo)) return ["itemInfo.itemStruct"];
      if (Array.isArray(itemList) && isTiktok(itemList[0])) return ["itemList[]"];
      if (isFields(__DEFAULT_SCOPE__)) return ["__DEFAULT_SCOPE__.*.itemInfo.itemStruct"];
      if (isTiktok(start)) return [""];
      return Array.isArray(start) && isTiktok(start[0]) ? ["[]"] : null;
    },
    map: mapTiktok,
  },
};

function isTiktok(start: unknown): boolean {
  const { id, desc, createTime } = fieldsOf(start);
  return id !== undefined && desc !== undefined && createTime !== undefined;
}

export function mapTiktok(item: Fields): Mapped {
  const id = firstId(item.id);
  if (id === null || !("createTime" in item)) {
    return { rejected: "this is no post of TikTok: it has no id or no createTime" };
  }
  const author = fieldsOf(item.author);
  const handle = firstText(author.uniqueId, item.author);
  const count = (name: string) => fieldsOf(item.statsV2)[name] ?? fieldsOf(item.stats)[name];
  const cover = firstUrl(fieldsOf(item.video).originCover, fieldsOf(item.video).cover);
  const said = listOf(item.stickersOnItem).flatMap(({ stickerText }) =>
    Array.isArray(stickerText) ? stickerText.map((words) => firstText(words)) : [],
  );
  return {
    draft: {
      platform: "tiktok",
      id,
      url: `https://www.tiktok.com/@${handle ?? "_"}/video/${id}`,
      account: {
        id: firstId(author.id, item.authorId, author.secUid, item.authorSecId, handle),
        handle,
        name: firstText(author.nickname, item.nickname),
        ...followersOf(
          fieldsOf(item.authorStatsV2).followerCount ?? fieldsOf(item.authorStats).followerCount,
        ),
      },
      published_at: unixTime(item.createTime),
      // Words laid over the picture are part of what is said.
      text: [firstText(item.desc), ...said].filter((part) => part !== null).join("\n"),
      lang: languageOf(firstText(item.textLanguage)),
      engagement: engagementFrom({
        views: count("playCount"),
        likes: count("diggCount"),
        reposts: count("shareCount"),
        comments: count("commentCount"),
      }),
      references: referencesOf(item),
      media: [
        { kind: item.imagePost === undefined ? "video" : "image" },
        ...(cover === null ? [] : [{ kind: "image" as const, url: cover }]),
      ],
    },
    unknown_fields: unknownFields(item, SHAPE),
  };
}

/** `un` says that TikTok does not know. */
function languageOf(written: string | null): string | null {
  return written === null || written === "un" ? null : written;
}

/** A duet shows the other clip beside its own; people named in the text are mentioned. */
function referencesOf(item: Fields): readonly Reference[] {
  const duet = firstId(fieldsOf(item.duetInfo).duetFromId);
  return [
    ...(duet === null ? [] : [{ kind: "quote" as const, id: duet }]),
    ...listOf(item.textExtra).flatMap(({ userUniqueId }): readonly Reference[] => {
      const handle = firstText(userUniqueId);
      return handle === null ? [] : [{ kind: "mention", handle }];
    }),
  ];
}
