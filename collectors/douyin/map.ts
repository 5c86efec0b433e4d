import type { Mapped } from "../../contracts/collector.ts";
import type { Remover } from "../../contracts/revisit.ts";
import { assigned, scriptData } from "../embedded.ts";
import { type Fields, fieldsOf, isFields, listOf } from "../fields.ts";
import { type Absence, mapSharedPage, noData } from "../shared-pages.ts";
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
  return {
    rejected:
      hidden === undefined
        ? "the post is not shown: Douyin's page holds an empty list"
        : `the post is not shown; Douyin says: ${saidOf(hidden)}`,
  };
}

function saidOf(hidden: Fields): string {
  const said = [hidden.notice, hidden.detail_msg, hidden.filter_reason, hidden.reason].map((one) =>
    firstText(one),
  );
  return said.filter((one) => one !== null).join(" — ") || "hidden";
}

/** What Douyin's words and codes mean, the first that fits; null where the post may come back by itself. */
const WORDS: readonly (readonly [RegExp, Remover | null])[] = [
  [/review|审核中|core_dep|稍后|繁忙/, null],
  [/audit|prohibit|违规|违反|投诉|举报|侵权|下架|封禁/, "platform"],
  [/作者(?:已|自行)?删除/, "author"],
  [/注销/, "account"],
  [/不见了|不存在|已被?删除|无法观看|_delete|_see\b/, "unknown"],
];

/** Whether Douyin says that the post is gone; who made it private or deleted it, it seldom says. */
export function absenceIn(html: string): Absence | null {
  const item = itemIn(html);
  if (item !== null) {
    const reason = "the post is deleted, as Douyin says (is_delete)";
    return fieldsOf(item.status).is_delete === true ? { by: "unknown", reason } : null;
  }
  const [hidden] = listOf(shared(html)?.filter_list);
  if (hidden === undefined) return null;
  const said = saidOf(hidden);
  const by = WORDS.find(([words]) => words.test(said))?.[1] ?? null;
  return by === null ? null : { by, reason: `the post is not shown; Douyin says: ${said}` };
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
