import { exposureOf } from "../../analyzers/exposure/index.ts";
import { inLanguage } from "../../config/reports.ts";
import type { Config } from "../../config/schema.ts";
import type { Query } from "../../contracts/query.ts";
import type { Store, StoredPost } from "../../contracts/store.ts";
import type { Story, Trace } from "../../contracts/trace.ts";
import { markingText } from "../../reports/interchange/marking.ts";
import type { EarlierStory, StoryNoteInput } from "../../reports/kinds/story.ts";
import type { ReportLanguage } from "../../reports/messages/index.ts";
import type { Notes } from "../../reports/parts/analyst.ts";
import type { FindingInput } from "../../reports/story.ts";
import type { ReportLook } from "../../reports/telling.ts";

/** Earlier stories that a note compares with, looked for among so many earlier posts of the same origin. */
const EARLIER = 10;
const LOOKED_AT = 300;

/** All that an analytic note on a story is told from. */
export async function storyNoteInput(
  store: Store,
  finding: FindingInput,
  { config, lang, notes }: { readonly config: Config; readonly lang: ReportLanguage; readonly notes: Notes },
): Promise<StoryNoteInput> {
  const members = finding.trace.order.flatMap((id) => finding.posts.get(id)?.post ?? []);
  return {
    finding,
    exposure: exposureOf(members),
    earlier: await earlierStories(store, finding),
    notes,
    look: lookOf(config, lang),
  };
}

export function lookOf({ reports, events, schedule }: Config, lang: ReportLanguage): ReportLook {
  const page = markingText(reports);
  return {
    lang,
    zone: schedule.zone,
    marking:
      page === null ? null : { page, paragraph: reports.marking === null ? null : reports.paragraph_marking },
    events: events.map(({ date, name, kind }) => ({
      date,
      name: inLanguage(name, lang),
      kind: kind === undefined ? "" : inLanguage(kind, lang),
    })),
  };
}

/** The latest stories before this one that began with the same actor, or the same account where there is none. */
async function earlierStories(
  store: Store,
  { story, trace, posts }: FindingInput,
): Promise<readonly EarlierStory[]> {
  const start = posts.get(trace.origin ?? trace.first_seen);
  if (start === undefined || story.first === null) return [];
  const before = {
    kind: "range",
    field: "published_at",
    from: null,
    to: story.first,
    from_inclusive: true,
    to_inclusive: false,
  } as const;
  const query: Query = {
    kind: "and",
    parts: [sameOrigin(start), before, { kind: "exists", field: "story" }],
  };
  const found: EarlierStory[] = [];
  const seen = new Set([story.story]);
  for await (const post of store.find("posts", query, { order: "newest", limit: LOOKED_AT })) {
    if (found.length === EARLIER) break;
    if (post.story === null || seen.has(post.story)) continue;
    seen.add(post.story);
    const read = await store.getTrace(post.story);
    if (read === null) continue;
    const [began] = await store.getPosts([read.trace.origin ?? read.trace.first_seen]);
    if (began !== undefined && publisher(began) === publisher(start))
      found.push(earlierStory(read.story, read.trace, began));
  }
  return found.reverse();
}

function earlierStory(story: Story, trace: Trace, began: StoredPost): EarlierStory {
  return {
    story: story.story,
    first: story.first,
    start: began.post.id,
    title: [...(began.post.title ?? began.post.text)].slice(0, 80).join(""),
    lang: began.findings?.language.lang ?? "",
    posts: trace.posts,
    state: trace.actors.some(({ state_controlled, posts }) => state_controlled && posts.length > 0),
  };
}

/** Posts of the actor, or of the account where it belongs to none. */
function sameOrigin({ post, findings }: StoredPost): Query {
  const is = (field: string, value: string) => ({ kind: "text", field, value, prefix: false }) as const;
  if (findings?.actor != null) return is("actor", findings.actor);
  return { kind: "and", parts: [is("platform", post.platform), is("account.id", post.account.id)] };
}

function publisher({ post, findings }: StoredPost): string {
  return findings?.actor ?? `${post.platform}:${post.account.id}`;
}
