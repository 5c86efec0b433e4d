import { createHash } from "node:crypto";
import type { CollectorIo, RawRecord } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import { decodeBody } from "../../text/charset.ts";
import { answerIn } from "../warc.ts";
import type { Capture } from "./capture.ts";
import type { Pages } from "./contents.ts";
import { elementsOf } from "./elements.ts";
import { platformOfUrl } from "./formats/web-platforms.ts";
import { type Answer, answerReading, formatNamed } from "./reading.ts";
import type { Unreadable } from "./record.ts";
import { taggedElement } from "./tagging.ts";
import { type WarcRecord, warcRecords } from "./warc-records.ts";

/** Kinds of what was left aside that are told; further ones are counted together. */
const TOLD_KINDS = 8;

/**
 * Pages captured in a WARC file, and the posts in the answers that a platform's pages were given, where a format knows
 * them. A revisit and a page that was cut are refused by name; pictures, scripts and failures are counted and told at the end.
 */
export async function* capturesOf(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  pages: Pages,
  warn: CollectorIo["warn"],
): AsyncGenerator<RawRecord> {
  const aside = new Map<string, number>();
  try {
    for await (const record of warcRecords(chunks, name, warn)) {
      const found = contentOf(record, pages);
      if (typeof found === "string") aside.set(found, (aside.get(found) ?? 0) + 1);
      else yield* recordsIn(record, found, `${name} record ${record.number}, ${record.url}`);
    }
  } finally {
    if (aside.size > 0) warn(name, told(aside));
  }
}

/** What a record holds of use. */
type Content =
  | { readonly problem: string }
  | { readonly page: Omit<Capture, "url" | "at"> }
  | { readonly json: string; readonly answer: Answer };

/** The content of a record, or the kind of what it holds instead, by which it is counted. */
function contentOf(record: WarcRecord, pages: Pages): Content | string {
  const { type, url, at, headers, block, cut } = record;
  if (!/^https?:/.test(url)) return type === "" ? "records without a type" : type;
  if (type === "revisit") {
    const before = headers["warc-refers-to-date"] ?? "an earlier capture";
    const problem = `a revisit: at ${at} the page was the same as at ${before}, and it has no bytes of its own here`;
    return isWanted(url, pages) ? { problem } : "revisits of what is no page";
  }
  if (type !== "response" && type !== "resource") return type;
  const answer =
    type === "resource"
      ? { status: 200, headers: { "content-type": headers["content-type"] ?? "" }, body: block }
      : answerIn(block);
  if (answer === null) return cut === null ? "answers that are not of HTTP" : { problem: notWhole(cut) };
  if (answer.status !== 200) return `answers of status ${answer.status}`;
  const content_type = (answer.headers["content-type"] ?? "").split(";", 1)[0]!.trim().toLowerCase();
  if (/\bjson$/.test(content_type)) {
    const json = decodeBody(answer).text;
    const found = answerReading(json, platformOfUrl(url));
    return found === null ? "answers of JSON without posts" : { json, answer: found };
  }
  if (!isHtml(content_type, answer.body)) return `answers of ${content_type || "no type"}`;
  if (!isWanted(url, pages)) return "pages inside other pages";
  if (cut !== null) return { problem: notWhole(cut) };
  const sha256 = createHash("sha256").update(answer.body).digest("hex");
  return { page: { html: decodeBody(answer, "html").text, content_type, sha256 } };
}

const notWhole = (cut: string): string => `the capture is not whole: ${cut}`;

async function* recordsIn(
  { url, at }: WarcRecord,
  content: Content,
  where: string,
): AsyncGenerator<RawRecord> {
  if ("problem" in content) {
    yield { where, raw: { problem: content.problem, raw: url } satisfies Unreadable };
  } else if ("page" in content) {
    yield { where, raw: { capture: { url, at, ...content.page } satisfies Capture } };
  } else {
    const { format, paths } = content.answer;
    const whole = async function* () {
      yield Buffer.from(content.json);
    };
    try {
      for await (const elements of elementsOf(whole(), where, paths)) {
        for (const element of elements) {
          const around = { ...element.around, ...(at === null ? {} : { seen_at: at }) };
          yield* taggedElement({ ...element, around }, where, format, formatNamed(format)?.records);
        }
      }
    } catch (error) {
      if (!(error instanceof SetAside)) throw error;
      yield { where, raw: { problem: error.message, raw: content.json } satisfies Unreadable };
    }
  }
}

function isHtml(content_type: string, body: Uint8Array): boolean {
  if (content_type !== "") return /^(?:text\/html|application\/xhtml\+xml)$/.test(content_type);
  return /^\s*<(?:!doctype html|html)\b/i.test(new TextDecoder("latin1").decode(body.subarray(0, 200)));
}

function isWanted(url: string, pages: Pages): boolean {
  return pages === null || pages.has(url.replace(/#.*$/, ""));
}

function told(aside: ReadonlyMap<string, number>): string {
  const kinds = [...aside].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const rest = kinds.slice(TOLD_KINDS).reduce((sum, [, count]) => sum + count, 0);
  const named = kinds.slice(0, TOLD_KINDS).map(([kind, count]) => `${kind} (${count})`);
  return `left aside as no pages: ${[...named, ...(rest > 0 ? [`others (${rest})`] : [])].join(", ")}`;
}
