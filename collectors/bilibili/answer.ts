import type { CollectorIo } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import { decodeBody } from "../../text/charset.ts";
import { assigned } from "../embedded.ts";
import { fieldsOf, isFields } from "../fields.ts";
import { jsonOf } from "../json-answer.ts";
import { noData } from "../shared-pages.ts";
import { firstText } from "../values.ts";
import type { BilibiliOptions } from "./options.ts";
import { refusal } from "./refusal.ts";

/** What the platform's own answer or page says of one video. */
export interface Answer {
  readonly code: string;
  readonly message: string | null;
  readonly data: unknown;
  readonly sha256: string;
}

export function pageAt(video: string, { site }: BilibiliOptions): string {
  return `${site.replace(/\/$/, "")}/video/${video}`;
}

/** Asks for one video; a refusal of programs is thrown, and a code that tells of the video alone is an answer. */
export async function answerOn(video: string, options: BilibiliOptions, io: CollectorIo): Promise<Answer> {
  const page = pageAt(video, options);
  const answer = options.permission === undefined ? await pageOf(page, io) : await viewOf(video, options, io);
  const refused = answer.code === "0" ? null : refusal(answer.code, answer.message, page);
  if (refused !== null) throw refused;
  return answer;
}

/** A page's script holds what the interface gives, and the code where there is no video. */
async function pageOf(url: string, io: CollectorIo): Promise<Answer> {
  const fetched = await io.fetch(url, { accept: "text/html", signal: io.signal, statuses: [404, 412] });
  const html = decodeBody(fetched, "html").text;
  const { sha256, status } = fetched;
  if (status === 412) return { code: "-412", message: null, data: null, sha256 };
  const state = fieldsOf(assigned(html, "__INITIAL_STATE__"));
  const { code, trueCode, message } = fieldsOf(state.error);
  const wrong = firstText(trueCode, code);
  if (wrong !== null && wrong !== "0")
    return { code: wrong, message: firstText(message), data: null, sha256 };
  if (isFields(state.videoData)) return { code: "0", message: null, data: state.videoData, sha256 };
  if (status === 404) return { code: "404", message: null, data: null, sha256 };
  throw new SetAside(noData(html, "Bilibili"));
}

async function viewOf(video: string, { api }: BilibiliOptions, io: CollectorIo): Promise<Answer> {
  const query = video.startsWith("BV") ? `bvid=${video}` : `aid=${video.slice(2)}`;
  const url = `${api.replace(/\/$/, "")}/x/web-interface/view?${query}`;
  const fetched = await io.fetch(url, { accept: "application/json", signal: io.signal, statuses: [412] });
  const { sha256, status } = fetched;
  if (status === 412) return { code: "-412", message: null, data: null, sha256 };
  const body = jsonOf(fetched, "Read the pages instead: leave out `permission`.");
  const { code, message, data } = fieldsOf(body);
  const told = firstText(code);
  if (told === null) throw new SetAside(`${url} has changed shape: its answer has no code.`);
  return { code: told, message: firstText(message), data, sha256 };
}
