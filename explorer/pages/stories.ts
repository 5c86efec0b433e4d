import { html } from "hono/html";
import type { StoredPost } from "../../contracts/store.ts";
import type { Story, Trace } from "../../contracts/trace.ts";
import { largestStories } from "../../pipelines/reports/finding.ts";
import { type Markup, page, pathOf, tableOf } from "../layout.ts";
import { count, type ExplorerParts, namesFor, titleOf } from "../parts.ts";

/** Stories of a list; a reader who wants others searches. */
const LISTED = 50;

interface Listed {
  readonly story: Story;
  readonly trace: Trace;
  readonly began: StoredPost | null;
}

/** The stories with the most posts. */
export async function storiesPage(parts: ExplorerParts): Promise<Markup> {
  const listed: Listed[] = [];
  for (const { story } of await largestStories(parts.store, LISTED)) {
    const read = await readStory(parts, story);
    if (read !== null) listed.push(read);
  }
  return page("Stories", storyTable(parts, `The ${count(listed.length)} with the most posts`, listed));
}

/** The stories of the newest posts, each once. */
export async function latestStories(
  parts: ExplorerParts,
  { stories, posts }: { readonly stories: number; readonly posts: number },
): Promise<readonly Listed[]> {
  const seen = new Set<string>();
  const listed: Listed[] = [];
  const inStories = { kind: "exists", field: "story" } as const;
  for await (const { story } of parts.store.find("posts", inStories, { order: "newest", limit: posts })) {
    if (story === null || seen.has(story)) continue;
    seen.add(story);
    const read = await readStory(parts, story);
    if (read !== null) listed.push(read);
    if (listed.length === stories) break;
  }
  return listed;
}

async function readStory({ store }: ExplorerParts, story: string): Promise<Listed | null> {
  const read = await store.getTrace(story);
  if (read === null) return null;
  const [began] = await store.getPosts([read.trace.origin ?? read.trace.first_seen]);
  return { ...read, began: began ?? null };
}

/** What is known of where it began, in the words of the field. */
const ORIGINS: Readonly<Record<Trace["origin_status"], string>> = {
  observed: "",
  "outside-collection": "outside the collection; first seen: ",
  undetermined: "not determined; first seen: ",
};

export function storyTable(parts: ExplorerParts, caption: string, listed: readonly Listed[]): Markup {
  return tableOf<Listed>(
    caption,
    [
      {
        head: "story",
        cell: ({ story, began }) => {
          const names = namesFor(parts, began === null ? [] : [began]);
          const title = began === null ? story.story : titleOf(began, names);
          return html`<a href="${pathOf("stories", story.story)}">${title || story.story}</a>`;
        },
      },
      {
        head: "origin",
        cell: ({ trace, began }) =>
          began === null
            ? "not known"
            : `${ORIGINS[trace.origin_status]}${namesFor(parts, [began]).of(began)}${
                trace.origin_status === "observed" ? ` (confidence: ${trace.origin_confidence})` : ""
              }`,
      },
      { head: "posts", cell: ({ story }) => count(story.members.length), numeric: true },
      {
        head: "state media",
        cell: ({ trace }) =>
          count(
            trace.actors
              .filter(({ state_controlled }) => state_controlled)
              .reduce((sum, { posts }) => sum + posts.length, 0),
          ),
        numeric: true,
      },
      { head: "first", cell: ({ story }) => story.first?.slice(0, 10) ?? "not known" },
      { head: "last", cell: ({ story }) => story.last?.slice(0, 10) ?? "not known" },
      { head: "platforms", cell: ({ story }) => story.platforms.join(", ") },
      { head: "languages", cell: ({ story }) => story.languages.join(", ") },
    ],
    listed,
    "No stories yet: no two posts of the collection are tied to each other.",
  );
}
