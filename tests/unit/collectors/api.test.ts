import { afterEach, expect, test } from "vitest";
import { type ApiOptions, apiOf } from "../../../collectors/api.ts";
import { RetryLater, SetAside } from "../../../contracts/errors.ts";
import { type Answering, type AnsweringServer, answering } from "../../support/answering.ts";

let server: AnsweringServer;
afterEach(() => server.close());

async function serve(answers: readonly Answering[], options: Partial<ApiOptions> = {}) {
  let next = 0;
  server = await answering(() => answers[next++] ?? {});
  const io = { ...server.io(), warn: () => {} };
  const api = apiOf(io, { service: "The service", ...options });
  return (path = "/v1/list") => api.ask(`http://api.example${path}`).catch((error: unknown) => error);
}

test("an answer is JSON with all digits of its ids; secrets go as headers", async () => {
  const ask = await serve([{ body: '{"id":6363577276176531969}' }], {
    secret_headers: { authorization: "Bearer k" },
  });
  expect(await ask()).toMatchObject({ status: 200, body: { id: "6363577276176531969" } });
  expect(server.asked[0]?.headers.authorization).toBe("Bearer k");
});

test.each([
  [{ "retry-after": "90" }, 90_000],
  [{ "x-rate-limit-reset": `${Date.UTC(2026, 0, 1, 0, 15) / 1000}` }, 900_000],
  [{ "x-ratelimit-reset": "258" }, 258_000],
  [{ "x-ratelimit-reset": "2026-01-01T00:05:00.5Z" }, 300_500],
  [{ "ratelimit-reset": "30" }, 30_000],
  [{}, 300_000],
])("a 429 with %j is put off by %d ms", async (headers, after) => {
  const ask = await serve([{ status: 429, headers, body: { message: "slow down" } }]);
  const error = await ask();
  expect(error).toBeInstanceOf(RetryLater);
  expect((error as RetryLater).after).toBe(after);
  expect((error as Error).message).toContain("slow down");
});

test("a count that is used up is kept to before the service has to say so", async () => {
  const headers = { "x-ratelimit-remaining": "0.0", "x-ratelimit-reset": "60" };
  const ask = await serve([{ headers, body: {} }, { body: {} }]);
  expect(await ask()).toMatchObject({ status: 200 });
  expect(await ask()).toBeInstanceOf(RetryLater);
  expect(server.asked).toHaveLength(1);
  server.now = new Date("2026-01-01T00:01:01Z");
  expect(await ask()).toMatchObject({ status: 200 });
});

test.each([
  [{ body: "<!doctype html><title>Just a moment…</title>" }, 'a page ("Just a moment…")'],
  [{ body: '{"items":[' }, "no whole JSON"],
  [{ body: "" }, "empty answer"],
  [
    { status: 401, body: { error: { message: "bad key." } } },
    "answered 401: bad key (api.example/v1/list); check",
  ],
  [{ status: 403, body: "<html><title>No</title>" }, "answered 403 (api.example/v1/list)."],
])("%j is set aside in a sentence", async (answer, words) => {
  const error = (await (await serve([answer]))("/v1/list?key=secret")) as Error;
  expect(error).toBeInstanceOf(SetAside);
  expect(error.message).toContain(words);
  expect(error.message).not.toContain("secret");
});

test("what a refusal means is the collector's to say, also of a 200", async () => {
  const refusal: ApiOptions["refusal"] = ({ body }) =>
    (body as { code?: number }).code === 6 ? new RetryLater("too fast", 1000) : null;
  const ask = await serve([{ body: { code: 6 } }], { refusal });
  expect(((await ask()) as Error).message).toBe("too fast");
});
