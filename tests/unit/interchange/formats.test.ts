import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { FORMAT_NAMES, KIND_NAMES } from "../../../cli/export/names.ts";
import { planOf } from "../../../cli/export/plan.ts";
import { file } from "../../../collectors/file/index.ts";
import { configSchema } from "../../../config/schema.ts";
import { EXPORT_KINDS, profileSchema, sharingSchema, techniqueSchema } from "../../../config/sharing.ts";
import type { Link } from "../../../contracts/link.ts";
import type { StoredPost } from "../../../contracts/store.ts";
import { csv } from "../../../reports/interchange/csv.ts";
import type { Context, Supply } from "../../../reports/interchange/format.ts";
import { formats } from "../../../reports/interchange/index.ts";
import { jsonl } from "../../../reports/interchange/jsonl.ts";
import { techniquesOf } from "../../../reports/interchange/techniques.ts";
import { uuid5 } from "../../../reports/interchange/uuid.ts";
import { xml } from "../../../reports/interchange/xml.ts";
import { guardedCell, unguardedCell } from "../../../text/csv-cells.ts";
import { identify } from "../../../text/identify.ts";
import { post } from "../../support/posts.ts";

const sharing = configSchema.parse({}).sharing;

const context: Context = {
  marking: null,
  tlp: null,
  organisation: "A desk",
  techniques: [],
  actors: new Map(),
  wrote: () => {},
  leftOut: () => {},
};

function stored(draft: Parameters<typeof post>[0]): StoredPost {
  return { post: post(draft), revision: "r", mark: null, findings: null, story: null };
}

function supplying(posts: readonly StoredPost[]): Supply {
  const find = async function* () {
    yield* posts;
  };
  return { find } as unknown as Supply;
}

async function text(parts: AsyncIterable<string>): Promise<string> {
  let whole = "";
  for await (const part of parts) whole += part;
  return whole;
}

describe("the lists", () => {
  it("of the command line are those of the formats and the config", () => {
    expect([...FORMAT_NAMES]).toEqual(formats.map(({ name }) => name));
    expect([...KIND_NAMES]).toEqual([...EXPORT_KINDS]);
  });
});

describe("what was asked for", () => {
  it("is what the format is made for, when no kind is named", () => {
    expect(planOf(sharing, { kind: undefined, format: "stix" })).toMatchObject({
      kind: "stories",
      profile: { name: "default" },
    });
    expect(planOf(sharing, { kind: "posts", format: "jsonl" }).profile.name).toBe("own");
  });

  it("is refused with what is possible", () => {
    expect(() => planOf(sharing, { kind: "runs", format: "gexf" })).toThrow(
      "runs cannot be written as gexf, which is made of links or accounts; runs can be written as jsonl or csv",
    );
    expect(() => planOf(sharing, { kind: undefined, format: "csv" })).toThrow(
      "say what to write as csv: posts, links, stories, alerts or runs",
    );
    expect(() => planOf(sharing, { kind: "runs", format: "csv" })).toThrow(
      "the profile default does not share runs",
    );
    expect(() => planOf(sharing, { kind: "posts", format: "csv", profile: "press" })).toThrow(
      "there is no profile press; there are default and own",
    );
  });

  it("is refused when it carries what the profile does not share", () => {
    const stories = sharingSchema.parse({ profiles: [{ name: "press", kinds: ["stories"] }] });
    expect(() => planOf(stories, { kind: "stories", format: "misp", profile: "press" })).toThrow(
      "the profile press does not share posts, and misp of stories carries them",
    );
  });

  it("never has records as they came behind pseudonyms", () => {
    expect(
      profileSchema.safeParse({ name: "press", kinds: ["quarantine"] }).error?.issues[0]?.message,
    ).toContain("quarantine holds records as they came");
  });
});

