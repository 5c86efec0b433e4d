import { describe, expect, it } from "vitest";
import { type Gist, gistOf } from "../../../analyzers/links/gist.ts";
import { randomFrom } from "../../../bench/simulator/random.ts";
import { copiesSchema } from "../../../config/copies.ts";
import type { PostDraft } from "../../../contracts/post.ts";
import { createDesk } from "../../../pipelines/judge/desk.ts";
import { Gists } from "../../../pipelines/judge/gists.ts";
import type { ReadPost } from "../../../pipelines/judge/prepared.ts";
import { roomIn } from "../../../pipelines/judge/room.ts";
import { putUnits, unitsAt } from "../../../text/unit-bytes.ts";
import { madeCorpus } from "../../support/corpus.ts";
import { ARTICLE, post, prepared } from "../../support/posts.ts";

it("keeps units of every script as bytes", () => {
  const random = randomFrom("units");
  const edges = [0, 0x1f, 0x20, 0x7f, 0x80, 0x42f, 0x430, 0x44f, 0x450, 0xdff, 0xe00, 0x2fff, 0x3000, 0x9fff];
  const units = Uint16Array.from([...edges, 0xa000, 0xac00, 0xd83d, 0xffff]);
  const mixed = Uint16Array.from({ length: 5_000 }, () => random.between(0, 0xffff));
  for (const each of [units, mixed, units.subarray(0, 0)]) {
    const bytes = new DataView(new ArrayBuffer(3 * each.length + 5));
    const end = putUnits(each, bytes, 5);
    expect(unitsAt(bytes, 5, end)).toEqual(each);
  }
});

describe("the gists of posts that are let go of", () => {
  const posts = [
    prepared({ id: "1", title: "Le pont est fermé", text: ARTICLE, url: "https://a.example/1" }),
    prepared({ id: "2", platform: "weibo", text: "!!", media: [{ kind: "image", sha256: "a".repeat(64) }] }),
    prepared({ id: "3", title: "", text: "Мост закрыт 🌉", published_at: null }),
  ];
  /** What is kept of a gist: not where its units stood. */
  const told = ({ post: { id }, body, title, ...rest }: Gist) => {
    const units = [body, title].map((each) => each && [each.wording.units, each.wording.weights, each.grams]);
    return { id, units, ...rest };
  };

  it("come back as they were", () => {
    const gists = new Gists(2 ** 30);
    for (const each of posts) gists.put(gistOf(each), "7");
    for (const each of posts) {
      const { gist, revision } = gists.get(each.post.id)!;
      expect(told(gist)).toEqual(told(gistOf(each)));
      expect(revision).toBe("7");
    }
    gists.put(gistOf(posts[0]!), "8");
    expect(gists.get(posts[0]!.post.id)?.revision).toBe("8");
    gists.forget(posts[0]!.post.id);
    expect(gists.get(posts[0]!.post.id)).toBeUndefined();
    expect(gists.get("web:never")).toBeUndefined();
  });

  it("are let go of by and by, and a very long one is not kept", () => {
    const gists = new Gists(16 * 2 ** 20);
    const long = prepared({ id: "long", text: ARTICLE.repeat(400) });
    gists.put(gistOf(long), "1");
    expect(gists.get(long.post.id)).toBeUndefined();
    const big = gistOf(prepared({ id: "big", text: ARTICLE.repeat(80) }));
    for (let i = 0; i < 2_000; i++) gists.put({ ...big, post: { id: `web:${i}` } }, "1");
    expect(gists.get("web:0")).toBeUndefined();
    expect(gists.get("web:1999")?.gist.body.grams).toEqual(big.body.grams);
  });
});

describe("a desk that has let go of posts", () => {
  const parts = {
    actorOf: () => null,
    watchesOf: () => [],
    copies: copiesSchema.parse({}),
    version: "a test",
  };
  const room = roomIn(8);
  const read: readonly ReadPost[] = madeCorpus("gists", 60).map((line, i) => {
    const draft = JSON.parse(line) as PostDraft & { id: string; text: string };
    const media = i % 9 === 0 ? [{ kind: "image" as const, phash: `${i % 2}` }] : [];
    const title = i % 3 === 0 ? { title: draft.text.slice(0, 30) } : {};
    return { post: post({ ...draft, ...title, media }), revision: "1" };
  });
  const ids = read.map(({ post: { id } }) => id);
  const pairs = Int32Array.from(ids.flatMap((_, i) => ids.slice(0, i).flatMap((_, j) => [i, j])));
  const asked = { ids, pairs, posts: [], absent: [] };
  const byId = new Map(read.map((each) => [each.post.id, each]));

  async function lettingGo(stored: ReadonlyMap<string, ReadPost>) {
    const wanted = new Set<string>();
    const beside = (missing: readonly string[]) => {
      for (const id of missing) wanted.add(id);
      return missing.flatMap((id) => stored.get(id) ?? []);
    };
    const desk = createDesk(parts, { ...room, characters: 0 }, { beside });
    await desk.read(read);
    await desk.compare({ ...asked, pairs: Int32Array.of() });
    return { desk, wanted };
  }

  it("finds the same links, and reads only what may have one", async () => {
    const expected = await createDesk(parts, room).compare({ ...asked, posts: read });
    const { desk, wanted } = await lettingGo(byId);
    const compared = await desk.compare(asked);
    expect(compared).toEqual(expected);
    expect("links" in compared && compared.links.length).toBeGreaterThan(100);
    const alone = ids.filter((id) => !wanted.has(id));
    expect(alone.length).toBeGreaterThan(5);
    // Without what reads beside it says what it needs of whom it has only the gist.
    const here = createDesk(parts, { ...room, characters: 0 });
    await here.compare({ ...asked, posts: read });
    expect(await here.compare(asked)).toEqual({ missing: expect.not.arrayContaining(alone) });
    expect(await here.compare({ ...asked, posts: [...wanted].map((id) => byId.get(id)!) })).toEqual(expected);
  });

  it("looks again at posts that were changed or taken away meanwhile", async () => {
    const changed = new Map(byId);
    for (const [i, { post: each }] of read.entries()) {
      if (i % 4 === 0) changed.set(each.id, { post: { ...each, text: ARTICLE }, revision: "2" });
      if (i % 4 === 1) changed.delete(each.id);
    }
    const stored = [...changed.values()];
    const absent = ids.filter((id) => !changed.has(id));
    const { desk, wanted } = await lettingGo(changed);
    const compared = await desk.compare(asked);
    const fresh = await createDesk(parts, room).compare({ ...asked, posts: stored, absent });
    if ("missing" in compared || "missing" in fresh) throw new Error("all can be read");
    // Those that nothing called for are as they were; what was read was read for all.
    for (const [i, id] of ids.entries())
      expect(compared.revisions[i]).toBe(wanted.has(id) ? fresh.revisions[i] : "1");
    const ofRead = fresh.links.filter(({ child, parent }) => wanted.has(child) && wanted.has(parent));
    expect(compared.links).toEqual(ofRead);
  });
});
