import type { Profile } from "../../config/sharing.ts";
import type { Link } from "../../contracts/link.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Query } from "../../contracts/query.ts";
import type { Kinds, Store, StoredPost } from "../../contracts/store.ts";
import type { Trace } from "../../contracts/trace.ts";
import type { KeptKind, LinkEnds, Supply, WholeAlert, WholeStory } from "../../reports/interchange/format.ts";
import { leaveOut } from "../../reports/interchange/leave-out.ts";
import type { Veil } from "../../reports/interchange/veil.ts";

/** Links whose posts are read together: a question to the store for each would take most of the time. */
const BATCH = 500;

/** What the store holds, through the veil and without what the profile leaves out. */
export function supplyOf(store: Store, query: Query, veil: Veil, profile: Profile): Supply {
  const left = leaveOut(profile.leave_out);
  const out: { readonly [K in KeptKind]: (value: Kinds[K]) => Kinds[K] } = {
    posts: (stored) => left.post(veil.post(stored)),
    links: (link) => left.link(veil.link(link)),
    stories: veil.story,
    traces: (trace) => left.trace(veil.trace(trace)),
    alerts: (alert) => left.alert(veil.alert(alert)),
    deliveries: (delivery) => delivery,
    runs: veil.run,
    quarantine: (item) => item,
    captures: (capture) => capture,
  };
  return {
    async *find(kind) {
      for await (const value of store.find(kind, query)) yield out[kind](value);
    },
    async *linkEnds() {
      let batch: Link[] = [];
      for await (const link of store.find("links", query)) {
        if (batch.push(link) < BATCH) continue;
        yield* endsOf(batch);
        batch = [];
      }
      yield* endsOf(batch);
    },
    async *wholeStories(): AsyncGenerator<WholeStory> {
      for await (const story of store.find("stories", query)) {
        const traced = await store.getTrace(story.story);
        // A story is replaced whole when it is traced anew: while that happens its name may be gone.
        if (traced === null) continue;
        const { trace } = traced;
        const posts = await store.getPosts(trace.order);
        const links = (await store.linksOf(trace.order)).filter(
          ({ child, parent }) => leadsTo(trace, child, parent) || leadsTo(trace, parent, child),
        );
        yield {
          story: out.stories(traced.story),
          trace: out.traces(trace),
          posts: posts.map(out.posts),
          links: links.map(out.links),
        };
      }
    },
    async *wholeAlerts(): AsyncGenerator<WholeAlert> {
      for await (const alert of store.find("alerts", query)) {
        const posts = await store.getPosts(alert.items);
        yield { alert: out.alerts(alert), posts: posts.map(out.posts) };
      }
    },
  };

  async function* endsOf(links: readonly Link[]): AsyncGenerator<LinkEnds> {
    const ids = [...new Set(links.flatMap(({ child, parent }) => [child, parent]))];
    const posts = new Map<string, StoredPost>();
    for (const stored of await store.getPosts(ids)) posts.set(stored.post.id, stored);
    for (const link of links) {
      const [child, parent] = [posts.get(link.child)!, posts.get(link.parent)!];
      yield { link: out.links(link), child: out.posts(child), parent: out.posts(parent) };
    }
  }
}

/** To the parent that was chosen; where none could be, to the likeliest of the candidates. */
function leadsTo(trace: Trace, member: PostId, other: PostId): boolean {
  const choice = trace.parents[member];
  if (choice === undefined) return false;
  return (choice.parent ?? (choice.status === "undetermined" ? choice.alternatives[0] : null)) === other;
}
