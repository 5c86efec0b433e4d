import { bluesky } from "../../../collectors/bluesky/index.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";

collectorSuite({
  collector: bluesky,
  fixtures: "tests/fixtures/bluesky",
  damage: true,
  options: ({ url, extra }) => {
    const { origin, searchParams } = new URL(url);
    return { appview: origin, actor: searchParams.get("actor"), ...extra };
  },
  surprise: (raw) => {
    const { item, view, ...rest } = raw as { item?: object; view?: object };
    return item
      ? { ...rest, item: { ...item, surprise: "?" } }
      : { ...rest, view: { ...view, surprise: "?" } };
  },
});