describe("CSV", () => {
  const nasty = [
    '=HYPERLINK("http://x.example","a")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "'quoted",
    "''=1",
    "＝1",
    'a "b", c\nd',
  ];

  it.each(nasty)("guards %j and gives it back", (value) => {
    expect(guardedCell(value)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
    expect(unguardedCell(guardedCell(value))).toBe(value);
  });

  it("gives posts back as they were through the file collector", async () => {
    const posts = nasty.map((value, i) =>
      stored({
        id: `p${i}`,
        platform: "weibo",
        url: `https://weibo.example/${i}`,
        account: { id: "7", handle: value, name: value },
        title: i % 2 === 0 ? null : value,
        text: value,
        lang: "zh",
        published_at: i === 3 ? "2021-09-09 08:00" : "2021-09-09T08:00:00Z",
        ...(i === 3 ? { published_zone: "Asia/Shanghai" } : {}),
        engagement: { views: 100_000, likes: null, reposts: 3, comments: 0 },
        references: [
          { kind: "link", url: "https://a.example/1" },
          { kind: "link", url: "https://b.example/2" },
        ],
        media: [{ kind: "image", sha256: "ab".repeat(32) }],
        declared_source: { kind: "reprint", name: value },
      }),
    );
    const table = await text(csv.write("posts", supplying(posts), context));
    const rows = parse(table, { columns: true }) as Record<string, string>[];
    const options = { path: "posts.csv" } as never;
    const back = rows.map((row) => {
      const mapped = file.map({ row }, options);
      if ("rejected" in mapped) throw new Error(mapped.rejected);
      const at = { source: "test", collected_at: posts[0]!.post.collected_at };
      return identify(mapped.draft, at);
    });
    expect(back).toMatchObject(posts.map(({ post }) => ({ post })));
  });

  it("says so when a list in a row is cut short", () => {
    const row = { platform: "weibo", text: "a", references: '[{"kind":', guard: "apostrophe" };
    expect(file.map({ row }, { path: "a.csv" } as never)).toMatchObject({
      rejected: expect.stringContaining("a list in the row is no JSON"),
    });
  });
});

describe("JSON Lines", () => {
  it("writes one object a line", async () => {
    const lines = await text(
      jsonl.write("posts", supplying([stored({ id: "a" }), stored({ id: "b" })]), context),
    );
    expect(
      lines
        .trimEnd()
        .split("\n")
        .map((line) => (JSON.parse(line) as { id: string }).id),
    ).toEqual(["web:a", "web:b"]);
  });
});

describe("techniques of DISARM", () => {
  const link = {
    relation: "copy-with-commentary",
    credit: "uncredited",
    status: "asserted",
    verdict: null,
  } as Link;
  const mapping = techniqueSchema.parse({
    finding: "uncredited-copy",
    technique: "T0084.002",
    by: "R. Analyst",
    date: "2026-03-02",
  });

  it("are claimed where an analyst mapped the finding, and nowhere else", () => {
    expect(techniquesOf(link, [mapping])).toEqual([mapping]);
    expect(techniquesOf(link, [])).toEqual([]);
    expect(techniquesOf({ ...link, credit: "credited" }, [mapping])).toEqual([]);
    expect(techniquesOf({ ...link, status: "suggested" }, [mapping])).toEqual([]);
    expect(techniquesOf({ ...link, verdict: "rejected" }, [mapping])).toEqual([]);
    expect(techniquesOf({ ...link, status: "suggested", verdict: "confirmed" }, [mapping])).toEqual([
      mapping,
    ]);
  });

  it("must be in the vocabulary, and somebody's decision", () => {
    const wrong = techniqueSchema.safeParse({ ...mapping, technique: "T9999" });
    expect(wrong.error?.issues[0]?.message).toBe(
      'DISARM has no technique "T9999"; write an id like T0084.002',
    );
    expect(techniqueSchema.safeParse({ finding: "uncredited-copy", technique: "T0084.002" }).success).toBe(
      false,
    );
  });
});

describe("ids", () => {
  it("are version 5 as RFC 9562 makes them", () => {
    // The RFC's own example (appendix A.4).
    expect(uuid5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com")).toBe(
      "2ed6657d-e927-568b-95e1-2665a8aea6a2",
    );
  });
});

describe("XML", () => {
  it("escapes what has a meaning and leaves out what cannot be written", () => {
    expect(xml('<a href="x">&\u0000\ud800\n\u001b')).toBe("&lt;a href=&quot;x&quot;&gt;&amp;\ufffd&#10;");
  });
});
