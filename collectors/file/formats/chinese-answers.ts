import { mapVideo } from "../../bilibili/video.ts";
import { mapAweme } from "../../douyin/aweme.ts";
import { type Fields, fieldsOf, isFields, listOf } from "../../fields.ts";
import { mapItem } from "../../toutiao/item.ts";
import { mapMblog, splitMblog } from "../../weibo/mblog.ts";
import type { Format } from "./format.ts";

/** Saved answers and items of Chinese platforms, read by the maps of their collectors. */
export const weibo: Format = {
  title: "saved answers of Weibo",
  records: {
    find(start) {
      const { data, cards, list, statuses, status } = fieldsOf(start);
      const inside = fieldsOf(data);
      if (hasMblog(inside.cards)) return ["data.cards[].mblog", "data.cards[].card_group[].mblog"];
      if (hasMblog(cards)) return ["cards[].mblog", "cards[].card_group[].mblog"];
      if (isMblog(listOf(inside.list)[0])) return ["data.list[]"];
      if (isMblog(listOf(inside.statuses)[0])) return ["data.statuses[]"];
      if (isMblog(listOf(list)[0])) return ["list[]"];
      if (isMblog(listOf(statuses)[0])) return ["statuses[]"];
      if (isMblog(status)) return ["status"];
      return (
        oneOrList(start, isMblog) ??
        oneOrList(start, ({ mblog }) => isMblog(mblog))?.map((at) => (at === "" ? "mblog" : `${at}.mblog`)) ??
        null
      );
    },
    split: splitMblog,
    map: (record, _, { seen_at = null }) => mapMblog(record, { seen_at }),
  },
};

export const douyin: Format = {
  title: "saved answers of Douyin",
  records: {
    find(start) {
      const { aweme_detail, aweme_list, item_list, data } = fieldsOf(start);
      if (isFields(aweme_detail)) return ["aweme_detail"];
      if (Array.isArray(aweme_list)) return ["aweme_list[]"];
      if (isAweme(listOf(item_list)[0])) return ["item_list[]"];
      // A search wraps each post once more.
      if (isAweme(listOf(data)[0]?.aweme_info)) return ["data[].aweme_info"];
      return oneOrList(start, isAweme);
    },
    map: (record) => mapAweme(record),
  },
};

export const bilibili: Format = {
  title: "saved answers of Bilibili",
  records: {
    find(start) {
      const { data } = fieldsOf(start);
      const inside = fieldsOf(data);
      if (isVideo(inside)) return ["data"];
      if (isVideo(inside.View)) return ["data.View"];
      if (isVideo(listOf(fieldsOf(inside.list).vlist)[0])) return ["data.list.vlist[]"];
      if (isVideo(listOf(inside.list)[0])) return ["data.list[]"];
      return oneOrList(start, isVideo);
    },
    map: (record) => mapVideo(record),
  },
};

export const toutiao: Format = {
  title: "saved answers of Toutiao",
  records: {
    find(start) {
      if (isItem(listOf(fieldsOf(start).data)[0])) return ["data[]"];
      return oneOrList(start, isItem);
    },
    map: (record) => mapItem(record),
  },
};

const hasMblog = (cards: unknown): boolean =>
  listOf(cards).some(
    (card) => isMblog(card.mblog) || listOf(card.card_group).some(({ mblog }) => isMblog(mblog)),
  );

function isMblog(value: unknown): boolean {
  const { created_at, bid, mblogid, mid } = fieldsOf(value);
  return created_at !== undefined && (bid ?? mblogid ?? mid) !== undefined;
}

function isAweme(value: unknown): boolean {
  const { aweme_id, awemeId, author, authorInfo } = fieldsOf(value);
  return (aweme_id ?? awemeId) !== undefined && (isFields(author) || isFields(authorInfo));
}

function isVideo(value: unknown): boolean {
  const { bvid, aid, title } = fieldsOf(value);
  return (bvid ?? aid) !== undefined && title !== undefined;
}

function isItem(value: unknown): boolean {
  const { group_id, item_id, behot_time, display_url, media_info } = fieldsOf(value);
  return (group_id ?? item_id) !== undefined && (behot_time ?? display_url ?? media_info) !== undefined;
}

/** Records by themselves: one after another, or in a list. */
function oneOrList(start: unknown, is: (value: Fields) => boolean): readonly string[] | null {
  if (Array.isArray(start)) return is(fieldsOf(start[0])) ? ["[]"] : null;
  return is(fieldsOf(start)) ? [""] : null;
}
