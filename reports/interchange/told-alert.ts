import type { AlertText } from "../../contracts/notifier.ts";
import { alertText } from "../alert.ts";
import type { Context, WholeAlert } from "./format.ts";

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
