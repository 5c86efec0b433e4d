import type { Mapped } from "../../contracts/collector.ts";
import type { Reference } from "../../contracts/post.ts";
import { takeOut } from "../../text/article-body.ts";
import { htmlToText } from "../../text/html.ts";
import {
  countOf,
  type Fields,
  fieldsOf,
  idOf,
  isFields,
  knownFields,
  listOf,
  textOf,
  unknownFields,
} from "../fields.ts";
import type { PostRecord } from "./record.ts";

/** What is read, then what says nothing of wording, time or origin. Display names of private people are left where they are. */
const KNOWN = knownFields(
  "id username cooked post_number post_type created_at topic_id topic_slug topic_title reply_to_post_number reply_count",
  "reads actions_summary user_deleted deleted_at hidden",
  "name display_username avatar_template uploaded_avatar_id updated_at version edit_reason raw topic_html_title category_id",
  "quote_count avg_time incoming_link_count score readers_count yours read link_counts user_id user_title trust_level title_is_group",
  "primary_group_name primary_group_flair_url primary_group_flair_bg_color primary_group_flair_color flair_name flair_url",
  "flair_bg_color flair_color flair_group_id badges_granted moderator admin staff wiki reply_to_user deleted_by hidden_reason_id",
  "can_edit can_delete can_recover can_wiki can_view_edit_history can_see_hidden_post topic_auto_close_at bookmarked",
  "can_accept_answer can_unaccept_answer accepted_answer topic_accepted_answer post_url mentioned_users polls polls_votes",
  "reactions current_user_reaction reaction_users_count current_user_used_main_reaction action_code action_code_who",
  "post_localizations_count locale is_localized via_email is_auto_generated excerpt blurb like_count topic_archetype",
);

/** 2 is a like in Discourse's list of what one can do with a post. */
const LIKE = 2;
/** 1 is a post; the others are notices of moderators and of the forum. */
const ORDINARY = 1;

export function map(raw: unknown): Mapped {
  const record = fieldsOf(raw) as Partial<PostRecord> & Fields;
  const site = textOf(record.site);
  const post = record.post;
  if (site === null || URL.parse(site) === null || !isFields(post)) {
    return { rejected: "the record is no post of a Discourse forum" };
  }
  const id = idOf(post.id);
  const topic = idOf(post.topic_id);
  const number = countOf(post.post_number);
  const cooked = textOf(post.cooked);
  if (id === null || topic === null || number === null) {
    return { rejected: "the post of a Discourse forum has no id, no topic or no number" };
  }
  const address = (of: string | number, at: string | number) =>
    `${site}/t/${textOf(post.topic_slug) ?? "-"}/${of}/${at}`;
  const url = address(topic, number);
  const kind = countOf(post.post_type) ?? ORDINARY;
  if (kind !== ORDINARY) return { rejected: `${url} is a notice of the forum, not a post` };
  if (post.user_deleted === true) return { rejected: `${url} was deleted by its author` };
  if (textOf(post.deleted_at) !== null) return { rejected: `${url} was deleted by a moderator` };
  if (cooked === null) {
    return { rejected: `${url} has no text${post.hidden === true ? ": the forum has hidden it" : ""}` };
  }
  const { host } = new URL(site);
  // What is quoted is another's wording: it is referred to and not told again.
  const { html, taken } = takeOut(cooked, "aside.quote");
  const said = htmlToText(html, url);
  const quotes = taken.flatMap(({ attributes }): readonly Reference[] => {
    const { "data-topic": of = topic, "data-post": at, "data-username": handle } = attributes;
    return at === undefined ? [] : [{ kind: "quote", url: address(of, at), ...(handle ? { handle } : {}) }];
  });
  const answered = countOf(post.reply_to_post_number);
  const replies: readonly Reference[] =
    answered === null ? [] : [{ kind: "reply", url: address(topic, answered) }];
  const links = said.links.map((link): Reference => ({ kind: "link", url: link }));
  const username = textOf(post.username);
  const likes = listOf(post.actions_summary).find((action) => action.id === LIKE);
  return {
    draft: {
      platform: "discourse",
      id: `${host}/${id}`,
      url,
      account: { id: username === null ? `unknown@${host}` : `${username}@${host}`, handle: username },
      published_at: textOf(post.created_at),
      published_basis: "platform",
      // A topic's title is the wording of its first post alone.
      title: number === 1 ? (textOf(post.topic_title) ?? textOf(record.topic)) : null,
      text: said.text,
      engagement: {
        views: countOf(post.reads),
        likes: likes === undefined ? null : countOf(likes.count),
        comments: countOf(post.reply_count),
      },
      references: [...quotes, ...replies, ...links],
      media: said.images.map((image) => ({ kind: "image" as const, url: image })),
      sha256: textOf(record.sha256),
    },
    unknown_fields: unknownFields(post, KNOWN),
  };
}
