/** Marks of pages that stand in for an article, in the page's source, with what they mean for the reader. */
const CHALLENGES: readonly (readonly [RegExp, string])[] = [
  [
    /challenge-form|cf_chl_opt|cf-browser-verification|challenges\.cloudflare\.com|<title>Just a moment/i,
    "a check for browsers",
  ],
  [
    /<title>\s*Attention Required|_Incapsula_Resource|<title>\s*Pardon Our Interruption|px-captcha|geo\.captcha-delivery/i,
    "a check for browsers",
  ],
  [/环境异常|完成验证后即可继续访问|安全验证|请完成验证|访问验证|滑动验证/, "a verification page"],
  [/<title>\s*(?:Access Denied|403 Forbidden|Forbidden|访问被拒绝)/i, "a refusal of access"],
  [
    /(?:enable|turn on) JavaScript|requires JavaScript|请(?:启用|开启|打开)\s*JavaScript/i,
    "a page that only scripts can fill",
  ],
];

/** A stand-in says little; an article may speak of captchas at length. */
const MOST_TEXT = 600;

/** Why a page with status 200 is no article: what it is instead, or null. `text` is what was found readable in it. */
export function refusalIn(html: string, text: string): string | null {
  if (text.length > MOST_TEXT) return null;
  for (const [mark, meaning] of CHALLENGES) if (mark.test(html)) return meaning;
  return null;
}

/** Whether decoded text is really bytes of something else: text holds no control characters but white space. */
export function isBinary(text: string): boolean {
  const head = text.slice(0, 4096);
  const controls = head.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/g)?.length ?? 0;
  return controls > head.length / 50;
}
