import type { Remover } from "../../contracts/revisit.ts";
import type { PageParts } from "./page.ts";

/** A page that asks whether the reader is a person. It is not passed by: only a person can go on from it. */
const VERIFICATION = /环境异常|完成验证后即可继续访问|secitptpage|wappoc_appmsgcaptcha/;

/** What the notices say, with what it means, and who took the article away. WeChat answers 200 for all of them. */
const NOTICES: readonly (readonly [RegExp, string, Remover | null])[] = [
  [/发布者删除|作者删除|deleted by (?:the|its) (?:author|publisher)/i, "deleted by its author", "author"],
  [
    /违规|涉嫌|违反|投诉|侵权|violat|(?:can't|cannot|unable to) be viewed due to/i,
    "removed by the platform",
    "platform",
  ],
  [
    /(?:账号|帐号|公众号).{0,8}(?:屏蔽|停止使用|封禁|冻结)|account.{0,20}(?:blocked|suspended)/i,
    "gone with its account, which the platform blocked",
    "platform",
  ],
  [
    /自主注销|已注销|account.{0,20}(?:deregistered|cancel)/i,
    "gone with its account, which its owner closed",
    "account",
  ],
  [/已迁移|has (?:been )?migrated/i, "gone with its account, which moved to another", "account"],
  [/链接已过期|已失效|link.{0,10}expired/i, "no longer at this address, which was a temporary one", null],
  [/暂时无法查看|temporarily unavailable/i, "temporarily unavailable", null],
];

/** Why a page without an article has none, in a sentence; and who took it away, null where it may come back. */
export function absenceOf(
  html: string,
  page: PageParts,
): { readonly sentence: string; readonly by: Remover | null } {
  const notice = noticeOf(page);
  const by = notice === null || VERIFICATION.test(notice) ? null : kindOf(notice)?.[2];
  return { sentence: whyGone(html, page), by: by ?? null };
}

function noticeOf(page: PageParts): string | null {
  return page.words("weui-msg__title") ?? page.words("mesg-block");
}

function kindOf(notice: string): (typeof NOTICES)[number] | undefined {
  return NOTICES.find(([mark]) => mark.test(notice));
}

/** The sentence alone. */
export function whyGone(html: string, page: PageParts): string {
  const notice = noticeOf(page);
  if (VERIFICATION.test(notice ?? html)) {
    return "a verification page (环境异常) stands in place of the article: the site wants proof that a person reads. Ask later and more slowly";
  }
  if (notice === null) {
    const title = page.title === "" ? "" : ` (its title: "${page.title.slice(0, 100)}")`;
    return `the page is no WeChat article${title}`;
  }
  const kind = kindOf(notice)?.[1];
  const said = [notice.slice(0, 300), reasonIn(page)].filter((part) => part !== null).join(" — ");
  if (kind === undefined) return `the article is not shown; the page says: ${said}`;
  return `the article is ${kind}; the page says: ${said}`;
}

/** The platform's reason, without the link to its rules that ends it. */
function reasonIn(page: PageParts): string | null {
  const reason = page
    .words("weui-msg__desc")
    ?.replace(/[，,]?\s*查看\s*对应规则.*$/, "")
    .trim();
  return reason === undefined || reason === "" ? null : reason.slice(0, 300);
}
