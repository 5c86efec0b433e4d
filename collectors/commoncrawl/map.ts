import type { Mapped } from "../../contracts/collector.ts";
import { mapArchived } from "../archived.ts";
import type { CommoncrawlOptions } from "./options.ts";

/** A page out of a record of the archive, with its own address and the time of its capture. Pure. */
export function map(raw: unknown, options: CommoncrawlOptions): Mapped {
  return mapArchived(raw, options);
}
