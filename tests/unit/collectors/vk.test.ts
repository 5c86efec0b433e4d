import { vk } from "../../../collectors/vk/index.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";

collectorSuite({
  collector: vk,
  fixtures: "tests/fixtures/vk",
  damage: true,
  options: ({ url, extra }) => ({ api: new URL(url).origin, wall: "harbour_news", ...extra }),
  surprise: (raw) => {
    const record = raw as { readonly post: object };
    return { ...record, post: { ...record.post, surprise: "?" } };
  },
});
