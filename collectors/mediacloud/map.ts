import type { Mapped } from "../../contracts/collector.ts";
import { fieldsOf, knownFields, textOf, unknownFields } from "../fields.ts";
import { type Listing, mapListed } from "../listed.ts";
import type { MediacloudOptions } from "./options.ts";

/** The id is the index's own; on the web an article is known by its address. */
const KNOWN = knownFields("id url title text publish_date indexed_date media_name media_url language");

/** A story as Media Cloud lists it, with its page where that was visited. Pure. */
export function map(raw: unknown, options: MediacloudOptions): Mapped {
  return mapListed(raw, options, readStory);
}

function readStory(listed: unknown): Listing | { readonly rejected: string } {
  const story = fieldsOf(listed);
  const url = textOf(story.url);
  if (url === null || URL.parse(url) === null)
    return { rejected: "this is no story of Media Cloud: it has no address" };
  return {
    url,
    title: textOf(story.title),
    text: textOf(story.text),
    published_at: textOf(story.publish_date),
    observed_at: indexedAt(story.indexed_date),
    lang: textOf(story.language),
    site: textOf(story.media_name) ?? textOf(story.media_url),
    unknown_fields: unknownFields(listed, KNOWN),
  };
}

/** `2026-10-10 12:00:00.123`, in UTC. */
export function indexedAt(written: unknown): string | null {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)/.exec(textOf(written) ?? "") ?? [];
  return day === undefined ? null : `${day}T${time}Z`;
}
