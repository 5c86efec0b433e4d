import type { KibanaFile } from "./folder.ts";
import { overview } from "./overview.ts";
import { story } from "./story.ts";
import { dataViews } from "./views.ts";

/** Every file, made from the table of fields. */
export function kibanaFiles(): Readonly<Record<KibanaFile, string>> {
  return {
    "data-views.json": json(dataViews()),
    "overview.json": json(overview()),
    "story.ndjson": `${story()
      .map((object) => JSON.stringify(object))
      .join("\n")}\n`,
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
