import { wechatArticle } from "../../../collectors/wechat-article/index.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";

collectorSuite({
  collector: wechatArticle,
  fixtures: "tests/fixtures/wechat-article",
  options: ({ url, extra }) => ({ urls: [url], ...extra }),
  surprise: (raw) => {
    const page = raw as { readonly html: string };
    return { ...page, html: `${page.html}<script>window.cgiDataNew = { surprise: JsDecode('?') };</script>` };
  },
});
