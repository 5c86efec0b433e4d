import type { PostId } from "../contracts/post.ts";
import type { ParentChoice, Trace } from "../contracts/trace.ts";

/** A post's place in its story, as it is shown beside the post. A story changes it; the post itself does not. */
export interface Place {
  readonly parent: Pick<ParentChoice, "status" | "confidence" | "relation" | "credit" | "score"> & {
    readonly post: PostId | null;
    /** The least delay that the two times of publication allow. */
    readonly lag_seconds: number | null;
  };
  /** Languages and platforms in which it is the first of its story, or one of the first. */
  readonly first_in: { readonly language: readonly string[]; readonly platform: readonly string[] };
  /** Actors to whose posts its line of parents leads. */
  readonly follows: { readonly actor: readonly string[]; readonly affiliation: readonly string[] };
}

/** Of every member of the story. */
export function placesOf(trace: Trace): ReadonlyMap<PostId, Place> {
  const languages = firsts(trace.first_by_language);
  const platforms = firsts(trace.first_by_platform);
  return new Map(
    Object.entries(trace.parents).map(([id, choice]) => {
      const { parent, status, confidence, relation, credit, score, lag_seconds } = choice;
      const followed = trace.actors.filter(({ followers }) => followers.includes(id));
      const place: Place = {
        parent: {
          post: parent,
          status,
          confidence,
          relation,
          credit,
          score,
          lag_seconds: lag_seconds?.[0] ?? null,
        },
        first_in: { language: languages.get(id) ?? [], platform: platforms.get(id) ?? [] },
        follows: {
          actor: followed.map(({ actor }) => actor),
          affiliation: [...new Set(followed.map(({ affiliation }) => affiliation))],
        },
      };
      return [id, place];
    }),
  );
}

function firsts(list: Trace["first_by_language"]): ReadonlyMap<PostId, readonly string[]> {
  const all = new Map<PostId, string[]>();
  for (const { key, post } of list) all.set(post, [...(all.get(post) ?? []), key]);
  return all;
}
