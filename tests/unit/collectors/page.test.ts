import { page } from "../../../collectors/page/index.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";

collectorSuite({
  collector: page,
  fixtures: "tests/fixtures/page",
  options: ({ url, extra }) => ({ urls: [url], ...extra }),
});
