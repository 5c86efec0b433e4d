import { shapeOf } from "../shape.ts";

const USER = `id idstr screen_name followers_count`;
/** Who somebody is beyond the account is not collected; the badge of verification is a claim of the platform. */
const USER_LEFT = `profile_image_url profile_url statuses_count verified verified_type verified_type_ext verified_reason
  close_blue_v description gender mbtype urank mbrank svip follow_me following follow_count followers_count_str
  cover_image_phone avatar_hd avatar_large like like_me badge pc_new domain weihao v_plus planet_video icon_list
  status_total_counter user_ability special_follow location verified_source friends_count`;

const USED = `id idstr mid bid mblogid created_at text text_raw raw_text isLongText longText{longTextContent} user{${USER}}
  retweeted_status deleted reposts_count comments_count attitudes_count
  number_display_strategy{display_text_min_number display_text} pics{url large{url}} pic_infos{*{largest{url} original{url} large{url}}}
  page_info{type page_url page_pic page_title play_count content1 object_type pic_info{pic_big{url}}}
  url_struct{short_url long_url ori_url} title{text} isTop mblog_id`;

const LEFT = `visible can_edit show_additional_indication source favorited pic_ids is_paid mblog_vip_type
  user{${USER_LEFT}} edit_count edit_at edit_config textLength reprint_cmt_count pending_approval_count mlevel mlevelSource
  expire_time ad_state darwin_tags hot_page mblogtype mark rid content_auth comment_manage_info pic_num fid new_comment_style
  region_name region_opt cardid extern_safe safe_tags hide_hot_flow repost_type ab_switcher mblog_menu_new_style geo
  attitudes_status is_show_bulletin share_repost_type showFeedRepost showFeedComment rcList buttons continue_tag
  number_display_strategy{apply_scenario_flag} pics{pid size geo large{size geo} videoSrc type}
  pic_infos{*{thumbnail bmiddle mw2000 object_id pic_id photo_tag type pic_status focus_point largest{*} original{*} large{*}}}
  page_info{page_id page_desc oid type_icon object_id author_id authorid content2 content3 content4 preload user source_type
    button_type button_follow_uid need_lmid actionlog transition_pics alpha_time pause_time url_ori title
    video_orientation media_info urls video_details slide_cover cards short_url act_status pic_info{pic_big{*}}}
  url_struct{url_title url_type position result need_save_obj actionlog log h5_target_url hide storage_type ttl object_type
    url_type_pic page_id}
  title{base_color icon_url structs} annotations customIcons analysis_extra reads_count topic_struct tag_struct mblog_buttons
  readtimetype mixed_count is_controlled_by_server pictureViewerSign showPictureViewer pic_focus_point pic_bg_new pic_video
  pic_flag cmt_manage_info biz_feature hasActionTypeCard complaint positive_recom_flag hot_weibo_tags gif_ids is_imported_topic
  sync_mblog is_vip_paid_status picStatus is_long_text longText{url_objects content url_struct} ok alchemy_params common_struct
  mblog_feed_back_menus_style gif_videos jump_type region_source status_country status_province status_city
  retweeted_status_id __import_meta`;

/** What is known of a post of Weibo, on the mobile pages and on the wide ones alike. */
export const MBLOG = shapeOf(USED, LEFT);
