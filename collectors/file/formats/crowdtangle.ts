import type { PostDraft, Reference } from "../../../contracts/post.ts";
import { engagementFrom } from "../../../text/counts.ts";
import { firstUrl, followersOf } from "../../values.ts";
import { cell, type Format, type Row } from "./format.ts";

/** CrowdTangle closed in August 2024: what there is, are old exports. Its tables of Facebook and of Instagram differ. */
export const crowdtangle: Format = {
  title: "an export of CrowdTangle",
  rows: [
    {
      needs: [
        ["Page Name", "Group Name"],
        "Facebook Id",
        "Followers at Posting",
        "Post Created",
        "Type",
        "Total Interactions",
        "Likes",
        "Comments",
        "Shares",
        "URL",
        "Message",
        "Link",
      ],
      used: [
        "User Name",
        "Final Link",
        "Image Text",
        "Link Text",
        "Description",
        "Post Views",
        "Total Views",
      ],
      // The name and the place of a page's administrators are the platform's claim about people; reactions beside the
      // likes, and what CrowdTangle computed, are not what a post is compared by.
      ignored: [
        ..."Page Category|Page Admin Top Country|Page Description|Page Created|Likes at Posting".split("|"),
        ..."Post Created Date|Post Created Time|Love|Wow|Haha|Sad|Angry|Care|Video Share Status".split("|"),
        ..."Is Video Owner?|Total Views For All Crossposts|Video Length|Sponsor Id|Sponsor Name".split("|"),
        ..."Sponsor Category|CT_Link".split("|"),
      ],
      ignoredLike: /Overperforming/,
      map: facebook,
    },
    {
      needs: [
        "Account",
        "User Name",
        "Followers at Posting",
        "Post Created",
        "Type",
        "Likes",
        "Comments",
        "Views",
        "URL",
        "Link",
        "Photo",
        "Title",
        "Description",
      ],
      used: [],
      ignored: [
        "Post Created Date",
        "Post Created Time",
        "Total Interactions",
        "Image Text",
        "Sponsor Id",
        "Sponsor Name",
      ],
      ignoredLike: /Overperforming/,
      map: instagram,
    },
  ],
};

function facebook(row: Row): PostDraft {
  const url = firstUrl(row.URL);
  const page = cell(row, "Facebook Id");
  const post =
    url === null ? null : (/\/(?:posts|videos|photos|permalink)\/(?:.*\/)?(\d+)/.exec(url)?.[1] ?? null);
  const message = cell(row, "Message", "Image Text", "Description");
  const name = cell(row, "Page Name", "Group Name");
  return {
    platform: "facebook",
    id: page === null || post === null ? null : `${page}_${post}`,
    url,
    account: {
      id: page ?? cell(row, "User Name"),
      handle: cell(row, "User Name"),
      name,
      ...followersOf(cell(row, "Followers at Posting")),
    },
    published_at: cell(row, "Post Created"),
    // The headline of the page that is linked to; it is shown with the post.
    title: cell(row, "Link Text"),
    text: message,
    // Facebook counts views of videos only; the export has 0 for everything else.
    engagement: engagementFrom({
      views: positive(cell(row, "Post Views")) ?? positive(cell(row, "Total Views")),
      likes: cell(row, "Likes"),
      reposts: cell(row, "Shares"),
      comments: cell(row, "Comments"),
    }),
    references: linksOf(row, url),
  };
}

/** Another post of Facebook that is linked to was shared; anything else is a link. */
function linksOf(row: Row, own: string | null): readonly Reference[] {
  const url = firstUrl(cell(row, "Final Link"), cell(row, "Link"));
  if (url === null || url === own) return [];
  const shared = /^https?:\/\/(?:www\.|m\.)?facebook\.com\/([^/?#]+)\//i.exec(url)?.[1];
  const isOwn = shared !== undefined && [row["User Name"], row["Facebook Id"]].includes(shared);
  return isOwn ? [] : [{ kind: shared === undefined ? "link" : "repost", url }];
}

function instagram(row: Row): PostDraft {
  const url = firstUrl(row.URL);
  const link = firstUrl(row.Link);
  const photo = firstUrl(row.Photo);
  return {
    platform: "instagram",
    id: url === null ? null : (/\/(?:p|reel|tv)\/([\w-]+)/.exec(url)?.[1] ?? null),
    url,
    account: {
      id: cell(row, "User Name"),
      handle: cell(row, "User Name"),
      name: cell(row, "Account"),
      ...followersOf(cell(row, "Followers at Posting")),
    },
    published_at: cell(row, "Post Created"),
    title: cell(row, "Title"),
    text: cell(row, "Description"),
    engagement: engagementFrom({
      views: positive(cell(row, "Views")),
      likes: cell(row, "Likes"),
      comments: cell(row, "Comments"),
    }),
    references: link === null || link === url ? [] : [{ kind: "link", url: link }],
    media: photo === null ? [] : [{ kind: "image", url: photo }],
  };
}

function positive(count: string | null): string | null {
  return count === null || /^0*$/.test(count) ? null : count;
}
