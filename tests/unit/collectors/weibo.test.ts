import { weibo } from "../../../collectors/weibo/index.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";

collectorSuite({
  collector: weibo,
  fixtures: "tests/fixtures/weibo",
  options: ({ url, extra }) => ({
    site: new URL(url).origin,
    permission: "The harbour's own account, 2026-01-01",
    ...extra,
  }),
  surprise: (raw) => {
    const { mblog } = raw as { readonly mblog?: object };
    return mblog === undefined ? raw : { ...(raw as object), mblog: { ...mblog, surprise: "?" } };
  },
});
