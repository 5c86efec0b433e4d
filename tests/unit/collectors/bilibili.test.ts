import { expect, test } from "vitest";
import { bvidOf } from "../../../collectors/bilibili/bvid.ts";
import { bilibili } from "../../../collectors/bilibili/index.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";

collectorSuite({
  collector: bilibili,
  fixtures: "tests/fixtures/bilibili",
  options: ({ url, extra }) => {
    const { origin, pathname, searchParams } = new URL(url);
    const video = searchParams.get("bvid") ?? pathname.split("/").at(-1);
    return { videos: [video], site: origin, api: origin, ...extra };
  },
  surprise: (raw) => {
    const { data } = raw as { readonly data?: object };
    return data === undefined ? raw : { ...(raw as object), data: { ...data, surprise: "?" } };
  },
});

test("a number and a word name one video", () => {
  // Both names of this video stand in Bilibili's announcement of the word (2020-03-23).
  expect(bvidOf("170001")).toBe("BV17x411w7KC");
  expect([bvidOf("0"), bvidOf("x"), bvidOf("99999999999999999")]).toEqual([null, null, null]);
});
