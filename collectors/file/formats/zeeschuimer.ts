import type { Mapped } from "../../../contracts/collector.ts";
import { type Fields, fieldsOf, isFields, unknownFields } from "../../fields.ts";
import { shapeOf } from "../../shape.ts";
import { firstText, unixTime } from "../../values.ts";
import type { Format } from "./format.ts";
import { KNOWN_SITES, webPlatform } from "./web-platforms.ts";

/** What the browser extension writes about a record: where and when it was seen, and with which browser. */
const ENVELOPE = shapeOf(
  "data source_platform",
  "id item_id nav_index timestamp_collected last_updated source_platform_url source_url user_agent",
);

export const zeeschuimer: Format = {
  title: "a capture of Zeeschuimer",
  records: {
    find(start) {
      const first = fieldsOf(Array.isArray(start) ? start[0] : start);
      const isOne = typeof first.source_platform === "string" && "nav_index" in first;
      return isOne ? [Array.isArray(start) ? "[]" : ""] : null;
    },
    split(record) {
      const inner = webPlatform(firstText(record.source_platform))?.split?.(fieldsOf(record.data)) ?? [];
      return inner.map((data) => ({ ...record, data }));
    },
    map: mapCapture,
  },
};

function mapCapture(record: Fields): Mapped {
  const site = firstText(record.source_platform);
  if (site === null || !isFields(record.data)) {
    return { rejected: "this is no record of Zeeschuimer: it has no source_platform or no data" };
  }
  const platform = webPlatform(site);
  if (platform === null) {
    return { rejected: `captures of ${site} are not read yet; those that are: ${KNOWN_SITES}` };
  }
  const mapped = platform.map(record.data);
  if ("rejected" in mapped) return mapped;
  const inside = mapped.unknown_fields.map((name) => `data.${name}`);
  const draft = { ...mapped.draft, observed_at: unixTime(record.timestamp_collected) };
  return { draft, unknown_fields: [...unknownFields(record, ENVELOPE), ...inside] };
}
