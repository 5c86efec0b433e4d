import { STATUS_CODES } from "node:http";
import type { Capture, Exchange, Headers } from "../contracts/capture.ts";
import { sha256Digest } from "./digest.ts";
import { deflated } from "./gzip.ts";
import { messageBytes, ORIGINAL, recordBytes, recordId } from "./record.ts";

const IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

/** What is the same for all records of a file. */
export interface FileContext {
  /** UUID of the file's warcinfo record. */
  readonly info: string;
}

export interface RecordIds {
  /** Of the answer: the capture's own. */
  readonly id: string;
  readonly request: string;
}

/**
 * The answer and its request as two records, each compressed by itself so that either can be read alone. An answer whose
 * payload is kept already, as `original`, is written as a revisit: its headers, and where the payload is.
 */
export async function exchangeRecords(
  exchange: Exchange,
  ids: RecordIds,
  { info }: FileContext,
  payloadDigest: string,
  original: Pick<Capture, "id" | "url" | "at"> | null,
): Promise<Buffer> {
  const [start, headers] = answerHead(exchange);
  const common: Headers = [
    ["WARC-Date", exchange.at],
    ["WARC-Target-URI", exchange.url],
    ["WARC-Warcinfo-ID", recordId(info)],
  ];
  const answer = messageBytes(start, headers, original === null ? exchange.payload : Buffer.alloc(0));
  const { pathname, search, host } = new URL(exchange.url);
  const request = messageBytes(
    `${exchange.method} ${pathname}${search} HTTP/1.1`,
    [["Host", host], ["Connection", "keep-alive"], ...exchange.request_headers],
    exchange.request_body ?? Buffer.alloc(0),
  );
  const [first, second] = await Promise.all([
    deflated(
      recordBytes(
        [
          ["WARC-Type", original === null ? "response" : "revisit"],
          ["WARC-Record-ID", recordId(ids.id)],
          ...common,
          ...(original === null ? [] : referring(original)),
          ["WARC-Block-Digest", sha256Digest(answer)],
          ["WARC-Payload-Digest", payloadDigest],
          ...(exchange.truncated ? [["WARC-Truncated", "length"] as const] : []),
          ...ours(exchange),
          ["Content-Type", "application/http;msgtype=response"],
        ],
        answer,
      ),
    ),
    deflated(
      recordBytes(
        [
          ["WARC-Type", "request"],
          ["WARC-Record-ID", recordId(ids.request)],
          ...common,
          ["WARC-Concurrent-To", recordId(ids.id)],
          ["WARC-Block-Digest", sha256Digest(request)],
          ["Content-Type", "application/http;msgtype=request"],
        ],
        request,
      ),
    ),
  ]);
  return Buffer.concat([first!, second!]);
}

/** The first record of every file: who made it and how. */
export async function warcinfo(id: string, at: string, file: string, fields: Headers): Promise<Buffer> {
  const block = Buffer.from(fields.map(([name, value]) => `${name}: ${value}\r\n`).join(""));
  return deflated(
    recordBytes(
      [
        ["WARC-Type", "warcinfo"],
        ["WARC-Record-ID", recordId(id)],
        ["WARC-Date", at],
        ["WARC-Filename", file],
        ["WARC-Block-Digest", sha256Digest(block)],
        ["Content-Type", "application/warc-fields"],
      ],
      block,
    ),
  );
}

function referring({ id, url, at }: Pick<Capture, "id" | "url" | "at">): Headers {
  return [
    ["WARC-Profile", IDENTICAL],
    ["WARC-Refers-To", recordId(id)],
    ["WARC-Refers-To-Target-URI", url],
    ["WARC-Refers-To-Date", at],
  ];
}

/** What the index holds beside, so that it can be made again from the files alone. */
function ours({ sha256, bytes, requested_url, url, hops }: Exchange): Headers {
  return [
    ["Headwater-Body-Digest", `sha256:${sha256}`],
    ["Headwater-Body-Length", String(bytes)],
    ...(requested_url === url ? [] : [["Headwater-Requested-URI", requested_url] as const]),
    ...(hops.length === 0 ? [] : [["Headwater-Redirects", hops.join(" ")] as const]),
  ];
}

/** The transfer encoding is undone by the client: its header is kept under another name, and the length is that of what is here. */
function answerHead({ status, response_headers, payload, truncated }: Exchange): [string, Headers] {
  const headers: (readonly [string, string])[] = [];
  let sized = false;
  for (const [name, value] of response_headers) {
    const lower = name.toLowerCase();
    if (lower === "transfer-encoding") headers.push([`${ORIGINAL}${name}`, value]);
    else if (lower !== "content-length") headers.push([name, value]);
    else if (truncated || Number(value) === payload.length) {
      headers.push([name, value]);
      sized = true;
    } else headers.push([`${ORIGINAL}${name}`, value]);
  }
  if (!sized && !truncated) headers.push(["Content-Length", String(payload.length)]);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`.trimEnd(), headers];
}
