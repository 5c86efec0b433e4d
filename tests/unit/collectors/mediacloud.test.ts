import { expect, test } from "vitest";
import { mediacloud } from "../../../collectors/mediacloud/index.ts";
import { mediacloudOptions } from "../../../collectors/mediacloud/options.ts";
import { SetAside } from "../../../contracts/errors.ts";
import { crawl } from "../../contracts/collector.crawl.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";
import { type Answering, serve } from "../http/server.ts";

collectorSuite({
  damage: true,
  collector: mediacloud,
  fixtures: "tests/fixtures/mediacloud",
  options: ({ url, extra }) => ({ api: new URL(url).origin, ...extra }),
  surprise: (raw) => {
    const { listed, ...rest } = raw as { readonly listed: object };
    return { ...rest, listed: { ...listed, surprise: "?" } };
  },
});

const options = mediacloudOptions.parse({
  api: "http://api.example",
  query: "ferry",
  outlets: [7],
  read: "listed",
});

async function service(answers: readonly object[]) {
  const asked: { readonly token: string | null; readonly key: string | undefined }[] = [];
  const server = await serve(
    new Proxy({} as Record<string, Answering>, {
      get: (_, path: string) => (response: Parameters<Answering>[0], request: Parameters<Answering>[1]) => {
        const query = new URL(path, "http://x.example").searchParams;
        asked.push({ token: query.get("pagination_token"), key: request.headers.authorization });
        response.end(JSON.stringify(answers[asked.length - 1]));
      },
    }),
  );
  const { fetch } = server.client();
  const io = (secrets: Readonly<Record<string, string>>) => ({
    fetch,
    now: () => new Date("2026-01-01"),
    signal: new AbortController().signal,
    secrets,
  });
  return { asked, server, io };
}

const story = (n: number) => ({
  url: `http://paper.example/${n}`,
  title: `Story ${n}`,
  indexed_date: `2025-12-30 14:00:0${n}.5`,
});

test("lists are followed by their token, and back to where the last crawl began", async () => {
  const { asked, server, io } = await service([
    { stories: [story(4), story(3)], pagination_token: "abc" },
    { stories: [story(2)], pagination_token: null },
    { stories: [story(5), story(4), story(3)], pagination_token: "def" },
  ]);
  try {
    const first = await crawl(mediacloud, options, null, io({ token: "k" }));
    expect(first.drafts).toHaveLength(3);
    const second = await crawl(mediacloud, options, first.cursor, io({ token: "k" }));
    expect(second.drafts.map(({ title }) => title)).toEqual(["Story 5", "Story 4"]);
    expect(asked).toEqual([null, "abc", null].map((token) => ({ token, key: "Token k" })));
  } finally {
    await server.close();
  }
});

test("without a key nothing is asked", async () => {
  const { asked, server, io } = await service([]);
  try {
    const { failure } = await crawl(mediacloud, options, null, io({}));
    expect(failure).toBeInstanceOf(SetAside);
    expect(failure?.message).toContain("token_env");
    expect(asked).toEqual([]);
  } finally {
    await server.close();
  }
});
