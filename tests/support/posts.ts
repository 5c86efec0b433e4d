import { type Prepared, prepare } from "../../analyzers/links/prepare.ts";
import type { Post, PostDraft } from "../../contracts/post.ts";
import { identify } from "../../text/identify.ts";

export const COLLECTED_AT = "2021-09-30T00:00:00.000Z";

/** A whole post from the few fields a test is about. */
export function post(draft: Partial<PostDraft> & { readonly id: string }): Post {
  const identified = identify(
    {
      platform: "web",
      account: { id: `account-of-${draft.id}` },
      published_at: "2021-09-09T08:00:00Z",
      text: "…",
      ...draft,
    },
    { source: "test", collected_at: COLLECTED_AT },
  );
  if ("rejected" in identified) throw new Error(identified.rejected);
  return identified.post;
}

export function prepared(draft: Partial<PostDraft> & { readonly id: string }): Prepared {
  return prepare(post(draft), null);
}

export const ARTICLE =
  "渥太华一家报纸日前刊文比较各党对华立场。文章指出，其中一份竞选纲领三十一次提到中国，几乎要与中国断绝外交关系。" +
  "分析人士认为，这份纲领若付诸实施，将使两国贸易与人文往来蒙受重大损失，许多在加华人家庭也会受到影响。" +
  "文章还说，主要民调显示两大政党支持率十分接近，选情胶着，华人选民的取态在若干选区可能左右结果。";
