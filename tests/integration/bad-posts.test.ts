import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { configSchema } from "../../config/schema.ts";
import type { Link } from "../../contracts/link.ts";
import type { Log } from "../../contracts/log.ts";
import type { Run } from "../../contracts/run.ts";
import type { StoredPost } from "../../contracts/store.ts";
import type { Story, Trace } from "../../contracts/trace.ts";
import { parseQuery } from "../../text/query.ts";
import { importFiles } from "../../workers/embedded.ts";
import { all, quiet, temporaryFolder, withStore } from "../support/pipeline.ts";
import { ARTICLE } from "../support/posts.ts";

interface Found {
  readonly run: Run;
  readonly warnings: readonly string[];
  readonly posts: readonly StoredPost[];
  readonly links: readonly Link[];
  readonly stories: readonly Story[];
  readonly traces: readonly Trace[];
  search(query: string): Promise<readonly string[]>;
}

/** Imports posts through everything, and looks at all that came of them. */
async function imported(
  posts: readonly object[],
  look: (found: Found) => void | Promise<void>,
): Promise<void> {
  using folder = temporaryFolder();
  const file = path.join(folder.dir, "posts.jsonl");
  const line = (post: object, i: number) =>
    JSON.stringify({
      platform: "weibo",
      id: `p${i}`,
      account: { id: `a${i}` },
      published_at: at(i),
      ...post,
    });
  writeFileSync(file, posts.map((post, i) => `${line(post, i)}\n`).join(""));
  const warnings: string[] = [];
  const log: Log = { ...quiet, warn: (sentence) => warnings.push(sentence) };
  const config = configSchema.parse({ data: path.join(folder.dir, "data") });
  const signal = new AbortController().signal;
  const [run] = await importFiles(config, { files: [file], options: {}, name: "lines", log, signal });
  await withStore(folder.dir, async (store) => {
    const search = async (query: string) => {
      const ids: string[] = [];
      for await (const { post } of store.find("posts", parseQuery(query))) ids.push(post.id);
      return ids;
    };
    await look({
      run: run!,
      warnings,
      search,
      posts: await all(store, "posts"),
      links: await all(store, "links"),
      stories: await all(store, "stories"),
      traces: await all(store, "traces"),
    });
  });
}

const at = (minutes: number) => new Date(Date.UTC(2021, 8, 8) + minutes * 60_000).toISOString();

/** Han characters that no two numbers share a passage of. */
function unrelated(number: number, length = 40): string {
  let state = number * 2_654_435_761 + 1;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return String.fromCodePoint(0x4e00 + ((state >>> 8) % 15_000));
  }).join("");
}

const asserted = (links: readonly Link[]) => links.filter(({ status }) => status === "asserted");

// More than make a passage common (contracts/keys.ts), few enough for a fast test; the sizes of a bad day are the bench's.
const MANY = 260;
/** From so many on it is told. */
const CROWD = 1_000;

