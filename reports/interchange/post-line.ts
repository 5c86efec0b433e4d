import type { Existence } from "../../contracts/revisit.ts";
import type { StoredPost } from "../../contracts/store.ts";

/**
 * A post as one line of `export posts`: the fields of the interchange format, and beside them what is known of the
 * time, the collection and the findings. `import` takes the same line in again.
 */
export function postLine({
  post,
  findings,
  story,
  existence,
  edited,
}: StoredPost): Readonly<Record<string, unknown>> {
  return {
    id: post.id,
    platform: post.platform,
    url: post.url,
    account: post.account,
    published_at: post.published_at,
    published: post.published,
    title: post.title,
    text: post.text,
    /** What was found; null before analysis. What the platform declared stands beside it. */
    lang: findings?.language.lang ?? null,
    lang_confidence: findings?.language.confidence ?? null,
    lang_declared: post.lang_declared,
    engagement: post.engagement,
    references: post.references,
    media: post.media,
    declared_source: post.declared_source,
    source: post.source,
    collected_at: post.collected_at,
    sha256: post.sha256,
    actor: findings?.actor ?? null,
    watches: findings?.watches ?? [],
    story,
    ...(existence === undefined ? {} : { existence: told(existence) }),
    ...(edited === undefined ? {} : { edited }),
    version: findings?.version ?? null,
  };
}

/** Without the words of the page that said so, which may name people; its hash finds them. */
function told({ reason: _, ...existence }: Existence): Omit<Existence, "reason"> {
  return existence;
}
