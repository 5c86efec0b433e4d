import type { Format } from "./format.ts";
import { markingText } from "./marking.ts";
import { feedTitle, paragraphsOf, toldAlert } from "./told-alert.ts";
import { NAMESPACE } from "./uuid.ts";
import { xml } from "./xml.ts";

export const rss: Format = {
  name: "rss",
  title: "RSS feed of alerts",
  summary: "Alerts for any feed reader: put the file on a server of yours and renew it on a schedule.",
  notes: [
    "An alert keeps its guid as its story grows. Its text says what, who, how sure, and what is not known.",
  ],
  references: ["https://www.rssboard.org/rss-specification"],
  kinds: ["alerts"],
  hasDefaultKind: true,
  carries: { alerts: ["posts"] },
  async *write(_, supply, context) {
    const marking = markingText(context);
    yield `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>\n<title>${xml(feedTitle(context))}</title>\n`;
    yield `<link>urn:uuid:${NAMESPACE}</link>\n<description>${xml(`What Headwater’s rules noticed. ${marking ?? ""}`.trim())}</description>\n`;
    for await (const whole of supply.wholeAlerts()) {
      context.wrote();
      const { alert } = whole;
      const told = toldAlert(whole, context);
      yield [
        "<item>",
        `<title>${xml(told.title)}</title>`,
        `<guid isPermaLink="false">${xml(alert.thread)}</guid>`,
        `<pubDate>${new Date(alert.raised_at).toUTCString()}</pubDate>`,
        `<category>${xml(alert.severity)}</category>`,
        `<category>${xml(alert.rule)}</category>`,
        // Readers take a description for HTML, so its text is escaped once as that and once as XML.
        `<description>${xml(paragraphsOf(told))}</description>`,
        "</item>\n",
      ].join("");
    }
    yield "</channel></rss>\n";
  },
};
