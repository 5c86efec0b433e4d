import { reddit } from "../../../collectors/reddit/index.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";

collectorSuite({
  collector: reddit,
  fixtures: "tests/fixtures/reddit",
  damage: true,
  options: ({ url, extra }) => {
    const { origin } = new URL(url);
    return { site: origin, oauth: origin, subreddit: "harbour", ...extra };
  },
  surprise: (raw) => {
    const record = raw as {
      readonly form: string;
      readonly link?: object;
      readonly entry?: { fields: object };
    };
    if (record.form === "link") return { ...record, link: { ...record.link, surprise: "?" } };
    const fields = { ...record.entry!.fields, surprise: [{ text: "?" }] };
    return { ...record, entry: { ...record.entry, fields } };
  },
});
