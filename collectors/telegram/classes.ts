/** Classes of parts that are read, without `tgme_widget_message_`. */
const USED =
  "bubble date text owner_name views forwarded_from_name reply link_preview location_wrap location_title location_address " +
  "photo_wrap video_player roundvideo_player voice_player document_wrap document_icon document_title sticker_wrap " +
  "poll_question poll_option_text";

/**
 * Classes of parts that are known and left alone: frames and looks; lengths of sounds; shares of votes; reactions, which are
 * of many minds and no likes; the names of people who sign or are written about, which are not collected without need.
 */
const IGNORED =
  "wrap centered user user_photo bubble_tail author author_name footer info meta metatext from_author forwarded_from " +
  "forwarded_from_author reply_thumb reactions poll poll_type poll_options poll_option poll_option_percent " +
  "poll_option_value poll_option_bar voters grouped_wrap grouped grouped_layer photo video video_thumb video_wrap " +
  "video_duration roundvideo roundvideo_border roundvideo_duration roundvideo_muted roundvideo_play roundvideo_progress " +
  "roundvideo_progress_wrap roundvideo_thumb roundvideo_wrap voice voice_duration voice_play voice_progress " +
  "voice_progress_bg voice_progress_wrap voice_wrap document document_extra location location_info sticker " +
  "service_photo contact contact_wrap contact_name contact_phone contact_photo inline_row inline_button " +
  "inline_button_text inline_keyboard videosticker tgsticker error spoiler";

const KNOWN: ReadonlySet<string> = new Set(`${USED} ${IGNORED}`.split(" "));

/** Other classes than these say how a part looks or what a script does with it. */
const STRUCTURE = /^tgme_widget_message_(\w+)$/;

export function isKnownClass(name: string): boolean {
  const part = STRUCTURE.exec(name)?.[1];
  return part === undefined || KNOWN.has(part);
}
