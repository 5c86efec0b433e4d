import type { Constant } from "./constant.ts";
import { isObject } from "./values.ts";

const names = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** Fields of `cgiDataNew` that a draft is made of. */
const USED = names(`
  user_name nick_name alias title desc content_noencode create_time ori_create_time link source_url copyright_info
  bizuin mid idx picture_page_info_list text_page_info`);

/**
 * Fields of `cgiDataNew` that are known and left alone. The author's name and the region of the writer's address are
 * among them on purpose: the account publishes, and the names and places of people are not collected without need.
 */
const IGNORED = names(`
  author author_id ip_wording show_ip_wording location locationlist at_biz_list
  base_resp sn type item_show_type real_item_show_type url_item_show_type page_type lang style_type origin_style_type
  origin_type_setting title_gen_type is_title_modified modify_time modify_detail create_timestamp ori_send_time
  svr_time filter_time msg_daily_idx total_item_num desc_empty last_text
  signature round_head_img hd_head_img ori_head_img_url app_id user_uin user_info private_info servicetype
  new_service_type verify_status isprofileblock is_wxg_stuff_uin is_limit_user rt_biz_info biz_card
  cdn_url cdn_url_1_1 cdn_url_3_4 cdn_url_16_9 cdn_url_235_1 img_format show_cover_pic picture_list_in_pictext
  aigc_pictures watermark_setting masonry_feed_info
  voice_in_appmsg voice_in_appmsg_list_json show_msg_voice video_ids video_in_article video_page_info
  video_page_infos use_tx_video_player live_info finder_audio_card finder_audio_card_list finder_music_card
  finder_music_card_list appmsg_listen_id
  claim_source hashtags topic_infos related_tag public_tag_info hotspotinfolist appmsgalbuminfo
  related_article_info trans_appmsg_info zhuge_qa_id_list anchor_tree ainfos front_end_additional_fields
  can_share can_use_page can_reward can_use_wecoin wecoin_tips reward_author_head reward_money reward_wording
  is_pay_subscribe pay_subscribe_info product_activity redpacket_cover_list has_red_packet_cover window_product_list
  footer_common_shops footer_gift_activity footer_product_card
  advertisement_info advertisement_num ad_mark_status hide_ad_mark_on_cps
  comment_id extra_comment_id segment_comment_id show_comment appmsg_ext_get appmsg_like_type more_read_type
  open_fansmsg reprint_editable is_only_read is_async is_login isnew is_top_stories in_mm srcid req_id enterid
  csp_nonce_str appmsg_fe_filter fasttmpl_version need_report_cost use_outer_link ban_scene show_top_bar
  del_reason_id malicious_title_reason_id malicious_content_type is_cooling_appmsg sec_control_info wash_status
  shield_acct_areaids shield_areaids shield_areas_info is_area_shield is_acct_area_shield`);

const USED_COPYRIGHT = names(`
  copyright_stat platform reprint_url source_username source_mid source_idx source_encode_biz`);
const IGNORED_COPYRIGHT = names(`
  source_headimg card_pos reprint_ticket source_biz hide_source guide_words reprint_style reprint_type
  reprint_recommend_title reprint_recommend_content_noencode profile_description is_cartoon_copyright
  ori_article_type`);

/** Names of fields that nobody here knows, as `cgiDataNew.x` and `cgiDataNew.copyright_info.x`. */
export function unknownFields(data: Readonly<Record<string, Constant>>): readonly string[] {
  const { copyright_info } = data;
  const unknown = (object: object, used: ReadonlySet<string>, ignored: ReadonlySet<string>) =>
    Object.keys(object).filter((name) => !used.has(name) && !ignored.has(name));
  return [
    ...unknown(data, USED, IGNORED).map((name) => `cgiDataNew.${name}`),
    ...(isObject(copyright_info) ? unknown(copyright_info, USED_COPYRIGHT, IGNORED_COPYRIGHT) : []).map(
      (name) => `cgiDataNew.copyright_info.${name}`,
    ),
  ];
}