describe("posts that ask for too much", () => {
  it("a text too long to compare whole is compared by its beginning, found by its end, and told", async () => {
    const long = `${ARTICLE}${unrelated(1, 300_000)}末尾在此`;
    await imported([{ text: long }, { text: ARTICLE }], async ({ posts, links, warnings, search }) => {
      expect(posts.map(({ post }) => post.text.length).sort()).toEqual([ARTICLE.length, long.length]);
      expect(warnings).toEqual([
        expect.stringMatching(/^weibo:p0: only the first [\d,]+ characters of its 300\d+/),
      ]);
      expect(asserted(links)).toHaveLength(1);
      expect(await search("末尾在此")).toEqual(["weibo:p0"]);
    });
  }, 30_000);

  it("one footer in many posts ties none of them, and is told when it is counted no more", async () => {
    const footer =
      "以上内容仅供参考，版权归原作者所有，如有侵权请联系我们删除。关注本号，每天为您推送本地资讯。";
    const posts = Array.from({ length: CROWD }, (_, i) => ({ text: `${unrelated(i, 50)}\n${footer}` }));
    await imported(posts, ({ links, stories, warnings, run }) => {
      expect(run.buckets.added).toBe(CROWD);
      expect(asserted(links)).toEqual([]);
      expect(stories).toEqual([]);
      // Far fewer than each with each.
      expect(links.length).toBeLessThan(CROWD * 30);
      expect(warnings).toEqual([
        expect.stringMatching(/stands in 1000 posts by now; they are compared with a few/),
      ]);
    });
  }, 30_000);

  it("one slogan in many posts ties none of them, alone or with words of their own", async () => {
    const slogan = "团结起来守护我们共同的家园";
    const posts = Array.from({ length: MANY }, (_, i) => ({
      text:
        i % 3 === 0
          ? `${slogan}！`
          : i % 3 === 1
            ? `${slogan}，${unrelated(i)}`
            : `${unrelated(i)}。${slogan}！`,
    }));
    await imported(posts, ({ links, stories }) => {
      expect(asserted(links)).toEqual([]);
      expect(stories).toEqual([]);
      expect(links.length).toBeLessThan(MANY * 20);
    });
  }, 30_000);
});

describe("posts that contradict themselves", () => {
  it("one that quotes and links to itself is its own story of one", async () => {
    const url = "https://weibo.example/p0";
    const references = [
      { kind: "quote", id: "p0" },
      { kind: "link", url },
    ];
    const declared_source = { kind: "reprint", name: "自己", url };
    await imported([{ text: ARTICLE, url, references, declared_source }], ({ posts, links, stories }) => {
      expect(posts).toHaveLength(1);
      expect(links).toEqual([]);
      expect(stories).toEqual([]);
    });
  });

  it("reposts in a ring are one story in which every line of parents ends", async () => {
    const ring = (of: number, size: number, from: number) => ({
      text: `${unrelated(of, 60)}第${of}条`,
      references: [{ kind: "repost", id: `p${from + ((of - from + 1) % size)}` }],
    });
    const posts = [...[0, 1, 2].map((i) => ring(i, 3, 0)), ...[3, 4].map((i) => ring(i, 2, 3))];
    await imported(posts, ({ stories, traces }) => {
      expect(stories.map(({ members }) => members.length).sort()).toEqual([2, 3]);
      for (const { parents, order } of traces) {
        for (const start of order) {
          const seen = new Set<string>();
          for (let one: string | null = start; one !== null; one = parents[one]!.parent) {
            expect(seen.has(one)).toBe(false);
            seen.add(one);
          }
        }
      }
    });
  });

  it("a clock that is off by a day turns no stated repost round, and what it cannot order it does not", async () => {
    const day = 24 * 60;
    const repost = { text: ARTICLE, published_at: at(-day), references: [{ kind: "repost", id: "p0" }] };
    await imported([{ text: ARTICLE, published_at: at(0) }, repost], ({ links, traces }) => {
      expect(links.map(({ child, parent }) => [child, parent])).toEqual([["weibo:p1", "weibo:p0"]]);
      expect(links[0]!.lag_seconds).toEqual([-86_400, -86_400]);
      expect(traces[0]!.parents["weibo:p1"]).toMatchObject({ parent: "weibo:p0", status: "chosen" });
    });
    // A copy dated a day ahead of the clock is kept with its date; two days ahead it is no date.
    const ahead = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const copies = [
      { text: ARTICLE, published_at: ahead(24) },
      { text: `${ARTICLE}。`, published_at: ahead(72) },
    ];
    await imported(copies, ({ run, posts, traces }) => {
      expect(run.buckets).toMatchObject({ added: 1, undated: 1, rejected: 0 });
      expect(posts.filter(({ post }) => post.published_at === null)).toHaveLength(1);
      expect(traces).toHaveLength(1);
    });
  });

  it("without a text count what they show; with nothing at all they are no posts", async () => {
    const media = [{ kind: "image", sha256: "ab".repeat(32) }];
    const posts = [
      { text: "", media },
      { text: null, media },
      { text: " \n ", title: "" },
      { text: "", title: "只有标题的一条消息" },
      {},
      { text: "😀🙏！？……" },
    ];
    await imported(posts, ({ run, posts: kept, links, stories }) => {
      expect(run.buckets).toMatchObject({ added: 4, rejected: 2 });
      expect(run.problems).toEqual([
        expect.stringMatching(/line 3: no text, title, media or reference/),
        expect.stringMatching(/line 5: no text, title, media or reference/),
      ]);
      expect(kept).toHaveLength(4);
      // The same image is worth a look and proves no copy; no text is not the same text.
      expect(links.map(({ relation, status }) => [relation, status])).toEqual([
        ["shared-media", "suggested"],
      ]);
      expect(stories).toEqual([]);
    });
  });
});

