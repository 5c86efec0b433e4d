import { dynamicPage } from "../../../collectors/dynamic-page/index.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";

collectorSuite({
  collector: dynamicPage,
  fixtures: "tests/fixtures/dynamic-page",
  options: ({ url, extra }) => ({ urls: [url], patience_ms: 2000, ...extra }),
});
