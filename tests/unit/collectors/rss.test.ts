import { rss } from "../../../collectors/rss/index.ts";
import type { XmlItem } from "../../../collectors/rss/record.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";

collectorSuite({
  collector: rss,
  fixtures: "tests/fixtures/rss",
  options: ({ url, extra }) => ({ url, ...extra }),
  surprise: (raw) => {
    const item = raw as XmlItem | { readonly format: "json"; readonly item: object };
    return item.format === "json"
      ? { ...item, item: { ...item.item, surprise: "?" } }
      : { ...item, fields: { ...item.fields, surprise: [{ text: "?" }] } };
  },
});
