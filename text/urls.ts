import { getDomain } from "tldts";

/** Parameters that tell where a reader came from, not what is read. */
const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|spm|from|isappinstalled|scene|share_\w+|ref|ref_src|cmpid|ocid|_ga|chksm|wxfrom|wx_header|sessionid|ascene|clicktime|enterid|poc_token|pass_ticket|key|uin|devicetype|version|lang|nettype|abtest_cookie|exportkey)$/i;

/** WeChat's tracking parameters include plain words (`key`, `version`, `lang`) that carry content elsewhere. */
const TRACKING_ELSEWHERE =
  /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|spm|ref_src|cmpid|ocid|_ga)$/i;

/** Names of sessions, as common servers give them; they change with every visit. */
const SESSION = /^(?:phpsessid|jsessionid|aspsessionid\w*|session_?id|cfid|cftoken|oscsid|zenid)$/i;
/** Names that carry content elsewhere are a session only with a value like one: 32 hexadecimal digits (phpBB). */
const SHORT_SESSION = /^(?:sid|s)$/i;
const SESSION_VALUE = /^[0-9a-f]{32}$/i;
/** Java servers write it into the path. */
const SESSION_IN_PATH = /;jsessionid=[^/;]*/gi;

/**
 * One spelling for one page: scheme, `www.`, mobile hosts, default ports, fragments, tracking parameters, session
 * ids and the order of parameters are taken out. Null when it is no http(s) URL. It is a key, not an address to fetch.
 */
export function canonicalUrl(url: string): string | null {
  let parsed: URL;
  try {
    parsed = new URL(url.trim());
  } catch {
    return null;
  }
  if (parsed.protocol !== "http:" && parsed.protocol !== "https:") return null;
  const host = parsed.host.replace(/^(?:www|m|mobile|amp)\./, "").replace(/\.$/, "");
  const tracking = host.startsWith("mp.weixin.") ? TRACKING : TRACKING_ELSEWHERE;
  const parameters = [...parsed.searchParams]
    .filter(([name, value]) => !tracking.test(name) && !isSession(name, value))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort();
  const path = parsed.pathname
    .replace(SESSION_IN_PATH, "")
    .replace(/\/(?:index\.(?:html?|php))?$/, "")
    .replace(/\/amp$/, "");
  return `${host}${path}${parameters.length > 0 ? `?${parameters.join("&")}` : ""}`;
}

function isSession(name: string, value: string): boolean {
  return SESSION.test(name) || (SHORT_SESSION.test(name) && SESSION_VALUE.test(value));
}

/** The host of a URL without `www.`, lower-case; null when it is none. */
export function hostOf(url: string): string | null {
  const canonical = canonicalUrl(url);
  return canonical === null ? null : (canonical.split(/[/?:]/, 1)[0] ?? null);
}

/** The domain someone registered (`news.example.co.uk` → `example.co.uk`), by the Public Suffix List. */
export function registrableDomain(host: string): string {
  return getDomain(host, { allowPrivateDomains: true }) ?? host;
}

/** URLs written in running text. They end at space, quotes, or anything outside ASCII. */
export function urlsIn(text: string): readonly string[] {
  if (!text.includes("://")) return [];
  const found = text.match(/https?:\/\/[\x21\x23-\x3b\x3d\x3f-\x7e]+/gi) ?? [];
  return found.map(withoutTrailingMarks);
}

function withoutTrailingMarks(written: string): string {
  let url = written.replace(/[.,;:!?'*_~]+$/, "");
  // A closing bracket belongs to the URL only when its opening one does.
  while (url.endsWith(")") && url.split(")").length > url.split("(").length) url = url.slice(0, -1);
  return url;
}
