import type { AlertText } from "../../contracts/notifier.ts";
import { alertText } from "../alert.ts";
import type { Context, WholeAlert } from "./format.ts";
import { markingText } from "./marking.ts";
import { xml } from "./xml.ts";

/** An alert in words. Behind the veil the names are those that may be told. */
export function toldAlert({ alert, posts }: WholeAlert, { actors }: Context): AlertText {
  return alertText(alert, {
    posts: new Map(posts.map((stored) => [stored.post.id, stored])),
    actors,
    shown: "all",
    zone: "UTC",
    lang: "en",
    links: {},
  });
}

/** Of a feed of alerts: the marking comes first. */
export function feedTitle(context: Context): string {
  const marking = markingText(context);
  return `${marking === null ? "" : `${marking}: `}alerts of ${context.organisation}`;
}

/** The whole of it as HTML, for feed readers. */
export function paragraphsOf({ what, since, who, how_sure, not_known, labels }: AlertText): string {
  const lines = [
    ...what,
    `${labels.since}: ${since}`,
    ...(who.length === 0 ? [] : [`${labels.who}: ${who.join("; ")}`]),
    `${labels.how_sure}: ${how_sure.join(" ")}`,
    ...(not_known.length === 0 ? [] : [`${labels.not_known}: ${not_known.join(" ")}`]),
  ];
  return lines.map((line) => `<p>${xml(line)}</p>`).join("");
}
