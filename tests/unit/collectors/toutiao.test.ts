import { toutiao } from "../../../collectors/toutiao/index.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";

collectorSuite({
  collector: toutiao,
  fixtures: "tests/fixtures/toutiao",
  options: ({ url, extra }) => ({ urls: [url], ...extra }),
});
