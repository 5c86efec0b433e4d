import { html } from "hono/html";
import { readFinding } from "../../pipelines/reports/finding.ts";
import { storyNoteInput } from "../../pipelines/reports/story.ts";
import { toHtml } from "../../reports/document/html.ts";
import { storyNote } from "../../reports/kinds/story.ts";
import { MESSAGES, type ReportLanguage } from "../../reports/messages/index.ts";
import { NO_NOTES } from "../../reports/parts/analyst.ts";
import { bar, barStyle, pathOf } from "../layout.ts";
import type { ExplorerParts } from "../parts.ts";

const OTHER: Readonly<Record<ReportLanguage, readonly [ReportLanguage, string]>> = {
  en: ["fr", "Français"],
  fr: ["en", "English"],
};

/** The analytic note on a story as `headwater report story` writes it, under the bar; null when there is no such story. */
export async function storyPage(
  parts: ExplorerParts,
  story: string,
  lang: ReportLanguage,
): Promise<string | null> {
  const { store, config, names } = parts;
  const finding = await readFinding(store, story, { config, names });
  if (finding === null) return null;
  const document = storyNote(await storyNoteInput(store, finding, { config, lang, notes: NO_NOTES }));
  const [other, name] = OTHER[lang];
  const before = html`${barStyle}${bar()}<p class="meta"><a href="${pathOf("stories", story)}?lang=${other}" lang="${other}">${name}</a> · <code>headwater report story ${story}</code> writes this note as a file</p>`;
  return toHtml(document, MESSAGES[lang], String(before));
}
