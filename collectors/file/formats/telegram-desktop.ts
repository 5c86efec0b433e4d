import type { Mapped } from "../../../contracts/collector.ts";
import type { DeclaredSource, Media, Reference } from "../../../contracts/post.ts";
import { type Fields, fieldsOf, isFields, listOf, unknownFields } from "../../fields.ts";
import { shapeOf } from "../../shape.ts";
import { firstId, firstText, firstUrl, unixTime } from "../../values.ts";
import type { FileOptions } from "../options.ts";
import type { Around, Format } from "./format.ts";

/** Chats between people. Only what was published is collected, so their messages are refused unread. */
const PRIVATE = new Set([
  "personal_chat",
  "bot_chat",
  "saved_messages",
  "replies",
  "verify_codes",
  "private_group",
]);

const USED = `id type date date_unixtime from from_id forwarded_from forwarded_from_id saved_from
  reply_to_message_id reply_to_peer_id text text_entities photo file media_type poll{question answers{text}} action
  game_title location_information place_name`;
/** Who signed a post, and what describes a file, are left alone; so are edits, which only say that there was one. */
const IGNORED = `author edited edited_unixtime actor actor_id title members message_id inviter via_bot reactions
  poll{closed total_voters answers{voters chosen}} width height thumbnail thumbnail_file_size photo_file_size
  file_name file_size mime_type duration_seconds sticker_emoji performer media_spoiler contact_information
  contact_vcard address live_location_period_seconds self_destruct_period_seconds inline_bot_buttons
  forwarded_date forwarded_date_unixtime paid_stars_amount game_description game_link game_message_id score
  new_title new_icon_emoji_id boosts giveaway_information giveaway_results paid_media invoice_information`;
const SHAPE = shapeOf(USED, IGNORED);

/** `result.json` of Telegram Desktop: one chat (`messages`), or the chats of an account (`chats.list`). */
export const telegramDesktop: Format = {
  title: "an export of Telegram Desktop",
  records: {
    find(start) {
      if (!isFields(start)) return null;
      const isChat = Array.isArray(start.messages) && typeof start.type === "string";
      const isAccount = isFields(start.chats) || isFields(start.left_chats);
      if (!isChat && !isAccount) return null;
      return ["messages[]", "chats.list[].messages[]", "left_chats.list[].messages[]"];
    },
    refuse({ type = "" }) {
      if (!PRIVATE.has(type)) return null;
      return `a message of a chat between people (${type}); only channels and groups that publish are collected`;
    },
    map,
  },
};

function map(message: Fields, _: FileOptions, around: Around): Mapped {
  const [chat, number] = [firstId(around.id), firstId(message.id)];
  if (number === null) return { rejected: "the message has no id" };
  if (message.type === "service") {
    return { rejected: `a notice of Telegram (${firstText(message.action) ?? "unnamed"}), not a message` };
  }
  const own = (id: string) => (chat === null ? id : `${chat}/${id}`);
  const from = firstText(message.from_id);
  const isOwn = from === null || from === `channel${chat}`;
  const { text, references } = bodyOf(message);
  const answered = firstId(message.reply_to_message_id);
  const isHere = message.reply_to_peer_id === undefined || message.reply_to_peer_id === `channel${chat}`;
  return {
    draft: {
      platform: "telegram",
      id: own(number),
      account: isOwn
        ? { id: chat, name: firstText(around.name) }
        : { id: from.replace(/^channel/, ""), name: firstText(message.from) },
      // `date` is the clock of the computer that made the export, and names no zone.
      published_at: unixTime(message.date_unixtime) ?? firstText(message.date),
      text,
      references: [
        ...(answered !== null && isHere ? [{ kind: "reply" as const, id: own(answered) }] : []),
        ...references,
      ],
      media: mediaOf(message),
      declared_source: forwardOf(message),
    },
    unknown_fields: unknownFields(message, SHAPE),
  };
}

/** `forwarded_from` is a title, and null when the account is gone; newer exports name the channel's id beside it. */
function forwardOf(message: Fields): DeclaredSource | null {
  if (!("forwarded_from" in message)) return null;
  const name = firstText(message.forwarded_from);
  const account = firstText(message.forwarded_from_id)?.replace(/^channel/, "");
  return {
    kind: "forward",
    ...(name === null ? {} : { name }),
    ...(account === undefined ? {} : { account }),
  };
}

/** The text is a string, or a list of strings and marked parts. Where a part's words hide an address, it is a link. */
function bodyOf(message: Fields): { readonly text: string; readonly references: readonly Reference[] } {
  const parts = Array.isArray(message.text_entities) ? message.text_entities : message.text;
  const list: readonly unknown[] = Array.isArray(parts) ? parts : [message.text];
  const references: Reference[] = [];
  const words = list.map((part) => {
    if (typeof part === "string") return part;
    const { text, type, href } = fieldsOf(part);
    const written = typeof text === "string" ? text : "";
    const url = type === "text_link" ? firstUrl(href) : null;
    if (url !== null) references.push({ kind: "link", url });
    if (type === "mention" && written.startsWith("@"))
      references.push({ kind: "mention", handle: written.slice(1) });
    return written;
  });
  const { question, answers } = fieldsOf(message.poll);
  const asked = [firstText(question), ...listOf(answers).map(({ text }) => firstText(text))];
  const place = firstText(message.place_name);
  return { text: [words.join(""), ...asked, place].filter((part) => part).join("\n"), references };
}

const KINDS: Readonly<Record<string, Media["kind"]>> = {
  animation: "video",
  audio_file: "audio",
  sticker: "image",
  video_file: "video",
  video_message: "video",
  voice_message: "audio",
};

/** The export has files in its folder, or says that they were left out; either way there was one. */
function mediaOf({ photo, file, media_type }: Fields): readonly Media[] {
  if (firstText(photo) !== null) return [{ kind: "image" }];
  if (firstText(file) === null && firstText(media_type) === null) return [];
  return [{ kind: KINDS[firstText(media_type) ?? ""] ?? "document" }];
}
