import type { MessageLanguage, Statement } from "../../contracts/message.ts";
import { en } from "./en.ts";
import { fr } from "./fr.ts";
import type { Messages, Told } from "./table.ts";

export type { Messages, Told } from "./table.ts";

/** The languages there are. Another is one more table and one more name in contracts/message.ts. */
export const messages: Readonly<Record<MessageLanguage, Messages>> = { en, fr };

/** For sentences that name no account, and posts by their ids. */
export const PLAIN: Told = { account: (post) => post, language: (tag) => tag };

/** One statement as a sentence without its full stop. */
export function sentenceOf(statement: Statement, lang: MessageLanguage, told: Told): string {
  const say = messages[lang].statements[statement.say] as (values: unknown, told: Told) => string;
  return say(statement.with, told);
}
