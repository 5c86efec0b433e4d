import { afterAll } from "vitest";
import { storeSuite } from "../../contracts/store.suite.ts";
import { storeOfFile } from "../../servers/elasticsearch-store.ts";
import { withServer } from "../../servers/servers.ts";

await withServer("elasticsearch", (url) => {
  const file = storeOfFile([url]);
  afterAll(() => file.remove());
  storeSuite("Elasticsearch", () => file.open());
});
