import { describe, expect, it } from "vitest";
import type { PostDraft } from "../../contracts/post.ts";
import { identify } from "../../text/identify.ts";

const context = { source: "test", collected_at: "2026-01-01T00:00:00.000Z" };
const made = (draft: Partial<PostDraft>) => {
  const identified = identify({ platform: "web", text: "some words", ...draft }, context);
  if ("rejected" in identified) throw new Error(identified.rejected);
  return identified;
};

describe("identity", () => {
  it("is platform and native id, whether or not the id names the platform already", () => {
    expect(made({ platform: "wechat", id: "mp-1" }).post.id).toBe("wechat:mp-1");
    expect(made({ platform: "wechat", id: "wechat:mp-1" }).post.id).toBe("wechat:mp-1");
  });

  it("is the same for two spellings of one URL", () => {
    const a = made({ url: "https://www.news.example/a?utm_source=x" }).post.id;
    expect(a).toBe(made({ url: "http://news.example/a" }).post.id);
    expect(a).toMatch(/^web:[0-9a-f]{20}$/);
  });

  it("without id and URL rests on content and time", () => {
    const at = "2025-01-01T00:00:00Z";
    expect(made({ published_at: at }).post.id).toBe(made({ published_at: at }).post.id);
    expect(made({ published_at: at }).post.id).not.toBe(
      made({ published_at: at, text: "other words" }).post.id,
    );
  });
});

describe("time of publication of what somebody saw before us", () => {
  const observed_at = "2021-09-10T03:00:00Z";

  it("is bounded by when it was seen", () => {
    expect(made({ observed_at }).post.published).toEqual({
      earliest: null,
      latest: "2021-09-10T03:00:00.999Z",
      basis: "observed",
    });
    const { published } = made({ observed_at, published_at: "2021-09-10" }).post;
    expect(published).toMatchObject({
      earliest: "2021-09-09T10:00:00.000Z",
      latest: "2021-09-10T03:00:00.999Z",
    });
  });

  it("is not believed when it lies after", () => {
    const { post, undated } = made({ observed_at, published_at: "2021-09-12T00:00:00Z" });
    expect(undated).toMatch(/lies after it was seen; kept as seen by 2021-09-10T03/);
    expect(post.published.latest).toBe("2021-09-10T03:00:00.999Z");
  });

  it("means nothing when it lies after the time of collection, or is no date", () => {
    for (const wrong of ["2030-01-01T00:00:00Z", "soon"])
      expect(made({ observed_at: wrong }).post.published.latest).toBe(context.collected_at);
  });
});

describe("time of publication", () => {
  it("keeps a stated instant with its precision as the interval", () => {
    const { post, undated } = made({ published_at: "2021-09-09T08:00:00+08:00" });
    expect(undated).toBeNull();
    expect(post.published_at).toBe("2021-09-09T00:00:00Z");
    expect(post.published).toMatchObject({
      earliest: "2021-09-09T00:00:00.000Z",
      latest: "2021-09-09T00:00:00.999Z",
      basis: "platform",
    });
  });

  it("is guessed when the zone is not stated", () => {
    expect(
      made({ published_at: "2021-09-09 08:00", published_zone: "Asia/Shanghai" }).post.published.basis,
    ).toBe("guessed");
  });

  it.each([
    ["missing", null, /no time of publication/],
    ["in 9999", "9999-12-31T23:59:59Z", /lies in the future/],
    ["no date", "soon", /no date that can be read/],
    ["before the web", "1970-01-01T00:00:00Z", /before the web/],
  ])("that is %s leaves the post, seen by the time of collection", (_, published_at, sentence) => {
    const { post, undated } = made({ published_at });
    expect(undated).toMatch(sentence);
    expect(post.published_at).toBeNull();
    expect(post.published).toMatchObject({ earliest: null, latest: context.collected_at, basis: "observed" });
  });
});

describe("refusal", () => {
  it("names an unknown platform and what to do", () => {
    expect(identify({ platform: "wechatt", text: "a" }, context)).toMatchObject({
      rejected: expect.stringContaining('"wechatt"'),
    });
    expect(
      identify({ platform: "wechatt", text: "a" }, { ...context, platforms: ["wechatt"] }),
    ).toHaveProperty("post");
  });

  it("of a record with nothing in it", () => {
    expect(identify({ platform: "web", text: " " }, context)).toHaveProperty("rejected");
  });
});

it("takes up links written in the text, once", () => {
  const { post } = made({
    text: "see https://a.example/1 and https://a.example/1",
    references: [{ kind: "repost", url: "https://b.example" }],
  });
  expect(post.references).toEqual([
    { kind: "repost", url: "https://b.example" },
    { kind: "link", url: "https://a.example/1" },
  ]);
});
