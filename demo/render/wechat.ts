import type { Article } from "../article.ts";
import type { Outlet } from "../site.ts";
import { escapeMarkup, plain } from "./html.ts";

/**
 * A page in the shape of a public WeChat article: the text in `#js_content`, hidden until a script runs, and the facts
 * in the object literal `window.cgiDataNew`, whose strings are wrapped in `JsDecode` and whose numbers in `'…' * 1`.
 */
export function renderWechat(outlet: Outlet, article: Article): string {
  const content = sections(article);
  const facts = cgiData(article, content);
  return `<!DOCTYPE html>
<!-- ${outlet.mark} -->
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta name="author" content="">
<meta property="og:type" content="article">
<meta property="og:title" content="${escapeMarkup(article.title)}">
<meta property="og:url" content="${escapeMarkup(article.url.href)}">
<meta property="og:site_name" content="微信公众平台">
<title></title>
</head>
<body id="activity-detail" class="zh_CN mm_appmsg">
<script type="text/javascript">
var biz = "${need(article, "biz")}" || "";
var sn = "${need(article, "sn")}" || "";
var mid = "${need(article, "mid")}" || "";
var idx = "${need(article, "idx")}" || "";
</script>
<div id="js_article" class="rich_media">
<div class="rich_media_inner"><div id="page-content" class="rich_media_area_primary"><div id="img-content" class="rich_media_wrp">
<h1 class="rich_media_title" id="activity-name">
${escapeMarkup(article.title)}
</h1>
<div id="meta_content" class="rich_media_meta_list">
<span class="rich_media_meta rich_media_meta_nickname" id="profileBt"><a href="javascript:void(0);" id="js_name">
${escapeMarkup(need(article, "account"))}
</a></span>
<em id="publish_time" class="rich_media_meta rich_media_meta_text"></em>
</div>
${reprintCard(article)}<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;">${content}</div>
</div></div></div>
</div>
<footer class="reconstruction"><small>${escapeMarkup(outlet.mark)}</small></footer>
<script type="text/javascript">
var ct = "${seconds(article)}";
var user_name = "${need(article, "gh")}";
var nickname = htmlDecode("${escapeMarkup(need(article, "account"))}");
var msg_link = "${escapeMarkup(article.url.href)}";
var _copyright_stat = "${isReprint(article) ? 2 : 0}";
</script>
<script type="text/javascript">
window.cgiDataNew = ${facts};
</script>
</body>
</html>
`;
}

function sections(article: Article): string {
  return article.paragraphs
    .map(
      (paragraph) =>
        `<section style="margin-bottom: 16px;"><span leaf="">${escapeMarkup(plain(paragraph))}</span></section>`,
    )
    .join("");
}

/** A nested literal: strings and numbers at the leaves. */
type Literal = string | number | { readonly [key: string]: Literal };

function cgiData(article: Article, content: string): string {
  const day = article.published;
  return literal(
    {
      base_resp: { ret: 0, errmsg: "ok" },
      user_name: need(article, "gh"),
      nick_name: need(article, "account"),
      title: article.title,
      desc: "",
      content_noencode: content,
      create_time: `${day.slice(0, 10)} ${day.slice(11, 16)}`,
      link: article.url.href,
      source_url: "",
      alias: need(article, "alias"),
      type: 9,
      author: "",
      ori_create_time: seconds(article),
      copyright_info: copyright(article),
      signature: "",
      bizuin: need(article, "biz"),
      mid: Number(need(article, "mid")),
      idx: Number(need(article, "idx")),
      sn: need(article, "sn"),
      item_show_type: 0,
    },
    "",
  );
}

function copyright(article: Article): Literal {
  if (!isReprint(article)) return { copyright_stat: 0, is_cartoon_copyright: 0 };
  return {
    copyright_stat: 2,
    platform: need(article, "reprint_of"),
    reprint_url: need(article, "reprint_url").replaceAll("&", "&amp;"),
    source_username: need(article, "reprint_gh"),
    source_mid: Number(need(article, "reprint_mid")),
    source_idx: 1,
    source_encode_biz: need(article, "reprint_biz"),
    reprint_type: 3,
    is_cartoon_copyright: 0,
  };
}

function reprintCard(article: Article): string {
  if (!isReprint(article)) return "";
  const name = escapeMarkup(need(article, "reprint_of"));
  return `<div class="original_area_primary"><p class="original_primary_card_tips"><span>以下文章来源于${name}</span></p>
<strong class="original_primary_nickname">${name}</strong></div>
`;
}

function literal(value: Literal, indent: string): string {
  if (typeof value === "number") return `'${value}' * 1`;
  if (typeof value === "string") return `JsDecode('${jsEncode(value)}')`;
  const inner = `${indent}  `;
  const lines = Object.entries(value).map(([key, each]) => `${inner}${key}: ${literal(each, inner)},\n`);
  return `{\n${lines.join("")}${indent}}`;
}

/** Markup and quotes go in as `\xNN`, so that no string ends the literal or the script element. */
function jsEncode(text: string): string {
  return text.replace(
    /[<>&'"\\\n]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

function seconds(article: Article): number {
  return Date.parse(article.published) / 1000;
}

function isReprint(article: Article): boolean {
  return article.front.reprint_of !== undefined;
}

function need(article: Article, key: string): string {
  const value = article.front[key];
  if (value === undefined)
    throw new Error(`demo/site/${article.file}: a WeChat page needs "${key}" in its front matter.`);
  return value;
}
