import type { Mapped } from "../../contracts/collector.ts";
import { assigned, scriptData } from "../embedded.ts";
import { type Fields, fieldsOf, isFields, listOf } from "../fields.ts";
import { mapSharedPage, noData } from "../shared-pages.ts";
import { firstText } from "../values.ts";
import { mapAweme } from "./aweme.ts";

/** A share page as a draft, or what stands in place of the post. */
export function map(raw: unknown): Mapped {
  return mapSharedPage(raw, readPage);
}

export function readPage(html: string): Mapped {
  const item = itemIn(html);
  if (item !== null) return mapAweme(item);
  const info = shared(html);
  if (info === null) return { rejected: noData(html, "Douyin") };
  const [hidden] = listOf(info.filter_list);
  if (hidden === undefined) return { rejected: "the post is not shown: Douyin's page holds an empty list" };
  const why = [hidden.notice, hidden.detail_msg, hidden.filter_reason, hidden.reason].map((one) =>
    firstText(one),
  );
  return {
    rejected: `the post is not shown; Douyin says: ${why.filter((one) => one !== null).join(" — ") || "hidden"}`,
  };
}

/** `_ROUTER_DATA` names the page by its route, which differs for clips and notes. */
function shared(html: string): Fields | null {
  const { loaderData } = fieldsOf(assigned(html, "_ROUTER_DATA"));
  for (const page of Object.values(fieldsOf(loaderData))) {
    const { videoInfoRes } = fieldsOf(page);
    if (isFields(videoInfoRes)) return videoInfoRes;
  }
  return null;
}

function itemIn(html: string): Fields | null {
  const [item] = listOf(shared(html)?.item_list);
  if (item !== undefined) return item;
  // Older pages: one of the parts of the application's state has the post.
  for (const part of Object.values(fieldsOf(scriptData(html, "RENDER_DATA")))) {
    const { aweme } = fieldsOf(part);
    const { detail } = fieldsOf(aweme);
    if (isFields(detail)) return detail;
  }
  return null;
}
