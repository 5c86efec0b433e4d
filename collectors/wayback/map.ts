import type { Mapped } from "../../contracts/collector.ts";
import { mapArchived } from "../archived.ts";
import type { WaybackOptions } from "./options.ts";

/** A captured page with its own address and the time of its capture. Pure. */
export function map(raw: unknown, options: WaybackOptions): Mapped {
  return mapArchived(raw, options);
}
