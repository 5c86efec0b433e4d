import { shapeOf } from "../shape.ts";

const AUTHOR = `uid sec_uid unique_id short_id nickname follower_count secUid uniqueId shortId followerCount`;
const STATISTICS = `digg_count comment_count share_count play_count diggCount commentCount shareCount playCount`;
const USED = `aweme_id awemeId desc create_time createTime author{${AUTHOR}} authorInfo{${AUTHOR}} author_user_id
  authorUserId statistics{${STATISTICS}} stats{${STATISTICS}} text_extra{sec_uid user_id} textExtra{secUid userId}
  video{cover origin_cover coverUrlList} images{url_list urlList} aweme_type awemeType
  status{is_delete} rawdata cell_room cellRoom`;

/** A profile beyond names and followers is not kept; its pictures are addresses. The badge is the platform's own claim. */
const AUTHOR_LEFT = `avatar_thumb avatar_medium avatar_larger avatar_168x168 avatar_300x300 avatar_uri avatarThumb avatarUri
  avatar_schema_list cover_url white_cover_url signature signature_extra signature_display_lines custom_verify customVerify
  enterprise_verify_reason enterpriseVerifyReason verification_type is_verified verify_info account_cert_info accountCertInfo
  aweme_count awemeCount following_count followingCount favoriting_count total_favorited totalFavorited mix_count
  max_follower_count followers_detail mplatform_followers_count gender birthday user_age region account_region province city
  district country location language school_name ip_location create_time status secret user_canceled user_deleted follow_status
  followStatus follower_status followerStatus follower_request_status share_info share_qrcode_uri room_id roomId room_data
  live_status prevent_download story_status story_open story_count card_entries card_entries_not_display card_sort_priority
  cf_list cha_list type_label user_tags creator_tag_list identity_labels endorsement_info_list platform_sync_info
  offline_info_list interest_tags text_extra item_list original_musician commerce_user_level with_commerce_entry
  with_shop_entry with_fusion_shop_entry is_block is_blocked_v2 is_blocking_v2 is_ad_fake is_gov_media_vip is_star is_top
  is_not_show user_not_see user_not_show ban_user_functions data_label_list user_permissions weibo_name weibo_url weibo_schema
  weibo_verify`;
const STATISTICS_LEFT = `aweme_id awemeId collect_count collectCount forward_count forwardCount download_count downloadCount
  admire_count admireCount recommend_count exposure_count live_watch_count lose_count lose_comment_count
  whatsapp_share_count digest`;
/** Addresses of pictures and of the film, each an object of its own, are technical whole, and so is each bit rate. */
const VIDEO_LEFT = `play_addr play_addr_h264 play_addr_h265 play_addr_265 play_addr_lowbr playAddr playApi playAddrSize
  playAddrH265 playApiH265 playAddrH265Size download_addr download_suffix_logo_addr dynamic_cover dynamicCover
  animated_cover gaussian_cover cover_original_scale coverUri originCover originCoverUrlList dynamicCoverUrlList
  raw_cover big_thumbs bit_rate bitRateList bit_rate_audio audio uri vid height width ratio duration format meta
  has_watermark has_download_suffix_logo_addr is_callback is_h265 is_bytevc1 is_long_video is_source_HDR cdn_url_expired
  need_set_token video_model videoModel use_static_cover tags misc_download_addrs horizontal_type optimized_cover`;
const TEXT_LEFT = `start end type hashtag_name hashtag_id hashtagName hashtagId is_commerce isCommerce caption_start caption_end
  aweme_id awemeId search_text search_query_id search_hide_words`;
const IMAGES_LEFT = `uri width height download_url_list downloadUrlList mask_url_list watermark_free_download_url_list
  interaction_stickers clip_type live_photo_type video`;

/** Sound, rights, tags and places of a clip; who checked the author's badge is the platform's claim. */
const LEFT = `group_id groupId group_id_str region risk_infos riskInfos music video_tag videoTag prevent_download
  author{${AUTHOR_LEFT}} authorInfo{${AUTHOR_LEFT}} statistics{${STATISTICS_LEFT}} stats{${STATISTICS_LEFT}}
  text_extra{${TEXT_LEFT}} textExtra{${TEXT_LEFT}} video{${VIDEO_LEFT}} images{${IMAGES_LEFT}}
  status{is_prohibited private_status part_see allow_share allow_comment allow_friend_recommend
    allow_friend_recommend_guide allow_self_recommend_to_friend aweme_edit_info dont_share_status download_status
    enable_soft_delete in_reviewing is_private listen_video_status not_allow_soft_del_reason review_result
    reviewed self_see video_hide_search video_mute with_fusion_goods with_goods}
  download share_url shareUrl share_info shareInfo cha_list
  mix_info mixInfo duration is_ads isAds is_top isTop tag anchors poi_info anchor_info suggest_words danmaku_control
  aweme_control awemeControl user_digged userDigged is_collects_selected collect_stat long_video geofencing
  video_labels label_top_text promotions image_infos image_album_music_info img_bitrate
  interaction_stickers original_images position uniqid_position origin_comment_ids commerce_config_data
  is_share_post entertainment_product_info horizontal_type media_type misc_info caption item_title preview_title
  comment_gid commentGid rate is_story is_life_item is_multi_content common_bar_info can_cache_to_local
  hybrid_label search_impr series_basic_info seo_info is_image_beat is_25_story is_moment_story personal_page_botton_diagnose_style
  create_scale_type activity_video_type authentication_token boost_status chapter_list component_info_v2 component_control
  disable_relation_bar dislike_dimension_list distribute_circle duet_aggregate_in_music_tab enable_comment_sticker_rec
  ent_log_extra feed_comment_config flash_mob_trends follow_shot_assets friend_interaction friend_recommend_info game_tag_info
  guide_scene_info have_dashboard image_comment image_crop_ctrl image_follow_shot impression_data incentive_item_type
  is_24_story is_collects_hit item_duet item_react item_share item_stitch jump_tab_info_list libfinsert_task_id mark_largely_following
  nickname_position nearby_level packed_clips photo_search_entrance play_progress product_genre_info publish_plus_alienation
  ref_tts_id_list ref_voice_modify_id_list related_video_extra relation_labels select_anchor_expanded_content shoot_way
  slides_music_beats social_tag_list report_action should_open_ad_report sort_label trends_infos tts_id_list user_recommend_status
  vtag_search voice_modify_id_list vr_type xigua_base_info yumme_recreason entertainment_video_paid_way
  entertainment_video_type is_new_text_mode is_use_music itemId imgBitrate tagInfo
  ZS_collected_from_embed ZS_collected_from_mix ZS_first_mix_vid __import_meta`;

/** What is known of a post of Douyin; what is new in it, or in a part that is read, is reported. */
export const SHAPE = shapeOf(USED, LEFT);