describe("posts in every script", () => {
  const ARABIC =
    "أعلنت البلدية صباح اليوم إغلاق الجسر القديم أمام المركبات حتى نهاية الأسبوع بسبب أعمال الصيانة الطارئة ودعت السكان إلى استخدام الطريق الشمالي البديل خلال هذه الفترة";
  const VOWELLED = ARABIC.replace(/ب/g, "بَ").replace(/ل/g, "لْ").replace(/اليوم/g, "اليـــوم");
  const HEBREW =
    "העירייה הודיעה הבוקר על סגירת הגשר הישן לתנועת כלי רכב עד סוף השבוע בשל עבודות תחזוקה דחופות וקראה לתושבים להשתמש בדרך הצפונית";

  it("right-to-left text is the same with and without its vowel marks and direction controls, and no other", async () => {
    const posts = [
      { text: ARABIC },
      { text: `\u202b${VOWELLED}\u202c` },
      { text: `\u2067${HEBREW}\u2069` },
      {
        text: "صدر العدد الجديد من مجلة البستنة وفيه مقالات عن تقليم أشجار الزيتون والعناية بالورود في فصل الشتاء وطرق حفظ البذور للموسم القادم في البيوت",
      },
    ];
    await imported(posts, async ({ links, stories, search, posts: kept }) => {
      expect(links.map(({ child, parent, relation, status }) => [child, parent, relation, status])).toEqual([
        ["weibo:p1", "weibo:p0", "copy", "asserted"],
      ]);
      expect(stories).toHaveLength(1);
      // As it was written, marks and controls and all.
      expect(kept.find(({ post }) => post.id === "weibo:p1")!.post.text).toBe(`\u202b${VOWELLED}\u202c`);
      expect((await search("الجسر")).toSorted()).toEqual(["weibo:p0", "weibo:p1"]);
      expect(await search("הגשר")).toEqual(["weibo:p2"]);
    });
  });

  it("letters under heaps of combining marks are compared as letters, and marks alone are nothing", async () => {
    const heap = Array.from({ length: 60 }, (_, i) => String.fromCodePoint(0x0300 + (i % 0x50))).join("");
    const zalgo = (text: string) => [...text].map((letter) => letter + heap).join("");
    const plain =
      "The old bridge is closed to traffic until Friday for repairs, the harbour council said this morning";
    const other =
      "Peach jam sold out within an hour at the Saturday market and the growers promised a second batch soon";
    const posts = [
      { text: plain },
      { text: zalgo(plain) },
      { text: zalgo(other) },
      { text: heap },
      { text: heap },
    ];
    await imported(posts, async ({ links, run, search }) => {
      expect(run.buckets.added).toBe(5);
      expect(links.map(({ child, parent, status }) => [child, parent, status])).toEqual([
        ["weibo:p1", "weibo:p0", "asserted"],
      ]);
      expect((await search("harbour")).toSorted()).toEqual(["weibo:p0", "weibo:p1"]);
    });
  });
});
