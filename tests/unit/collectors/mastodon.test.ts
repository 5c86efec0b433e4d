import { mastodon } from "../../../collectors/mastodon/index.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";

collectorSuite({
  collector: mastodon,
  fixtures: "tests/fixtures/mastodon",
  damage: true,
  options: ({ url, extra }) => {
    const { origin, pathname } = new URL(url);
    return { server: origin, tag: pathname.split("/").at(-1), ...extra };
  },
  surprise: (raw) => {
    const record = raw as { readonly status: object };
    return { ...record, status: { ...record.status, surprise: "?" } };
  },
});
