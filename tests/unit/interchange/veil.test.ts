import { describe, expect, it } from "vitest";
import type { StoredPost } from "../../../contracts/store.ts";
import { replacerOf } from "../../../reports/interchange/hidden-words.ts";
import { leaveOut } from "../../../reports/interchange/leave-out.ts";
import { veilOf } from "../../../reports/interchange/veil.ts";
import { post } from "../../support/posts.ts";

function stored(draft: Parameters<typeof post>[0]): StoredPost {
  return { post: post(draft), revision: "r", mark: null, findings: null, story: null };
}

const secret = stored({
  id: "maple_lady-17",
  platform: "telegram",
  url: "https://t.example/maple_lady/17",
  account: { id: "-100777", handle: "maple_lady", name: "枫叶阿姨" },
  text: "My own words.",
});
const paper = stored({
  id: "1",
  url: "https://paper.example/1",
  text: "枫叶阿姨 (@Maple_Lady, https://t.example/maple_lady/17) wrote; see https://t.example/other/2 and https://paper.example/2.",
  references: [
    { kind: "link", url: "https://t.example/maple_lady/17" },
    { kind: "mention", handle: "somebody" },
  ],
});

async function veiled(key: string | null, texts: "shown" | "all" | "none" = "shown") {
  const posts = async function* () {
    yield secret;
    yield paper;
  };
  return veilOf(posts(), { profile: { pseudonyms: true, texts }, shown: [], key });
}

describe("the veil", () => {
  it("gives a private account its pseudonym, and nothing that leads to it", async () => {
    const { post: out } = (await veiled(null)).post(secret);
    expect(out).toMatchObject({ url: null, text: "", title: null });
    expect(out.account).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      name: expect.stringMatching(/^telegram account [0-9a-f]{6}$/),
    });
    expect(out.id).toMatch(/^telegram:post-[0-9a-f]{20}$/);
  });

  it("replaces it in the texts of others, and cuts addresses on its host", async () => {
    const veil = await veiled(null);
    const { name } = veil.post(secret).post.account;
    const { post: out } = veil.post(paper);
    expect(out.text).toBe(
      `${name} (@${name}, https://t.example/…) wrote; see https://t.example/… and https://paper.example/2.`,
    );
    expect(out.references.slice(0, 2)).toEqual([
      { kind: "link", url: "https://t.example/…" },
      { kind: "mention" },
    ]);
    expect(out.url).toBe("https://paper.example/1");
  });

  it("makes other pseudonyms with another key, the same with the same", async () => {
    const id = async (key: string | null) => (await veiled(key)).post(secret).post.account.id;
    expect(await id("a key of sixteen or more")).toBe(await id("a key of sixteen or more"));
    expect(
      new Set([await id(null), await id("a key of sixteen or more"), await id("another key, as long")]).size,
    ).toBe(3);
  });

  it("gives texts as the profile says", async () => {
    expect((await veiled(null, "all")).post(secret).post.text).toBe("My own words.");
    expect((await veiled(null, "none")).post(paper).post.text).toBe("");
  });
});

describe("words that are hidden", () => {
  it("are replaced whole, the longest first, in capitals or not, and not twice", () => {
    const replace = replacerOf(
      new Map([
        ["maple", "A"],
        ["maple leaf", "maple B"],
        ["枫叶", "C"],
        ["枫叶阿姨", "D"],
      ]),
    );
    expect(replace("MAPLE Leaf, Maple; 枫叶阿姨说枫叶红")).toBe("maple B, A; D说C红");
    expect(replace("İİ maple")).toBe("İİ A");
  });
});

describe("fields left out", () => {
  it("are empty", () => {
    const { post: out } = leaveOut(["text", "url", "account.name", "references"]).post(secret);
    expect(out).toMatchObject({ text: "", url: null, references: [] });
    expect(out.account).toEqual({ id: "-100777", handle: "maple_lady" });
  });
});
