import { elementsOf } from "../../text/html-select.ts";

/** What forums say to who is not logged in, in the languages we read. */
const SAID =
  /(?:you must|need to|have to|please) (?:be logged[- ]in|log ?in|sign in|register)|(?:vous devez|veuillez) (?:être connecté|vous (?:connecter|inscrire))|(?:необходимо|нужно|должны|пожалуйста,?) (?:войти|авторизоваться|зарегистрироваться)|(?:потрібно|необхідно) (?:увійти|авторизуватися)|(?:请|請)(?:先)?(?:登录|登錄|登入)|(?:需要|必须|必須)(?:先)?(?:登录|登錄|登入)|(?:您|你)(?:没有|沒有|无权|無權)(?:权限|權限|访问|訪問|查看)/i;

/** The mark of a log-in wall on a page without posts, in words; null where there is none. */
export function loginIn(html: string, text: string, selector: string | undefined): string | null {
  if (selector !== undefined && (elementsOf(html, selector)?.length ?? 0) > 0)
    return "what `login` names stands there";
  const said = SAID.exec(text)?.[0];
  if (said !== undefined) return `it says "${said}"`;
  return /<input\b[^>]*type\s*=\s*["']?password/i.test(html) ? "it asks for a password" : null;
}
