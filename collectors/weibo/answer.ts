import { RetryLater, SetAside } from "../../contracts/errors.ts";
import type { Fetched } from "../../contracts/fetcher.ts";
import { type Fields, fieldsOf, isFields } from "../fields.ts";
import { jsonOf } from "../json-answer.ts";
import { firstText } from "../values.ts";

/** Answers that tell something: 418 to who asks too fast, 432 to who has no cookie of a visitor. */
export const TELLING = [403, 404, 418, 432];

/** Nobody says for how long; ten minutes have been enough. */
const TOO_FAST_MS = 600_000;

const IMPORT = "Nothing is passed by; capture the pages in a browser and import the capture instead";

/** The JSON of an answer; what is none, or a refusal, is thrown in a sentence. */
export function answerOf(fetched: Fetched): Fields {
  const { url, status } = fetched;
  refuse(fetched);
  const body = jsonOf(fetched, `${IMPORT}.`);
  if (!isFields(body) || !("ok" in body)) {
    throw new SetAside(`${url} has changed shape: its answer has no "ok".`);
  }
  const said = firstText(body.msg, fieldsOf(body.data).msg);
  if (body.ok === -100 || /passport\.weibo|\/signin/.test(firstText(body.url) ?? "")) {
    throw new SetAside(`${url} asks for a log-in (ok: -100), so this is blocked. ${IMPORT}.`);
  }
  if (/captcha/i.test(firstText(body.url, fieldsOf(body.data).url) ?? "")) {
    throw new SetAside(`${url} wants proof that a person reads (a captcha), so this is blocked. ${IMPORT}.`);
  }
  if (status === 404) throw new SetAside(`${url} is not there (404${said === null ? "" : `: ${said}`}).`);
  return body;
}

/** Refusals that are told by the status or by where the answer came from. */
export function refuse({ url, requested_url, status }: Fetched): void {
  if (status === 418) {
    throw new RetryLater(
      `${requested_url} was asked too fast (418); Weibo is left alone for ten minutes.`,
      TOO_FAST_MS,
    );
  }
  if (status === 432 || status === 403) {
    throw new SetAside(
      `${requested_url} is shown only to visitors with a cookie (${status}), so this is blocked. ${IMPORT}.`,
    );
  }
  const { hostname, pathname } = new URL(url);
  if (/^(?:passport|visitor|login)\./.test(hostname) || /\/(?:signin|visitor|login)\b/.test(pathname)) {
    throw new SetAside(
      `${requested_url} leads to the log-in page ${hostname}, so this is blocked. ${IMPORT}.`,
    );
  }
}

/** A list without posts. On its first page it may as well be throttling, and is never taken for an empty account. */
export function nothingHere(url: string, body: Fields): RetryLater {
  const said = firstText(body.msg, fieldsOf(body.data).msg) ?? "no posts";
  return new RetryLater(
    `${url} gave an empty list ("${said}"). Weibo gives one to who asks too often, too, so it is not believed`,
    TOO_FAST_MS,
  );
}
