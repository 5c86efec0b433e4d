import { describe, expect, test } from "vitest";
import { mapAweme } from "../../../collectors/douyin/aweme.ts";
import { mapInstagram, mapThreads } from "../../../collectors/file/formats/instagram.ts";
import { mapTiktok } from "../../../collectors/file/formats/tiktok.ts";
import { mapItem } from "../../../collectors/toutiao/item.ts";
import type { Mapped } from "../../../contracts/collector.ts";

/** Parts of a post that are read in part: what is new inside one is reported as what is new beside it. */
const CASES: readonly [string, (item: Readonly<Record<string, unknown>>) => Mapped, object, string][] = [
  [
    "Douyin",
    mapAweme,
    { aweme_id: "7", create_time: 1754577401, desc: "The ferry is back" },
    "author authorInfo video statistics stats status text_extra textExtra images",
  ],
  ["TikTok", mapTiktok, { id: "7", desc: "The ferry is back", createTime: 1629804216 }, "author video stats"],
  [
    "Toutiao",
    mapItem,
    { group_id: "7", title: "The ferry is back" },
    "media_info mediaInfo user_info media_user image_list large_image_list middle_image",
  ],
  ["Instagram", mapInstagram, { code: "C1", taken_at: 1754577401 }, "user owner caption"],
  [
    "the graph of Instagram",
    mapInstagram,
    { shortcode: "C1", taken_at_timestamp: 1754577401, edge_media_to_caption: { edges: [] } },
    "owner",
  ],
  ["Threads", mapThreads, { code: "C1", taken_at: 1754577401 }, "user owner caption text_post_app_info"],
];

describe.each(CASES)("a post of %s", (_, map, post, parts) => {
  const unknown = (more: object) => {
    const mapped = map({ ...post, ...more });
    return "rejected" in mapped ? mapped.rejected : mapped.unknown_fields;
  };
  test.each(parts.split(" "))("reports a new field of its %s", (part) => {
    expect(unknown({})).toEqual([]);
    expect(unknown({ [part]: { surprise: "?" } })).toEqual([`${part}.surprise`]);
    expect(unknown({ [part]: [{ surprise: "?" }] })).toEqual([`${part}.surprise`]);
  });
});
