import { telegram } from "../../../collectors/telegram/index.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";

collectorSuite({
  collector: telegram,
  fixtures: "tests/fixtures/telegram",
  damage: true,
  options: ({ url, extra }) => {
    const { origin, pathname } = new URL(url);
    return { site: origin, channel: pathname.replace("/s/", ""), ...extra };
  },
  surprise: (raw) => {
    const message = raw as { readonly html: string };
    const html = message.html.replace(
      'class="tgme_widget_message_footer',
      'class="tgme_widget_message_surprise"></div><div class="tgme_widget_message_footer',
    );
    return { ...message, html };
  },
});
