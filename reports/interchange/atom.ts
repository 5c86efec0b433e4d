import type { Format } from "./format.ts";
import { markingText } from "./marking.ts";
import { feedTitle, paragraphsOf, toldAlert } from "./told-alert.ts";
import { NAMESPACE, uuid5 } from "./uuid.ts";
import { xml } from "./xml.ts";

export const atom: Format = {
  name: "atom",
  title: "Atom feed of alerts",
  summary: "The same for readers that take Atom: each alert says when it was last changed.",
  notes: [
    "An alert keeps its id as its story grows, and `updated` says when it last did. `published` is when it was raised.",
  ],
  references: ["https://www.rfc-editor.org/rfc/rfc4287"],
  kinds: ["alerts"],
  hasDefaultKind: true,
  carries: { alerts: ["posts"] },
  async *write(_, supply, context) {
    const { organisation } = context;
    const marking = markingText(context);
    // Of the newest alert: the same index makes the same file, whenever it is made.
    let updated = EPOCH;
    for await (const alert of supply.find("alerts"))
      if (alert.updated_at > updated) updated = alert.updated_at;
    yield `<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n<title>${xml(feedTitle(context))}</title>\n`;
    yield `<id>urn:uuid:${NAMESPACE}</id>\n<updated>${updated}</updated>\n<author><name>${xml(organisation)}</name></author>\n`;
    if (marking !== null) yield `<rights>${xml(marking)}</rights>\n`;
    for await (const whole of supply.wholeAlerts()) {
      context.wrote();
      const { alert } = whole;
      const told = toldAlert(whole, context);
      yield [
        "<entry>",
        `<id>urn:uuid:${uuid5(NAMESPACE, `alert ${alert.thread}`)}</id>`,
        `<title>${xml(told.title)}</title>`,
        `<published>${xml(alert.raised_at)}</published><updated>${xml(alert.updated_at)}</updated>`,
        `<category term="${xml(alert.severity)}" label="severity"/><category term="${xml(alert.rule)}" label="rule"/>`,
        `<content type="html">${xml(paragraphsOf(told))}</content>`,
        "</entry>\n",
      ].join("");
    }
    yield "</feed>\n";
  },
};

const EPOCH = "1970-01-01T00:00:00.000Z";
