import { describe, expect, it } from "vitest";
import { withServer } from "./servers.ts";

await withServer("elasticsearch", (url) => {
  describe("the Elasticsearch of the run", () => {
    it("is healthy, and takes what it is given", async () => {
      const put = await fetch(`${url}/headwater-test-hello/_doc/1?refresh=true`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ text: "外国代理人登记" }),
      });
      expect(put.status).toBe(201);
      const found = await fetch(`${url}/headwater-test-hello/_search`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: { match_phrase: { text: "国代" } } }),
      });
      expect(await found.json()).toMatchObject({ hits: { total: { value: 1 } } });
      expect((await fetch(`${url}/headwater-test-hello`, { method: "DELETE" })).status).toBe(200);
    });
  });
});
