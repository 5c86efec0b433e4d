import type { StoredPost } from "../../contracts/store.ts";
import { guardedCell } from "../../text/csv-cells.ts";
import { canonicalUrl } from "../../text/urls.ts";
import { csvLine } from "./csv.ts";
import type { Format } from "./format.ts";

export const coortweet: Format = {
  name: "coortweet",
  title: "CooRTweet table",
  summary:
    "The four columns that CooRTweet (R) finds coordinated sharing in: object_id, account_id, content_id, timestamp_share.",
  notes: [
    "Of `stories` the shared object is the story. Of `posts` it is each linked page and each image or video of a post: a post with three is three rows.",
    "`timestamp_share` is in seconds since 1970. Only posts whose instant of publication is known are rows; the others are counted.",
    "What CooRTweet finds is co-sharing. Whether it is coordination is for a person to judge.",
  ],
  references: ["https://github.com/nicolarighetti/CooRTweet"],
  kinds: ["stories", "posts"],
  hasDefaultKind: true,
  carries: { stories: ["posts"] },
  async *write(kind, supply, { wrote, leftOut }) {
    yield csvLine(["object_id", "account_id", "content_id", "timestamp_share"]);
    const rows = (stored: StoredPost, objects: readonly string[]) =>
      objects.map((object) => rowOf(stored, object)).join("");
    if (kind === "stories") {
      for await (const { story, posts } of supply.wholeStories()) {
        const dated = posts.filter(isDated);
        if (dated.length === 0) leftOut("no post with a known time");
        else wrote();
        yield dated.map((stored) => rows(stored, [story.story])).join("");
      }
      return;
    }
    for await (const stored of supply.find("posts")) {
      const objects = objectsOf(stored);
      if (!isDated(stored)) leftOut("without a known time");
      else if (objects.length === 0) leftOut("shares no page, image or video");
      else {
        wrote();
        yield rows(stored, objects);
      }
    }
  },
};

function isDated({ post }: StoredPost): boolean {
  return post.published_at !== null;
}

function objectsOf({ post }: StoredPost): readonly string[] {
  const pages = post.references.flatMap(({ kind, url }) =>
    kind === "link" && url !== undefined ? [`url:${canonicalUrl(url) ?? url}`] : [],
  );
  const media = post.media.flatMap(({ sha256, phash }) => {
    if (sha256 !== undefined) return [`sha256:${sha256}`];
    return phash === undefined ? [] : [`phash:${phash}`];
  });
  return [...new Set([...pages, ...media])];
}

function rowOf({ post }: StoredPost, object: string): string {
  const seconds = Math.floor(Date.parse(post.published_at!) / 1000);
  return csvLine([
    guardedCell(object),
    guardedCell(`${post.platform}:${post.account.id}`),
    guardedCell(post.id),
    String(seconds),
  ]);
}
