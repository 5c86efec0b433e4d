import { youtube } from "../../../collectors/youtube/index.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";

collectorSuite({
  collector: youtube,
  fixtures: "tests/fixtures/youtube",
  damage: true,
  options: ({ url, extra }) => {
    const { origin, searchParams } = new URL(url);
    const channel = searchParams.get("channel_id") ?? searchParams.get("playlistId")?.replace(/^UU/, "UC");
    return { site: origin, api: origin, channel, ...extra };
  },
  surprise: (raw) => {
    const record = raw as {
      readonly form: string;
      readonly video?: object;
      readonly entry?: { fields: object };
    };
    if (record.form === "video") return { ...record, video: { ...record.video, surprise: "?" } };
    if (record.form !== "entry") return record;
    const fields = { ...record.entry!.fields, surprise: [{ text: "?" }] };
    return { ...record, entry: { ...record.entry, fields } };
  },
});
