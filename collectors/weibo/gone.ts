import type { Gone, Remover, Unreachable } from "../../contracts/revisit.ts";
import { htmlToText } from "../../text/html.ts";
import { parseJsonExact } from "../../text/json-exact.ts";
import { assigned } from "../embedded.ts";
import { type Fields, fieldsOf, isFields } from "../fields.ts";
import { unreachable } from "../revisit.ts";
import { firstId, firstText } from "../values.ts";

/** What stands in place of the text of a post that is not there any more. */
const WITHHELD =
  /^(?:抱歉，)?(?:此微博已被作者删除|该微博已被删除|此微博已被删除|由于作者隐私设置|该账号因被投诉|此微博无法查看|根据作者设置|作者已设置)/;

/**
 * What Weibo's words mean, the first that fits; null where nothing is deleted: the server is busy, or the author's
 * settings hide what is still there.
 */
const WORDS: readonly (readonly [RegExp, Remover | null])[] = [
  [/暂时|稍后|繁忙|出错了|网络/, null],
  [/作者已?设置|(?:作者|用户).{0,4}隐私设置|仅(?:作者|自己)可见|半年内/, null],
  [/作者删除/, "author"],
  [/违反|违规|投诉|举报|侵权|法律法规|封禁|冻结|被屏蔽/, "platform"],
  [/注销|(?:用户|账号|帐号)不存在/, "account"],
  [/不存在|已被?删除|无法查看|没有权限|查看权限/, "unknown"],
];

/** Whether the post is only a notice of Weibo that it is not shown. */
export function isWithheld(mblog: Fields, text: string): boolean {
  return WITHHELD.test(text) || (firstId(mblog.deleted) !== null && !isFields(mblog.user));
}

/** What became of a post that its page still names; null when it is there. */
export function goneIn(mblog: Fields, sha256: string): Gone | Unreachable | null {
  const text = htmlToText(firstText(mblog.text) ?? "").text.trim();
  return isWithheld(mblog, text) ? judged(text || "已删除", sha256) : null;
}

/** What became of a post whose page holds none. */
export function absenceOn(html: string, sha256: string): Gone | Unreachable {
  const said = saidOn(html);
  return said === null ? unreachable(whyNone(html)) : judged(said, sha256);
}

function judged(said: string, sha256: string): Gone | Unreachable {
  const by = WORDS.find(([words]) => words.test(said))?.[1] ?? null;
  const reason = `the post is not shown; Weibo says: ${said}`;
  return by === null ? unreachable(reason) : { found: "gone", by, reason, sha256 };
}

/** Weibo's own words in place of a post: on a page for errors, or in an answer of its interface. */
function saidOn(html: string): string | null {
  const said =
    /<(?:p|h\d|div)[^>]{0,200}class="[^"]{0,100}(?:h5-4con|m-error|error)[^"]{0,100}"[^>]{0,200}>([^<]{1,200})/.exec(
      html,
    )?.[1];
  if (said !== undefined) return said.trim();
  if (!/^\s*\{/.test(html)) return null;
  try {
    const { ok, msg, message } = fieldsOf(parseJsonExact(html));
    return String(ok) === "0" ? firstText(msg, message) : null;
  } catch {
    // What only begins like an answer is a page like any other.
    return null;
  }
}

/** Why a page holds no post, in a sentence. */
export function whyNone(html: string): string {
  const said = saidOn(html);
  if (said !== null) return `the post is not shown; Weibo says: ${said}`;
  if (assigned(html, "$render_data") !== undefined) return "the page holds no post: it is deleted or hidden";
  const title = /<title[^>]*>([^<]{0,100})/i.exec(html)?.[1]?.trim() ?? "";
  if (/visitor|验证|登录|signin/i.test(`${title}${html.slice(0, 3_000)}`)) {
    return "a check for visitors or a log-in stands in place of the post, so this is blocked; capture it in a browser";
  }
  return `the page holds no post of Weibo${title === "" ? "" : ` (its title: "${title}")`}; it has changed shape, or is another page`;
}
