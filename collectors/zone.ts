import { z } from "zod";
import { readZone } from "../text/date-zones.ts";

/** A time zone as an option of a source: told when it is none, before anything is collected. */
export const zoneSchema = z.string().refine((zone) => typeof readZone(zone.toLowerCase()) === "function", {
  error: ({ input }) => `"${input}" is no time zone; write one like Asia/Shanghai or +08:00`,
});
