import { describe, expect, it } from "vitest";
import { actorIndex } from "../../../analyzers/actors/index.ts";
import type { Actor } from "../../../contracts/actor.ts";
import { post } from "../../support/posts.ts";

const actor = (id: string, more: Partial<Actor>): Actor => ({
  id,
  name: id,
  affiliation: "state-controlled",
  accounts: [],
  domains: [],
  names: [],
  evidence: [{ source: "invented", date: "2021-01-01" }],
  confidence: "high",
  ...more,
});

const of = actorIndex([
  actor("agency", { accounts: ["weibo:123", "telegram:@Agency"], domains: ["agency.example"] }),
  actor("former", { domains: ["sold.example"], valid_to: "2020-12-31" }),
  actor("present", { domains: ["sold.example"], valid_from: "2021-01-01" }),
]);

describe("the actor behind a post", () => {
  it("is found by account id or handle, on that platform only", () => {
    expect(of(post({ id: "1", platform: "weibo", account: { id: "123" } }))?.id).toBe("agency");
    expect(of(post({ id: "2", platform: "telegram", account: { id: "7", handle: "@agency" } }))?.id).toBe(
      "agency",
    );
    expect(of(post({ id: "3", platform: "douyin", account: { id: "123" } }))).toBeNull();
  });

  it("is found by domain, subdomains included, for pages of the web only", () => {
    expect(of(post({ id: "1", url: "https://news.agency.example/a" }))?.id).toBe("agency");
    expect(of(post({ id: "2", url: "https://notagency.example/a" }))).toBeNull();
    expect(of(post({ id: "3", platform: "reddit", url: "https://agency.example/a" }))).toBeNull();
  });

  it("is the one registered for the post's time", () => {
    const at = (published_at: string) =>
      of(post({ id: "1", url: "https://sold.example/a", published_at }))?.id;
    expect(at("2020-06-01T00:00:00Z")).toBe("former");
    expect(at("2021-06-01T00:00:00Z")).toBe("present");
  });
});
