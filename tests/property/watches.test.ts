import fc from "fast-check";
import { expect, test } from "vitest";
import { watchIndex, watchQuery } from "../../analyzers/watches/index.ts";
import type { PostFindings } from "../../contracts/finding.ts";
import type { Post } from "../../contracts/post.ts";
import type { Query } from "../../contracts/query.ts";
import { openSqliteStore } from "../../stores/sqlite/index.ts";
import { matcherOf, subjectOf } from "../../text/match-query.ts";
import { analyze, ids, sampleFindings, samplePost } from "../contracts/store.samples.ts";

const WORDS =
  "外国代理人登记法 外國 代理 环球时报 vérité Verite école l'école Łódź parti party PARTY platform foreign-agent can't 31 3.5% 𝒜gent ﬁn tōkyō 東京 서울 ไทย naïve 💥 … — ( ) ! , . :".split(
    " ",
  );
const text = fc
  .array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(" ", " ", "", "\n", "，")), { maxLength: 12 })
  .map((parts) => parts.flat().join(""));

interface Found {
  readonly post: Post;
  readonly findings: PostFindings;
}

const posts = fc
  .array(
    fc.record({
      platform: fc.constantFrom("web", "weibo"),
      title: fc.option(text, { nil: null }),
      text,
      account: fc.constantFrom({ id: "a", name: "环球" }, { id: "b", handle: "party" }),
      url: fc.constantFrom(null, "https://a.example/1", "https://b.example/外国"),
      day: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
      lang: fc.constantFrom("en", "fr", "zh-Hans", "zh-Hant", "und"),
      actor: fc.constantFrom(null, "outlet"),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((drafts) =>
    drafts.map(({ platform, day, lang, actor, ...draft }, i): Found => {
      const published_at = day === null ? null : `2021-09-0${day}T08:00:00.000Z`;
      const post = samplePost(`${platform}:${i}`, { ...draft, published_at });
      return { post, findings: sampleFindings(post.id, { language: { lang, confidence: 1 }, actor }) };
    }),
  );

const value = fc.oneof(
  fc.constantFrom(...WORDS),
  text,
  fc.constantFrom("外", "代", "agent", "part", "can", "l", "3", "nai"),
);
const hasWord = (written: string) => /[\p{L}\p{N}]/u.test(written);
const words = fc.record({
  kind: fc.constant("text" as const),
  field: fc.constantFrom(null, null, "title", "text"),
  value: value.filter(hasWord),
  prefix: fc.boolean(),
});
const exact = fc.constantFrom(
  ["platform", "web"],
  ["platform", "we"],
  ["account.id", "a"],
  ["account.name", "环"],
  ["account.handle", "party"],
  ["url", "https://a.example/"],
  ["url", "https://b.example/外国"],
  ["lang", "zh"],
  ["lang", "zh-Hans"],
  ["lang", "e"],
  ["actor", "outlet"],
  ["id", "web:1"],
);
const fields = fc
  .record({ of: exact, prefix: fc.boolean() })
  .map(({ of: [field, given], prefix }): Query => ({ kind: "text", field: field!, value: given!, prefix }));
const day = fc.constantFrom(null, "2021-09-02", "2021-09-03T08:00", "2021-09-03T08:00:00.000Z", "2021");
const ranges = fc.oneof(
  fc.record({
    kind: fc.constant("range" as const),
    field: fc.constant("published_at"),
    from: day,
    to: day,
    from_inclusive: fc.boolean(),
    to_inclusive: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("range" as const),
    field: fc.constantFrom("platform", "account.name", "id"),
    from: fc.constantFrom(null, "web", "web:1", "环"),
    to: fc.constantFrom(null, "web", "weibo:2", "环球"),
    from_inclusive: fc.boolean(),
    to_inclusive: fc.boolean(),
  }),
);
const exists = fc
  .constantFrom("title", "text", "url", "published_at", "actor", "account.name", "account.handle", "lang")
  .map((field): Query => ({ kind: "exists", field }));
const wild = fc.record({
  kind: fc.constant("wildcard" as const),
  field: fc.constantFrom("url", "account.name", "id", "platform", "lang"),
  parts: fc.array(fc.constantFrom("", "e", "example", "https://", "1", "外", "球", "[", "?", "web", "h-"), {
    minLength: 2,
    maxLength: 4,
  }),
});
const query = fc.letrec<{ query: Query; leaf: Query }>((tie) => ({
  leaf: fc.oneof(words, words, fields, ranges, exists, wild, fc.constant<Query>({ kind: "all" })),
  query: fc.oneof(
    { maxDepth: 3 },
    tie("leaf"),
    fc.array(tie("query"), { minLength: 1, maxLength: 3 }).map((parts): Query => ({ kind: "and", parts })),
    fc.array(tie("query"), { minLength: 1, maxLength: 3 }).map((parts): Query => ({ kind: "or", parts })),
    tie("query").map((part): Query => ({ kind: "not", part })),
  ),
})).query;

async function stored(found: readonly Found[]) {
  const store = await openSqliteStore(":memory:");
  await store.savePosts(found.map(({ post }) => post));
  await analyze(store, { findings: found.map(({ findings }) => findings) });
  return store;
}

test("a query asked of a post gives what the store's search gives", async () => {
  await fc.assert(
    fc.asyncProperty(posts, fc.array(query, { minLength: 1, maxLength: 8 }), async (found, queries) => {
      const store = await stored(found);
      for (const each of queries) {
        const matches = matcherOf(each);
        const mine = found
          .filter(({ post, findings }) => matches(subjectOf(post, findings.language, findings.actor)))
          .map(({ post }) => post.id);
        expect(mine.toSorted()).toEqual((await ids(store, each)).toSorted());
      }
      await store.close();
    }),
    { numRuns: 200 },
  );
});

test("a watch has the posts that its search finds in the store", async () => {
  const term = value.filter(hasWord).map((written) => written.replaceAll("*", ""));
  const quoted = term.map((written) => `"${written.replaceAll(/["\\]/g, " ")}"`);
  const watch = fc.record({
    name: fc.constant("w"),
    queries: fc.array(fc.oneof(quoted, fc.constantFrom("lang:zh", "platform:web party", "-text:*")), {
      maxLength: 2,
    }),
    terms: fc.record({ en: fc.array(term, { minLength: 1, maxLength: 3 }) }),
    confirm_terms: fc.integer({ min: 1, max: 3 }),
    patterns: fc.constant([]),
    exclude: fc.array(quoted, { maxLength: 1 }),
  });
  await fc.assert(
    fc.asyncProperty(posts, watch, async (found, rules) => {
      const store = await stored(found);
      const watchesOf = watchIndex([rules]);
      const mine = found
        .filter(({ post, findings }) => watchesOf(post, findings.language, findings.actor).length > 0)
        .map(({ post }) => post.id);
      expect(mine.toSorted()).toEqual((await ids(store, watchQuery(rules))).toSorted());
      await store.close();
    }),
    { numRuns: 80 },
  );
});
