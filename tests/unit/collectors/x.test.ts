import { x } from "../../../collectors/x/index.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";

collectorSuite({
  collector: x,
  fixtures: "tests/fixtures/x",
  damage: true,
  options: ({ url, extra }) => ({ api: new URL(url).origin, user_id: "100", ...extra }),
  surprise: (raw) => {
    const record = raw as { readonly tweet: object };
    return { ...record, tweet: { ...record.tweet, surprise: "?" } };
  },
});
