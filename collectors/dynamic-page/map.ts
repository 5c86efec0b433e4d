import type { Mapped } from "../../contracts/collector.ts";
import { mapPage } from "../page/map.ts";
import type { DynamicPageOptions } from "./options.ts";

/** A page as the browser showed it, read as any other. Pure. */
export function map(raw: unknown, options: DynamicPageOptions): Mapped {
  return mapPage(raw, options);
}
