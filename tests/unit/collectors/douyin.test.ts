import { douyin } from "../../../collectors/douyin/index.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";

collectorSuite({
  collector: douyin,
  fixtures: "tests/fixtures/douyin",
  options: ({ url, extra }) => ({ urls: [url], ...extra }),
});
