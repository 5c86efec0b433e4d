import type { MessageLanguage } from "../contracts/message.ts";
import type { Trace } from "../contracts/trace.ts";
import { PLAIN, sentenceOf } from "../text/messages/index.ts";

/** A trace's contradictions as sentences with the posts' ids. */
export function contradictionsOf(
  { contradictions }: Pick<Trace, "contradictions">,
  lang: MessageLanguage = "en",
): readonly string[] {
  return contradictions.map((each) => `${sentenceOf(each, lang, PLAIN)}.`);
}
