import type { PostDraft, Reference } from "../../../contracts/post.ts";
import { engagementFrom } from "../../../text/counts.ts";
import { firstId, firstUrl, followersOf } from "../../values.ts";
import { cell, type Format, type Row } from "./format.ts";

/** The archive of information operations that Twitter published: posts of accounts it had taken down. */
export const twitterIo: Format = {
  title: "X's archive of information operations",
  rows: [
    {
      needs: [
        ..."tweetid userid user_screen_name tweet_language tweet_text tweet_time is_retweet".split(" "),
        ..."retweet_tweetid in_reply_to_tweetid quoted_tweet_tweetid".split(" "),
      ],
      used: [
        ..."user_display_name follower_count urls user_mentions reply_count like_count retweet_count".split(
          " ",
        ),
        ..."in_reply_to_userid retweet_userid".split(" "),
      ],
      // Where people say that they live, and their devices and coordinates, are not collected.
      ignored: [
        ..."user_reported_location user_profile_description user_profile_url following_count".split(" "),
        ..."account_creation_date account_language tweet_client_name latitude longitude quote_count".split(
          " ",
        ),
        ..."hashtags poll_choices".split(" "),
      ],
      map,
    },
  ],
};

function map(row: Row): PostDraft {
  const id = cell(row, "tweetid");
  const user = cell(row, "userid");
  // Of small accounts the archive gives a hash in place of the id, the name and the handle.
  const isHashed = user !== null && row.user_screen_name === user;
  const handle = isHashed ? null : cell(row, "user_screen_name");
  return {
    platform: "x",
    id,
    url: id === null ? null : `https://x.com/${handle ?? "i/web"}/status/${id}`,
    account: {
      id: user,
      handle,
      name: isHashed ? null : cell(row, "user_display_name"),
      ...followersOf(cell(row, "follower_count")),
    },
    published_at: timeOf(cell(row, "tweet_time")),
    text: cell(row, "tweet_text"),
    lang: languageOf(cell(row, "tweet_language")),
    engagement: engagementFrom({
      likes: cell(row, "like_count"),
      reposts: cell(row, "retweet_count"),
      comments: cell(row, "reply_count"),
    }),
    references: referencesOf(row),
  };
}

/** `2017-08-19 15:20`, which the archive's description says is UTC. */
function timeOf(written: string | null): string | null {
  return written !== null && /^\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?$/.test(written)
    ? `${written} UTC`
    : written;
}

/** `und` and `qme` and their like say that there is no language to tell. */
function languageOf(written: string | null): string | null {
  return written === null || /^(?:und|q[a-z]{2}|zx[a-z]?)$/.test(written) ? null : written;
}

function referencesOf(row: Row): readonly Reference[] {
  const references: Reference[] = [];
  const add = (kind: Reference["kind"], id: string | null, handle?: string) => {
    if (id !== null) references.push({ kind, id, ...(handle === undefined ? {} : { handle }) });
  };
  const retweeted = /^RT @(\w+):/.exec(row.tweet_text ?? "")?.[1];
  const repost = firstId(row.retweet_tweetid);
  if (repost === null && /^true$/i.test(row.is_retweet ?? "") && retweeted !== undefined)
    references.push({ kind: "repost", handle: retweeted });
  add("repost", repost, retweeted);
  add("reply", firstId(row.in_reply_to_tweetid));
  add("quote", firstId(row.quoted_tweet_tweetid));
  for (const url of listIn(row.urls)) {
    const address = firstUrl(url);
    if (address !== null) references.push({ kind: "link", url: address });
  }
  for (const user of listIn(row.user_mentions)) add("mention", firstId(user));
  return references;
}

/** A list as Python prints it, `['a', 'b']`, or as early files have it, `[a, b]`. */
function listIn(written: string | undefined): readonly string[] {
  const inside = /^\s*\[(.*)\]\s*$/s.exec(written ?? "")?.[1];
  if (inside === undefined) return [];
  const quoted = inside.match(/'[^']*'|"[^"]*"/g);
  return (quoted?.map((item) => item.slice(1, -1)) ?? inside.split(","))
    .map((item) => item.trim())
    .filter(Boolean);
}
